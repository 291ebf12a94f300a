// database full — the disk of PostgreSQL has no room left: for its tables, then for its log, at
// which it stops altogether. Who applies gets 503 with Retry-After, nothing is acknowledged that
// is not stored, pages still come; with room again all goes on by itself, every receipt is
// there, none twice. On small file systems of its own; where it may not mount any (or with
// `no-mount`) full.c stands between the server and its disk.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const tap = require('../lib/tap.js');
const { root, run, made, scratch, today, start, stop } = require('../lib/server.js');
const { Cluster } = require('../lib/cluster.js');
const { People } = require('./load.js');

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const mounts = [];
const mayMount = !process.argv.includes('no-mount');
const library = path.join(root, 'build-asan', 'fault-full.so');

// A disk of so many megabytes that the server may write to; undefined: there can be none here.
function smallDisk(where, megabytes) {
  fs.mkdirSync(where, { recursive: true });
  if (mayMount && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', where]).status === 0) {
    mounts.push(where);
    return { where, env: {}, fill: () => fill(where), makeRoom: () => fs.rmSync(path.join(where, 'ballast')) };
  }
  if (!fs.existsSync(library)) {
    return undefined;
  }
  // Where the server's user may read it.
  fs.copyFileSync(library, `${where}.so`);
  fs.chmodSync(`${where}.so`, 0o755);
  const flag = `${where}.full`;
  return {
    where, env: { LD_PRELOAD: `${where}.so`, FULL_UNDER: fs.realpathSync(where), FULL_WHEN: flag },
    fill: () => fs.writeFileSync(flag, ''), makeRoom: () => fs.rmSync(flag),
  };
}

const noDisk = 'no right to mount a small file system, and no fault-full.so: make asan';

// Takes all that is left, in ever smaller steps.
function fill(where) {
  const file = fs.openSync(path.join(where, 'ballast'), 'a');
  for (let step = 8 << 20; step >= 4096; step >>= 1) {
    try {
      for (;;) { fs.writeSync(file, Buffer.alloc(step)); }
    } catch (error) {
      if (error.code !== 'ENOSPC') { throw error; }
    }
  }
  fs.closeSync(file);
}

const isRefusal = (answer) => answer.status === 503 && Number(answer.headers['retry-after']) > 0;
const said = (answer) => `${answer.status} ${JSON.stringify(answer.headers)} ${(answer.text ?? '').slice(0, 300)}`;

// Crowds until everybody of one is refused; then the pages, then room.
async function noRoom(story, { server, people, disk, makeRoom = disk.makeRoom }) {
  const answers = [];
  const began = Date.now();
  let last = [];
  for (let crowds = 0; crowds < 100 && !(last.length > 0 && last.every(isRefusal)); crowds += 1) {
    disk.fill();
    last = await people.crowd(8, { abreast: 8 });
    answers.push(...last);
  }
  const refused = answers.filter((a) => a.status !== 201);
  tap.claim(last.every(isRefusal) && refused.every(isRefusal), `${story}: ${refused.length} of ${answers.length} are asked to come again, in ${Math.round((Date.now() - began) / 1000)} s`,
    refused.filter((a) => !isRefusal(a)).slice(0, 3).map(said).join('\n') || last.map(said).slice(0, 2).join('\n'));
  const page = await fetch(`${server.url}/district/services`);
  tap.claim(page.status === 200 || page.status === 503, `${story}: pages come, or say to come again (${page.status})`);
  makeRoom();
  const [one, since] = [people.application(), Date.now()];
  let answer = { status: 0 };
  for (let tries = 0; tries < 300 && answer.status !== 201; tries += 1) {
    answer = await people.send(one);
    await pause(answer.status === 201 ? 0 : 100);
  }
  tap.claim(answer.status === 201, `${story}: with room again it goes on without a restart of ours (${Date.now() - since} ms)`, said(answer));
}

async function claimKept(people, cluster, story) {
  let other = 0;
  for (const one of people.applications) {
    let answer = await people.send(one);
    for (let tries = 0; tries < 50 && isRefusal(answer); tries += 1) { await pause(100); answer = await people.send(one); }
    other += answer.status === 201 && answer.same ? 0 : 1;
  }
  tap.claim(other === 0, `${story}: who asks again gets the receipt given before, or one now`, `${other} of ${people.applications.length} do not`);
  const numbers = people.applications.map((one) => `'${one.receipt?.case}'`);
  const stored = Number(cluster.sql('bianmin', `SELECT COUNT(*) FROM casefile WHERE number IN (${numbers.join(',')})`));
  tap.claim(stored === numbers.length && new Set(numbers).size === stored, `${story}: all ${stored} receipts are cases, none twice`, `${stored} of ${numbers.length}`);
}

