// power loss — the server works under a shim that writes down every write, sync and name; from
// that the disk is rebuilt as it could be after the power has gone at some moment: unsynced
// writes lost, torn, reordered, mixed. Each state is sound and has every receipt that was
// answered. 240 states a mode with `all`, else 6. `seed=N` repeats a run.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { demoFolder, scratch, stop } = require('../lib/server.js');
const { file, library, startShimmed } = require('./shim.js');
const { People } = require('./load.js');
const { kind, modes, read, random, Disk, leftOut } = require('./record.js');
const { States, brief, isWrong } = require('./states.js');

const whole = process.argv.includes('all');
const each = whole ? 240 : 6;
const given = process.argv.find((word) => /^seed=\d+$/.test(word));
// Milliseconds that are a minute to the program.
const minute = 150;
const seed = given ? Number(given.slice(5)) : Math.floor(Math.random() * 2 ** 31);

// A server under load from its start to its end in order; what it did, and for whom.
async function recorded(folder, { applications, swallow }) {
  const beside = path.dirname(folder);
  const [base, record] = [path.join(beside, 'base'), path.join(beside, 'record')];
  fs.cpSync(folder, base, { recursive: true, filter: (f) => path.basename(f) !== 'reserve' });
  const server = await startShimmed(folder, { record, swallow, hurry: minute, logTo: path.join(beside, 'log') });
  const people = new People(server);
  await people.prepare();
  // One alone, then crowds with pauses: groups of every size, and a log that is copied while it
  // grows, and to its end, so that it begins anew.
  const answers = await people.crowd(10, { abreast: 1 });
  for (let part = 0; part < applications; part += 50) {
    answers.push(...await people.crowd(50, { abreast: 16, fileEvery: 25, bytes: 700000 }));
    await new Promise((resolve) => { setTimeout(resolve, 2 * minute); });
  }
  people.end();
  const ended = await stop(server);
  return { folder, base, people, answers, ended, entries: read(record) };
}

// `entries` of the file that is called `name`, of one kind.
function of(entries, name, what) {
  const inodes = new Set(entries.filter((e) => (e.kind === kind.open || e.kind === kind.create) && e.bytes.toString() === name).map((e) => e.file));
  return entries.filter((e) => e.kind === what && inodes.has(e.file));
}

function claimWhole({ folder, base, entries, answers, ended }) {
  tap.claim(answers.every((a) => a.status === 201) && ended.code === 0, `${answers.length} applications are answered under the shim, and it stops in order`,
    JSON.stringify([ended, answers.filter((a) => a.status !== 201).slice(0, 3)]));
  const end = new Disk(base, entries).to(entries.length).state('all', random(1));
  const names = fs.readdirSync(folder).filter((name) => !leftOut(name));
  const other = names.filter((name) => !end.has(name) || !end.get(name).equals(fs.readFileSync(path.join(folder, name))));
  tap.claim(other.length === 0 && end.size === names.length, 'the record is whole: replayed to its end it is the folder, byte by byte', `${other} of ${names}; ${[...end.keys()]}`);
  const inode = entries.find((e) => e.kind === kind.folder).file;
  const figures = {
    'bianmin.db': of(entries, 'bianmin.db', kind.write).length,
    'files.db': of(entries, 'files.db', kind.write).length,
    'syncs of the database': of(entries, 'bianmin.db', kind.syncEnd).length,
    'logs begun': of(entries, 'bianmin.db-wal', kind.write).filter((e) => e.at === 0).length,
    'syncs of the folder': entries.filter((e) => e.kind === kind.syncEnd && e.file === inode).length,
  };
  tap.claim(figures['syncs of the database'] >= 2 && figures['logs begun'] >= 2 && figures['files.db'] > 0 && figures['syncs of the folder'] >= 2,
    'the log was copied into the databases and begun anew meanwhile', JSON.stringify(figures));
  console.log(`# ${entries.length} entries, ${JSON.stringify(figures)}`);
}

function claimMode(mode, states) {
  const cases = (pick) => states.filter(pick).map(brief).slice(0, 5).join('\n');
  tap.claim(states.every((s) => !s.unsound), `${mode}: ${states.length} states, \`bianmin check\` says sound of each`, cases((s) => s.unsound));
  tap.claim(states.every((s) => s.receipts.length === 0 && s.files.length === 0), `${mode}: every receipt and every file that was answered is there`,
    cases((s) => s.receipts.length || s.files.length));
  tap.claim(states.every((s) => s.twice === 0 && s.nobodys.length === 0), `${mode}: nothing is there twice, nothing that nobody sent`, cases((s) => s.twice || s.nobodys.length));
  const deep = states.filter((s) => s.isDeep);
  tap.claim(deep.length > 0 && deep.every((s) => !s.deep), `${mode}: the server starts on ${deep.length} of them, and who asks again gets the same receipt`, cases((s) => s.deep));
}

// What the first power loss left is started, worked on, and loses its power too.
async function secondLife({ base, entries }, states) {
  const folder = path.join(scratch('power-second'), 'city');
  const cut = 1 + [...states.first.values()].find((at) => at > entries.length * 0.6);
  states.lay(folder, new Disk(base, entries).to(cut).state('mixed', states.next));
  const log = path.join(folder, 'bianmin.db-wal');
  const left = fs.existsSync(log) ? fs.statSync(log).size : 0;
  const work = await recorded(folder, { applications: 50 });
  const found = await (await new States({ ...work, seed }).prepare()).walk({ each: whole ? 60 : 2 });
  const all = Object.values(found).flat();
  tap.claim(left > 0 && all.every((s) => !isWrong(s)), `a second power loss, after a start on what the first left: ${all.length} states, all sound, all receipts there`,
    `${left} bytes of log; ${all.filter(isWrong).slice(0, 5).map(brief).join('\n')}`);
}

(async () => {
  if (!fs.existsSync(library)) {
    tap.skip('power loss', `no ${path.basename(library)}: make asan`);
    tap.done();
    return;
  }
  console.log(`# seed=${seed}`);
  const work = await recorded(demoFolder('power'), { applications: whole ? 900 : 150 });
  claimWhole(work);
  const states = await new States({ ...work, seed }).prepare();
  tap.claim(states.untold.length === 0, `the record has the answer of each of ${states.first.size} receipts and files`, states.untold.slice(0, 5));
  const results = await states.walk({ each, deepEvery: 20 });
  modes.forEach((mode) => claimMode(mode, results[mode]));

  await secondLife(work, states);

  // That the method sees what it is for: syncs of the log that are answered and not done.
  const lied = await recorded(demoFolder('power-lied'), { applications: 100, swallow: file.mainLog });
  const found = await (await new States({ ...lied, seed }).prepare()).walk({ each: whole ? 60 : 6, among: ['lost', 'reordered'] });
  const all = Object.values(found).flat();
  const lost = all.filter((s) => s.receipts.length > 0);
  tap.claim(lost.length > 0, `the replay sees a lost sync: receipts are gone in ${lost.length} of ${all.length} states`, JSON.stringify(all.slice(0, 3)));
  tap.done();
})().catch((error) => { tap.claim(false, 'power is lost', error.stack); tap.done(); process.exit(1); });
