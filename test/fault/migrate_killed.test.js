// migrate killed — SIGKILL in the middle of `bianmin migrate`, at many of its steps: what is
// there is the office of before or the one of after or on its way, the copy is whole or not
// there, and the next migrate comes to the same end as one that nobody disturbed. On both
// engines. `seed=N` repeats.
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { spawn, spawnSync } = require('node:child_process');
const tap = require('../lib/tap.js');
const { program, scratch, cluster, database, at } = require('../lib/server.js');
const { versions, former, command } = require('../lib/former.js');
const { file, step, library, Orders, shimmed } = require('./shim.js');
const { random } = require('./record.js');

const whole = process.argv.includes('all');
const given = process.argv.find((word) => /^seed=\d+$/.test(word));
const seed = given ? Number(given.slice(5)) : Math.floor(Math.random() * 2 ** 31);
const next = random(seed);
const desk = scratch('migrate-killed');
let offices = 0;

// ---- what an office holds ----

function output(name, args) {
  const ran = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (ran.status !== 0) { throw new Error(`${name}: ${ran.stderr}`); }
  return ran.stdout;
}

// Everything in it but when it was migrated and which process has worked on it, in an order of
// its own.
function contents(lines) {
  const rows = lines.split('\n').filter((line) => !/^INSERT INTO (public\.)?"?(migration|node_lease|writer_mark)"? /.test(line) && !/^(--|\\|SET |SELECT pg_catalog)/.test(line));
  return crypto.createHash('sha256').update(rows.sort().join('\n')).digest('hex');
}

const inFile = (db) => contents(output('sqlite3', [db, '.dump']));
const held = ({ folder, name }) => (cluster ? contents(output('pg_dump', ['--inserts', at(name)]))
  : ['bianmin.db', 'files.db'].map((one) => inFile(path.join(folder, one))).join(' '));

// A copy of `of`, as it lies there.
function another(of) {
  offices += 1;
  const folder = path.join(desk, `office-${offices}`);
  fs.cpSync(of.folder, folder, { recursive: true });
  const name = cluster ? database(of.name) : undefined;
  if (name) { settle(folder, at(name)); }
  return { folder, name };
}

function settle(folder, address) {
  fs.writeFileSync(path.join(folder, 'settings.yaml'), `listen: 127.0.0.1:0\ndatabase: '${address}'\n`);
}

// ---- killing it ----

// Ends with {code, signal}. `spawned` gets the process.
function migrating(office, env, more = [], spawned = () => {}) {
  const child = spawn(program, ['migrate', '--data', office.folder, ...more], { env: { ...process.env, ...env }, stdio: 'ignore' });
  spawned(child);
  return new Promise((resolve) => { child.on('exit', (code, signal) => resolve({ code, signal })); });
}

// On SQLite the shim kills it at its n-th write, sync or truncation; n is 0: it only counts.
async function killedAtStep(office, { n, half }) {
  const orders = new Orders(path.join(desk, 'orders'));
  orders.set({ n: n || 2 ** 40, files: 31, steps: step.write | step.sync | step.truncate, code: 'killed', taken: half ? 1 : 0 });
  const ended = await migrating(office, shimmed(office.folder, { orders }));
  return { ...ended, steps: orders.get('seen') };
}

// A server of the name in between, which kills it when the n-th piece from it has come, or
// when that has been passed on.
async function killedAtPiece(office, { n, half, dump }) {
  const [, folder] = /host=([^&]+)/.exec(at(office.name));
  const port = /port=(\d+)/.exec(at(office.name))?.[1] ?? '5432';
  const between = path.join(desk, `p${offices}`);
  fs.mkdirSync(between);
  const ends = [];
  let [pieces, child] = [0];
  const server = net.createServer((near) => {
    const far = net.connect(path.join(folder, `.s.PGSQL.${port}`));
    [near, far].forEach((end) => { ends.push(end); end.on('error', () => {}); });
    near.on('data', (bytes) => {
      pieces += 1;
      if (pieces === n && half) { child.kill('SIGKILL'); near.destroy(); far.destroy(); return; }
      far.write(bytes);
      if (pieces === n) { child.kill('SIGKILL'); }
    });
    far.on('data', (bytes) => near.write(bytes));
    near.on('close', () => far.end());
    far.on('close', () => near.end());
  });
  await new Promise((resolve) => { server.listen(path.join(between, `.s.PGSQL.${port}`), resolve); });
  settle(office.folder, at(office.name).replace(folder, between));
  const ended = await migrating(office, {}, dump ? ['--dump', dump] : ['--copy-made'], (one) => { child = one; });
  // As the network does when a machine goes: nothing of it is left.
  ends.forEach((end) => end.destroy());
  await new Promise((resolve) => { server.close(resolve); });
  settle(office.folder, at(office.name));
  return { ...ended, steps: pieces };
}

