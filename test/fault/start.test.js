// start — what stands in the way of a start is told in one clear line, and nothing is harmed: a
// second server, a key that others may read, a wrong key, a missing key, a damaged database.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const crypto = require('node:crypto');
const { spawnSync } = require('node:child_process');
const tap = require('../lib/tap.js');
const { program, run, demoFolder, start, stop } = require('../lib/server.js');

// A start that must not succeed: its exit code and what it says.
function refused(folder) {
  const ended = spawnSync(program, ['serve', '--data', folder, '--listen', '127.0.0.1:0'],
    { encoding: 'utf8', timeout: 20000 });
  return { code: ended.status, says: `${ended.stdout}${ended.stderr}`, timedOut: Boolean(ended.error) };
}

function claimRefused(name, folder, words) {
  const { code, says, timedOut } = refused(folder);
  tap.claim(!timedOut && code !== 0 && code !== null && words.test(says) && !/runtime error|Sanitizer|\(null\)/.test(says),
    name, `code ${code}${timedOut ? ', it went on' : ''}: ${says.slice(0, 600)}`);
}

// Changes a file for the time of `body`.
async function changed(file, change, body) {
  const [bytes, mode] = [fs.readFileSync(file), fs.statSync(file).mode];
  fs.chmodSync(file, 0o600);
  change(file);
  await body();
  fs.chmodSync(file, 0o600);
  fs.writeFileSync(file, bytes);
  fs.chmodSync(file, mode);
}

const damage = (from, length) => (file) => {
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, crypto.randomBytes(length), 0, length, from);
  fs.closeSync(handle);
};

(async () => {
  const folder = demoFolder('start');
  const [key, database] = ['key', 'bianmin.db'].map((name) => path.join(folder, name));

  const first = await start(folder);
  claimRefused('a second server on the same folder is told who has it', folder, /already|another|running|in use|serves/i);
  tap.claim((await fetch(`${first.url}/healthz`)).status === 200, 'the first goes on');
  await stop(first);

  await changed(key, (f) => fs.chmodSync(f, 0o644), async () => claimRefused('a key that others may read is refused', folder, /key/i));
  await changed(key, (f) => fs.writeFileSync(f, fs.readFileSync(f, 'utf8').replace(/[0-9a-f](?=[0-9a-f]*\s*$)/, (c) => (c === '0' ? '1' : '0'))),
    async () => { fs.chmodSync(key, 0o400); claimRefused('a wrong key is refused', folder, /key/i); });
  await changed(key, (f) => fs.writeFileSync(f, 'nonsense\n'), async () => { fs.chmodSync(key, 0o400); claimRefused('a key that is none is refused', folder, /key/i); });
  await changed(key, (f) => fs.rmSync(f), async () => { claimRefused('a missing key is told', folder, /key/i); fs.writeFileSync(key, ''); });
  await changed(database, damage(0, 4096), async () => claimRefused('a database whose head is damaged is told', folder, /database|damaged/i));
  await changed(database, (f) => fs.truncateSync(f, 50000), async () => {
    const { code, says } = refused(folder);
    const check = run(['check', '--data', folder]);
    tap.claim(code !== 0 || check.status !== 0, 'a database cut short is told at the start or by check', says + check.stdout);
  });
  await changed(database, (f) => damage(Math.floor(fs.statSync(f).size / 2), 65536)(f), async () => {
    const check = run(['check', '--data', folder]);
    tap.claim(check.status === 1 && /unsound/.test(check.stdout), 'check finds damage in the middle', check.stdout + check.stderr);
  });
  claimRefused('a folder that is none is told', path.join(folder, 'nothing'), /folder|instance|init/i);

  const again = await start(folder);
  tap.claim((await fetch(`${again.url}/district/services`)).status === 200, 'with all as it was it starts again');
  tap.claim((await stop(again)).code === 0, 'and stops in order');
  const check = run(['check', '--data', folder]);
  tap.claim(check.status === 0, 'bianmin check says sound', check.stdout);
  tap.done();
})().catch((error) => { tap.claim(false, 'the starts are tried', error.stack); tap.done(); process.exit(1); });
