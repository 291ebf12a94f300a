// versions — every former version with data in it comes to today's by `bianmin migrate`: not
// without it, after a copy, with all that was there; a newer one is refused. On both engines.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const tap = require('../lib/tap.js');
const { scratch, start, stop, cluster, sql } = require('../lib/server.js');
const { corpus, versions, former, command } = require('../lib/former.js');
const { Visitor } = require('../lib/visitor.js');

const serve = (office) => command(office, 'serve', '--listen', '127.0.0.1:0');
const copies = ({ folder }) => fs.readdirSync(folder).filter((name) => name.startsWith('before-migrate'));

function claimSays(ran, status, words, name) {
  tap.claim(ran.status === status && words.test(ran.says) && !/runtime error|Sanitizer/.test(ran.says), name,
    `status ${ran.status}: ${ran.says.slice(0, 1500)}`);
}

// What it holds, read by people: cases by their codes, the staff by name and password.
async function claimWhole(version, { folder }, from = '') {
  const facts = JSON.parse(fs.readFileSync(path.join(corpus, version, 'facts.json'), 'utf8'));
  const server = await start(folder, { clock: facts.clock });
  for (const one of facts.cases) {
    const told = await fetch(`${server.url}/api/v1/${facts.office}/cases/${one.case}`,
      { headers: { authorization: `Bearer ${one.code}` } });
    const { state } = await told.json();
    tap.claim(told.status === 200 && state === one.state, `${version}: ${from}a case that is ${one.state} opens by its code`,
      `${told.status} ${state}`);
  }
  const clerk = new Visitor(server.url);
  await clerk.get('/staff/sign-in');
  await clerk.send({ name: `${facts.staff}@${facts.office}`, password: facts.password });
  tap.claim(clerk.status === 200 && !clerk.at.includes('sign-in'), `${version}: ${from}staff sign in as before`, `${clerk.status} ${clerk.at}`);
  const where = `${server.url}/api/v1/${facts.office}/services/general`;
  const { example } = await (await fetch(where)).json();
  const sent = await fetch(`${where}/cases`, {
    method: 'POST', body: JSON.stringify(example),
    headers: { 'content-type': 'application/json', 'idempotency-key': 'after-migrate' },
  });
  tap.claim(sent.status === 201, `${version}: ${from}the next case is received`, await sent.text());
  await stop(server);
}

function claimRefusedBefore(version, office) {
  claimSays(serve(office), 1, /older than the program\. Run migrate/, `${version}: serve waits for migrate`);
  claimSays(command(office, 'check'), 1, /older than the program\. Run migrate/, `${version}: so does check`);
}

// On a server the copy is the administrator's; on SQLite it lies in the folder.
function claimMigrated(version, office) {
  if (!cluster) {
    claimSays(command(office, 'migrate'), 0, /before-migrate-\d{8}-\d{6}\.db[\s\S]*migrations were applied/, `${version}: migrate copies and applies`);
    tap.claim(copies(office).length === 1 && copies(office)[0].endsWith('.db'), `${version}: one copy, no rest of it`, copies(office).join(' '));
    return;
  }
  claimSays(command(office, 'migrate'), 1, /pg_dump[\s\S]*--copy-made[\s\S]*Nothing was changed/, `${version}: migrate asks for a copy`);
  claimSays(serve(office), 1, /Run migrate/, `${version}: nothing was changed by asking`);
  const file = path.join(office.folder, 'before.dump');
  claimSays(command(office, 'migrate', '--dump', file), 0, /before\.dump[\s\S]*migrations were applied/, `${version}: migrate lets pg_dump copy and applies`);
  const list = spawnSync('pg_restore', ['--list', file], { encoding: 'utf8' });
  tap.claim(list.status === 0 && /TABLE DATA \S+ casefile/.test(list.stdout), `${version}: the dump can be read`, list.stderr);
  const gathered = sql("SELECT last_vacuum IS NOT NULL AND last_analyze IS NOT NULL FROM pg_stat_user_tables WHERE relname = 'casefile'", office.name);
  tap.claim(gathered.trim() === 't', `${version}: plans are made from the rows there are now`, gathered);
}

// The copy, put where the database was, is the office of before; it migrates again.
async function claimCopyIsGood(version, office) {
  const back = former(version);
  if (cluster) {
    claimSays(command(back, 'migrate', '--copy-made'), 0, /migrations were applied/, `${version}: a copy made elsewhere is taken at its word`);
    return;
  }
  for (const end of ['', '-wal', '-shm']) {
    fs.rmSync(path.join(back.folder, `bianmin.db${end}`), { force: true });
  }
  fs.copyFileSync(path.join(office.folder, copies(office)[0]), path.join(back.folder, 'bianmin.db'));
  claimSays(serve(back), 1, /Run migrate/, `${version}: the copy is of the version before`);
  command(back, 'migrate');
  await claimWhole(version, back, 'the copy: ');
}