const disturbed = cluster ? killedAtPiece : killedAtStep;
const dumpOf = (office) => path.join(office.folder, 'before.dump');

// ---- judging ----

const copies = ({ folder }) => fs.readdirSync(folder).filter((name) => /^before/.test(name));

// What is called a copy is one, whole.
function wrongCopies(office, before) {
  return copies(office).filter((name) => !/\.part/.test(name)).filter((name) => {
    const copy = path.join(office.folder, name);
    if (cluster) { return !/TABLE DATA \S+ casefile/.test(spawnSync('pg_restore', ['--list', copy], { encoding: 'utf8' }).stdout); }
    return inFile(copy) !== before.split(' ')[name.includes('files') ? 1 : 0];
  });
}

// The next try may have to wait until the server has noticed that the first is gone.
async function migrateAgain(office) {
  let ran;
  for (let tries = 0; tries < 20; tries += 1) {
    ran = command(office, 'migrate', ...cluster ? ['--copy-made'] : []);
    if (ran.status === 0) { break; }
    await new Promise((resolve) => { setTimeout(resolve, 250); });
  }
  return ran;
}

async function round(old, before, after, how) {
  const office = another(old);
  const wrong = [];
  const ended = await disturbed(office, { ...how, dump: how.dump && dumpOf(office) });
  const between = command(office, 'check');
  const isOld = between.status === 1 && /Run migrate/.test(between.says);
  const isNew = between.status === 0 && /sound\s*$/.test(between.says);
  const untouched = isOld && held(office) === before;
  if (!isOld && !isNew) { wrong.push(`after the kill: ${between.says.slice(0, 300)}`); }
  const bad = wrongCopies(office, before);
  if (bad.length > 0) { wrong.push(`no whole copies: ${bad}`); }
  // Before the first change on SQLite there is a copy.
  if (!cluster && !untouched && !copies(office).some((name) => name.endsWith('.db') && !name.includes('files'))) { wrong.push('changed, and no copy'); }
  const again = await migrateAgain(office);
  if (again.status !== 0) { wrong.push(`again: ${again.says.slice(0, 300)}`); }
  const check = command(office, 'check');
  if (check.status !== 0 || !/sound\s*$/.test(check.says)) { wrong.push(`check: ${check.says.slice(-300)}`); }
  if (held(office) !== after) { wrong.push('not the same as after a migrate that nobody disturbed'); }
  const parts = copies(office).filter((name) => /\.part/.test(name));
  if (!cluster && parts.length > 0) { wrong.push(`left behind: ${parts}`); }
  fs.rmSync(office.folder, { recursive: true });
  return { ...how, wrong, killed: ended.signal === 'SIGKILL', state: untouched ? 'before' : isNew ? 'after' : 'between' };
}

// All of 1 … most, or so many of them by the seed.
function some(most, count) {
  if (most <= count) { return Array.from({ length: most }, (_, i) => i + 1); }
  return [...new Set(Array.from({ length: count }, (_, i) => 1 + Math.floor(((i + next()) * most) / count)))];
}

async function rounds(old, before, after, story, count, how) {
  const { steps } = await disturbed(another(old), { n: 0, ...how, dump: how.dump && path.join(desk, 'counted.dump') });
  const results = [];
  for (const n of some(steps, count)) { results.push(await round(old, before, after, { ...how, n, half: next() < 0.5 })); }
  const states = ['before', 'between', 'after'].map((state) => `${state} ${results.filter((r) => r.state === state).length}`).join(', ');
  const wrong = results.filter((r) => r.wrong.length > 0);
  tap.claim(results.length > 0 && wrong.length === 0 && results.filter((r) => r.killed).length >= results.length / 2,
    `${story}: killed at ${results.length} of ${steps} steps (${states}), the next migrate comes to the same end`,
    wrong.slice(0, 5).map((r) => JSON.stringify(r)).join('\n') || JSON.stringify(results.map((r) => [r.n, r.killed])));
  return results;
}

(async () => {
  if (!cluster && !fs.existsSync(library)) {
    tap.skip('migrate is killed', `no ${path.basename(library)}: make asan`);
    tap.done();
    return;
  }
  console.log(`# seed=${seed}`);
  for (const version of versions()) {
    const old = former(version);
    const before = held(old);
    const quiet = another(old);
    const done = command(quiet, 'migrate', ...cluster ? ['--copy-made'] : []);
    const after = held(quiet);
    tap.claim(done.status === 0 && after !== before, `${version}: a migrate that nobody disturbs comes to its end`, done.says);
    const found = await rounds(old, before, after, version, whole ? 60 : 10, {});
    tap.claim(found.some((r) => r.state !== 'before') && found.some((r) => r.state !== 'after'), `${version}: some of them in the middle`);
    if (cluster) {
      await rounds(old, before, after, `${version}, while pg_dump copies`, whole ? 20 : 4, { dump: true });
    }
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'migrate is killed', error.stack); tap.done(); process.exit(1); });
