// disk full — 503 with Retry-After, nothing acknowledged is lost, and the office goes on by
// itself when there is room again. Needs a small file system of its own (root).
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const crypto = require('node:crypto');
const { spawnSync } = require('node:child_process');
const tap = require('../lib/tap.js');
const { run, demoFolder, scratch, start, stop } = require('../lib/server.js');

const where = path.join(scratch('full'), 'disk');

function mounted(megabytes) {
  fs.mkdirSync(where);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', where]).status === 0;
}

async function submit(server, body, key) {
  const answer = await fetch(`${server.url}/api/v1/district/services/zoning/cases`, {
    method: 'POST', body, headers: { 'content-type': 'application/json', 'idempotency-key': key },
  });
  const text = await answer.text();
  return { status: answer.status, retry: answer.headers.get('retry-after'), receipt: answer.status === 201 ? JSON.parse(text) : null };
}

// Fills whatever is left, in ever smaller steps.
function fill() {
  const file = fs.openSync(path.join(where, 'ballast'), 'w');
  for (let step = 8 << 20; step >= 512; step >>= 1) {
    try {
      for (;;) { fs.writeSync(file, Buffer.alloc(step)); }
    } catch (error) {
      if (error.code !== 'ENOSPC') { throw error; }
    }
  }
  fs.closeSync(file);
}

(async () => {
  if (!mounted(220)) {
    tap.skip('a full disk', 'no right to mount a small file system');
    tap.done();
    return;
  }
  const folder = path.join(where, 'city');
  fs.cpSync(demoFolder('full'), folder, { recursive: true });
  const server = await start(folder);
  const body = JSON.stringify((await (await fetch(`${server.url}/api/v1/district/services/zoning`)).json()).example);
  const receipts = [];
  const keep = (answer) => { if (answer.receipt) { receipts.push(answer.receipt); } return answer; };
  keep(await submit(server, body, crypto.randomUUID()));
  // The reserve is given up first, so staff go on for a while: fill until it refuses.
  let refused = null;
  const key = crypto.randomUUID();
  for (let tries = 0; tries < 3000 && !refused; tries += 1) {
    if (tries % 200 === 0) { fill(); }
    const answer = keep(await submit(server, body, tries === 0 ? key : crypto.randomUUID()));
    refused = answer.status === 201 ? null : answer;
  }
  tap.claim(refused && refused.status === 503 && Number(refused.retry) > 0, 'a full disk gives 503 and says when to come again', JSON.stringify(refused));
  const page = await fetch(`${server.url}/district/services`);
  tap.claim(page.status === 200, 'public pages still answer', page.status);
  fs.rmSync(path.join(where, 'ballast'));
  let after = { status: 0 };
  for (let tries = 0; tries < 40 && after.status !== 201; tries += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 250); });
    after = keep(await submit(server, body, crypto.randomUUID()));
  }
  tap.claim(after.status === 201, 'with room again it goes on without a restart', JSON.stringify(after));
  let kept = 0;
  for (const receipt of receipts) {
    const answer = await fetch(`${server.url}/api/v1/district/cases/${receipt.case}`, { headers: { authorization: `Bearer ${receipt.code}` } });
    kept += answer.status === 200 ? 1 : 0;
  }
  tap.claim(kept === receipts.length, `all ${receipts.length} receipts are records`, kept);
  const ended = await stop(server);
  tap.claim(ended.code === 0, 'stops in order', JSON.stringify(ended));
  const check = run(['check', '--data', folder]);
  tap.claim(check.status === 0, 'bianmin check says sound', check.stdout + check.stderr);
  tap.done();
})().catch((error) => { tap.claim(false, 'the disk test runs', error.stack); tap.done(); })
  .finally(() => { spawnSync('umount', ['-l', where]); });
