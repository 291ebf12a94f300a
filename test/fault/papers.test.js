// papers — the process that looks at files and draws papers is late when the server starts: the
// office works without it, and as soon as it is there papers are drawn again, by themselves.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { program, scratch, demoFolder, start, stop } = require('../lib/server.js');

const sleepy = 9; // seconds; the server waits five for it

// The program with a helper in its folder that is not there at first.
function lateHelper() {
  const folder = scratch('papers');
  const [own, helper] = ['bianmin', 'bianmin-papers'].map((name) => path.join(folder, name));
  const real = path.join(path.dirname(program), 'bianmin-papers');
  fs.copyFileSync(program, own);
  fs.symlinkSync(path.join(path.dirname(program), 'bianmin-courier'), path.join(folder, 'bianmin-courier'));
  fs.writeFileSync(helper, `#!/bin/sh\n[ "$1" != start ] || sleep ${sleepy}\nexec '${real}' "$@"\n`, { mode: 0o700 });
  return own;
}

(async () => {
  const begun = Date.now();
  const server = await start(demoFolder('papers'), { using: lateHelper() });
  const pdf = async () => {
    const answer = await fetch(`${server.url}/district/services/zoning/files/form.pdf`);
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  try {
    tap.claim(Date.now() - begun < sleepy * 1000, 'the server does not wait for it for ever');
    tap.claim((await fetch(`${server.url}/district/services/zoning`)).status === 200, 'pages are there without it');
    tap.claim(/papers\.start/.test(server.log), 'the log says that it is missing', server.log);
    const first = await pdf();
    tap.claim([200, 503].includes(first.status), 'who wants a paper is asked to come again, or waits', `${first.status}`);
    let last = first;
    for (let i = 0; i < 20 && last.status !== 200; i += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
      last = await pdf();
    }
    tap.claim(last.status === 200 && last.bytes.subarray(0, 4).toString() === '%PDF',
      'it comes back by itself: the paper is drawn', `${last.status} ${last.bytes.subarray(0, 200)}`);
  } finally {
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'the papers come back', error.stack); tap.done(); });