async function office(cluster, body) {
  const folder = path.join(scratch('database-full'), 'city');
  made(['init', '--demo', '--today', today, '--data', folder, '--database', cluster.at('bianmin')]);
  const server = await start(folder);
  const people = new People(server);
  await people.prepare();
  await people.crowd(10);
  await body({ server, people });
  people.end();
  const ended = await stop(server);
  const check = run(['check', '--data', folder]);
  tap.claim(ended.code === 0 && check.status === 0 && check.stdout.trim().endsWith('sound'), 'it stops in order, bianmin check says sound',
    JSON.stringify(ended) + check.stdout + server.log.slice(-1500));
}

// Tables on a small disk; the log elsewhere has room, so the server goes on and refuses.
async function tables(under) {
  const where = path.join(under, 'tables');
  const disk = smallDisk(where, 64);
  if (!disk) {
    tap.skip('the disk of the tables is full', noDisk);
    return;
  }
  const cluster = new Cluster({ env: disk.env });
  try {
    cluster.start();
    const { uid, gid } = fs.statSync(cluster.data);
    fs.chownSync(where, uid, gid);
    cluster.sql('postgres', `CREATE TABLESPACE small LOCATION '${where}'`, 'ALTER DATABASE bianmin SET TABLESPACE small');
    await office(cluster, async ({ server, people }) => {
      await noRoom('no room for the tables', { server, people, disk });
      await claimKept(people, cluster, 'no room for the tables');
    });
  } finally {
    cluster.stop();
  }
}

// The log on a small disk: without room for it the server stops altogether, and cannot come
// back before there is some; whoever keeps it running starts it then.
async function log(under) {
  const where = path.join(under, 'log');
  const disk = smallDisk(where, 96);
  if (!disk) {
    tap.skip('the disk of the log is full', noDisk);
    return;
  }
  const cluster = new Cluster({ more: 'max_wal_size=48MB min_wal_size=32MB', env: disk.env });
  try {
    cluster.start();
    await office(cluster, async ({ server, people }) => {
      moveLog(cluster, where);
      const makeRoom = () => {
        disk.makeRoom();
        // It may be on its way back by itself.
        for (let tries = 0; tries < 20 && !cluster.answers(); tries += 1) {
          spawnSync('sleep', ['0.5']);
          if (!cluster.answers()) { try { cluster.again(); } catch { /* it is coming, or gone meanwhile */ } }
        }
      };
      disk.fill();
      for (let tries = 0; tries < 8 && cluster.answers(); tries += 1) {
        try { cluster.sql('postgres', 'CREATE TABLE IF NOT EXISTS filler (a text)', "INSERT INTO filler VALUES ('a')", 'SELECT pg_switch_wal()'); } catch { break; }
      }
      await noRoom('no room for the log', { server, people, disk, makeRoom });
      tap.claim(/PANIC.*No space left/.test(fs.readFileSync(path.join(cluster.data, 'log'), 'utf8')), 'no room for the log: the server had stopped for it');
      await claimKept(people, cluster, 'no room for the log');
    });
  } finally {
    cluster.stop();
  }
}

function moveLog(cluster, where) {
  const [from, to] = [path.join(cluster.data, 'pg_wal'), path.join(where, 'pg_wal')];
  cluster.kill();
  spawnSync('cp', ['-a', from, to]);
  fs.rmSync(from, { recursive: true });
  fs.symlinkSync(to, from);
  const { uid, gid } = fs.statSync(cluster.data);
  fs.chownSync(where, uid, gid);
  cluster.again();
}

(async () => {
  const probe = new Cluster();
  try {
    if (!probe.start()) {
      tap.skip('the disk of PostgreSQL is full', 'no PostgreSQL server program is installed');
      return;
    }
  } finally {
    probe.stop();
  }
  const under = scratch('full-pg');
  fs.chmodSync(under, 0o755);
  await tables(under);
  await log(under);
})().catch((error) => { tap.claim(false, 'the disk of PostgreSQL is full', error.stack); })
  .finally(() => {
    mounts.forEach((where) => spawnSync('umount', ['-l', where]));
    tap.done();
    process.exit();
  });