function inDatabase(office, statement) {
  if (cluster) {
    sql(statement, office.name);
    return;
  }
  const ran = spawnSync('sqlite3', [path.join(office.folder, 'bianmin.db'), statement], { encoding: 'utf8' });
  if (ran.status !== 0) { throw new Error(ran.stderr); }
}

function claimNewerRefused(office) {
  inDatabase(office, `INSERT INTO migration VALUES (1, 9990, 'later/9990.sql', ${cluster ? "'\\x00'" : "x'00'"}, 0)`);
  const newer = /newer version of the program/;
  claimSays(serve(office), 1, newer, 'a newer database is refused by serve');
  claimSays(command(office, 'check'), 1, newer, 'by check');
  claimSays(command(office, 'migrate', '--copy-made'), 1, newer, 'and by migrate');
}

// A table stands in the way of the second new one: what came before it stays, and after the
// obstacle is gone migrate goes on.
function claimStopped(version) {
  const office = former(version);
  const flags = cluster ? ['--copy-made'] : [];
  inDatabase(office, 'CREATE TABLE topic_change (a INTEGER)');
  const failed = command(office, 'migrate', ...flags);
  claimSays(failed, 1, /0003\.sql was not applied[\s\S]*Nothing of it was kept/, 'a migration that fails half way is told');
  claimSays(serve(office), 1, /Run migrate/, 'the office does not start with half of it');
  inDatabase(office, 'DROP TABLE topic_change');
  claimSays(command(office, 'migrate', ...flags), 0, /migrations were applied/, 'nothing of it had stayed: the next try goes through');
  claimSays(command(office, 'check'), 0, /sound/, 'and check says sound');
}

function claimNoRoom(version) {
  const under = path.join(scratch('narrow'), 'disk');
  fs.mkdirSync(under);
  if (cluster || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', under]).status !== 0) {
    tap.skip('no room for the copy', cluster ? 'the copy lies on the server' : 'no right to mount a small file system');
    return;
  }
  try {
    const office = former(version, under);
    claimSays(command(office, 'migrate'), 1, /not enough room[\s\S]*Nothing was changed/, 'no room for the copy is told before anything is done');
    tap.claim(copies(office).length === 0, 'no half copy is left', copies(office).join(' '));
    claimSays(serve(office), 1, /Run migrate/, 'and nothing was changed');
  } finally {
    spawnSync('umount', [under]);
  }
}

async function claimOneAtATime(version, office) {
  const server = await start(office.folder);
  claimSays(command(office, 'migrate'), 1, /already using|Nothing was changed/, `${version}: not while a server runs`);
  await stop(server);
}

// Another program with a folder of its own works on the same database.
async function claimAlone(office) {
  const beside = { folder: path.join(scratch('beside'), 'office') };
  fs.cpSync(office.folder, beside.folder, { recursive: true });
  const server = await start(office.folder);
  inDatabase(office, 'DELETE FROM migration WHERE number = 80');
  claimSays(command(beside, 'migrate', '--copy-made'), 1, /Other programs are working on this database/, 'not while a program elsewhere works on it');
  await stop(server);
  inDatabase(office, 'DROP TABLE limit_share');
  claimSays(command(beside, 'migrate', '--copy-made'), 0, /1 migrations were applied/, 'and when it has stopped, at once');
}

(async () => {
  let last;
  for (const version of versions()) {
    const office = former(version);
    last = office;
    claimRefusedBefore(version, office);
    claimMigrated(version, office);
    claimSays(command(office, 'check'), 0, /sound\s*$/, `${version}: check says sound`);
    claimSays(command(office, 'migrate'), 0, /Nothing was changed/, `${version}: a second time does nothing, and copies nothing`);
    await claimWhole(version, office);
    claimSays(command(office, 'check'), 0, /sound\s*$/, `${version}: and sound after a day of work`);
    await claimOneAtATime(version, office);
    await claimCopyIsGood(version, office);
  }
  claimStopped('foundation');
  claimNoRoom('foundation');
  if (cluster) {
    await claimAlone(last);
  }
  claimNewerRefused(last);
  tap.done();
})().catch((error) => { tap.claim(false, 'the versions are tried', error.stack); tap.done(); process.exit(1); });
