// filled — a city with years of cases, as the benches work on: `bianmin check` says sound of all
// of it, its cases open with their codes, and the next one is received. 2,000 cases; 20,000
// with `all`; `cases=N` for more. On both engines.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const tap = require('../lib/tap.js');
const { root, run, made, scratch, start, stop, cluster, sql, database, at } = require('../lib/server.js');
const { People } = require('./load.js');

const given = process.argv.find((word) => /^cases=\d+$/.test(word));
const cases = given ? Number(given.slice(6)) : process.argv.includes('all') ? 20000 : 2000;
const filler = path.join(path.dirname(process.env.BIANMIN || path.join(root, 'build', 'bianmin')), 'bench-fill');

function inDatabase(folder, name, question) {
  return Number(cluster ? sql(question, name) : spawnSync('sqlite3', [path.join(folder, 'bianmin.db'), question], { encoding: 'utf8' }).stdout);
}

async function claimFollowed(server, folder) {
  const all = fs.readFileSync(path.join(folder, 'followed'), 'utf8').split('\n').filter((line) => line.includes('\t')).map((line) => line.split('\t'));
  const wrong = [];
  for (const [office, number, code, , state] of all) {
    const answer = await fetch(`${server.url}/api/v1/${office}/cases/${encodeURIComponent(number)}`, { headers: { authorization: `Bearer ${code}` } });
    const told = answer.status === 200 ? await answer.json() : {};
    if (told.case !== number || told.state !== state) { wrong.push(`${office} ${number}: ${answer.status} ${told.state}, not ${state}`); }
  }
  tap.claim(all.length > 0 && wrong.length === 0, `${all.length} closed cases of all its years open with their codes, as they were closed`, wrong.slice(0, 5).join('\n'));
}

(async () => {
  if (!fs.existsSync(filler)) {
    tap.skip('a filled city', 'no bench-fill beside the program: make');
    tap.done();
    return;
  }
  const folder = path.join(scratch('filled'), 'city');
  const name = cluster ? database() : undefined;
  made(['init', '--data', folder, ...(name ? ['--database', at(name)] : [])]);
  const filled = spawnSync(filler, ['--data', folder, '--cases', String(cases), '--seed', '7'], { encoding: 'utf8' });
  if (filled.status !== 0) { throw new Error(`bench-fill: ${filled.stderr}`); }
  const told = Object.fromEntries(filled.stdout.trim().split('\n').map((line) => line.split('\t')));
  console.log(`# ${told.cases} cases, ${told.open} open, ${told.events} events of ${told.years} years in ${told.seconds} s`);
  const counted = inDatabase(folder, name, 'SELECT COUNT(*) FROM casefile');
  tap.claim(counted === cases && Number(told.open) > 0, `${cases} cases are filled in, some still open`, `${counted}, ${told.open} open`);
  const check = run(['check', '--data', folder]);
  tap.claim(check.status === 0 && check.stdout.trim().endsWith('sound'), 'bianmin check says sound of all of it', check.stdout.split('\n').filter((l) => !l.startsWith('ok')).join('\n') + check.stderr);
  const server = await start(folder);
  await claimFollowed(server, folder);
  const people = new People(server);
  await people.prepare();
  const answers = await people.crowd(20);
  people.end();
  const ended = await stop(server);
  const after = run(['check', '--data', folder]);
  tap.claim(answers.every((a) => a.status === 201) && ended.code === 0 && after.status === 0 && after.stdout.trim().endsWith('sound'), 'the next ones are received, and it is sound with them',
    `${answers.map((a) => a.status)} ${after.stdout.slice(-600)}`);
  tap.done();
})().catch((error) => { tap.claim(false, 'a city is filled', error.stack); tap.done(); process.exit(1); });
