// nodes — two programs on one PostgreSQL: what is done at one holds at the other, a guesser who
// goes from one to the other is slowed, and when one is killed under load its people go on at
// the other with the same keys. Every receipt is there, none twice.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { root, run, made, scratch, today, start, stop, someoneWith } = require('../lib/server.js');
const { Visitor } = require('../lib/visitor.js');
const { People } = require('./load.js');

const rounds = process.argv.includes('all') ? 5 : 1;
const crowd = 400;
const script = path.join(root, 'test/lib/postgres');
const cluster = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'bianmin-pg-'));
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function server(what, ...more) {
  const result = spawnSync(script, [what, cluster, ...more], { encoding: 'utf8', timeout: 120000 });
  if (result.status !== 0) {
    throw Object.assign(new Error(`${what}: ${result.stderr}`), { missing: result.status === 77 });
  }
  return result.stdout.trim();
}

// A second node: a folder of its own with the same key and settings.
function join(folder, name, key = path.join(folder, 'key')) {
  const other = path.join(scratch('node'), name);
  fs.mkdirSync(other, { mode: 0o700 });
  fs.copyFileSync(key, path.join(other, 'key'));
  fs.chmodSync(path.join(other, 'key'), 0o400);
  fs.copyFileSync(path.join(folder, 'settings.yaml'), path.join(other, 'settings.yaml'));
  return other;
}

// How long until `seen` holds, in ms; undefined: not within three seconds.
async function until(seen) {
  const began = Date.now();
  while (Date.now() - began < 3000) {
    if (await seen()) {
      return Date.now() - began;
    }
    await pause(20);
  }
  return undefined;
}

const text = async (url, options) => (await fetch(url, options)).text();

async function stranger(folder) {
  const other = path.join(scratch('stranger'), 'city');
  made(['init', '--city', '別市', '--office', 'other=別所', '--pack', path.join(root, 'packs/start'), '--data', other]);
  const result = run(['serve', '--data', join(folder, 'stranger', path.join(other, 'key')), '--listen', '127.0.0.1:0']);
  tap.claim(result.status === 1 && /key/.test(result.stdout), 'a folder with another key is sent away', result.stdout + result.stderr);
}

async function pages(a, b) {
  const address = '/health/services/home_vaccination';
  const pack = path.join(scratch('pack'), 'health');
  fs.cpSync(path.join(root, 'packs/demo/health'), pack, { recursive: true });
  const file = fs.readdirSync(pack, { recursive: true }).map((name) => path.join(pack, name))
    .find((name) => /home_vaccination\.yaml$/.test(name));
  const before = [];
  for (let i = 0; i < 3; i += 1) {
    before.push(await text(a.url + address), await text(b.url + address));
  }
  tap.claim(before.every((page) => !page.includes('77 元')), 'both keep a page');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/dollars: 0\b/, 'dollars: 77'));
  made(['pack', 'load', pack, '--agency', 'health', '--data', a.folder]);
  tap.claim((await text(a.url + address)).includes('77 元'), 'what is changed at one holds there at once');
  const ms = await until(async () => (await text(b.url + address)).includes('77 元'));
  tap.claim(ms < 1500, `and at the other within a second and a half (${ms} ms)`);
}

async function cases(a, b) {
  const people = new People(a);
  await people.prepare();
  let seen = 0;
  for (let i = 0; i < 10; i += 1) {
    const { receipt } = await people.send(people.application());
    const answer = await fetch(`${b.url}/api/v1/district/cases/${encodeURIComponent(receipt.case)}`,
      { headers: { authorization: `Bearer ${receipt.code}` } });
    seen += answer.status === 200 ? 1 : 0;
  }
  tap.claim(seen === 10, 'a case filed at one is at the other at once', `${seen} of 10`);
  const one = people.application();
  await Promise.all([a, b, a, b].map((node) => people.send(one, node.url)));
  const again = await people.send(one, b.url);
  tap.claim(again.same === true, 'one key at both at the same time is one case', JSON.stringify(again));
  people.end();
}

async function sessions(folder, a, b) {
  const who = someoneWith(folder, 'district', 'officer');
  const visitor = new Visitor(a.url);
  const at = (node) => { visitor.base = node.url; visitor.at = `${node.url}/`; return visitor; };
  await visitor.get('/staff/sign-in');
  await visitor.send({ name: who.name, password: who.password });
  const masked = (await at(b).get('/staff/worklist?list=mine')).page.includes('class="shown"');
  tap.claim(visitor.status === 200 && !visitor.at.includes('sign-in') && !masked, 'who signs in at one is signed in at the other', visitor.at);
  await at(a).get('/staff/worklist?list=mine');
  await visitor.send({}, { which: 'worklist/show' });
  await at(b).get('/staff/worklist?list=mine');
  tap.claim(visitor.page.includes('class="shown"'), 'names that are shown at one are shown at the other');
  const kept = new Map(visitor.jar);
  await at(a).get('/staff/worklist?list=mine');
  await visitor.send({}, { which: 'sign-out' });
  visitor.jar = kept;
  await at(b).get('/staff/worklist?list=mine');
  tap.claim(visitor.at.includes('sign-in'), 'who signs out at one is out at the other at once', visitor.at);
}

async function guesses(a, b) {
  const people = new People(a);
  await people.prepare();
  const { receipt } = await people.send(people.application());
  const answers = [];
  for (let i = 0; i < 10; i += 1) {
    const node = i % 2 === 0 ? a : b;
    answers.push((await fetch(`${node.url}/api/v1/district/cases/${encodeURIComponent(receipt.case)}`,
      { headers: { authorization: 'Bearer 000000000000' } })).status);
    await pause(500);
  }
  const tries = answers.filter((status) => status !== 429).length;
  tap.claim(tries === 5, 'who guesses at both in turn gets five tries in all', answers.join(' '));
  people.end();
}

async function killed(folder, a, b, number) {
  const people = [new People(a), new People(b)];
  let given = 0;
  let moved = 0;
  await people[0].prepare();
  await people[1].prepare();
  const part = 20 + Math.floor(Math.random() * 150);
  await Promise.all(people.flatMap((some) => Array.from({ length: 24 }, async () => {
    while (some.applications.length < crowd / 2) {
      const one = some.application();
      let answer = await some.send(one);
      while (answer.status === 0 || answer.status === 503) {
        moved += answer.status === 0 ? 1 : 0;
        answer = await some.send(one, b.url);
        await pause(answer.status === 503 ? 100 : 0);
      }
      one.last = answer;
      given += answer.status === 201 ? 1 : 0;
      if (given === part) {
        a.child.kill('SIGKILL');
        some.killed = true;
      }
    }
  })));
  const all = people.flatMap((some) => some.applications);
  tap.claim(moved > 0, `round ${number}: one is killed in the middle, ${moved} go on at the other (after ${part})`);
  tap.claim(all.every((one) => one.receipt !== null), `round ${number}: everybody has a receipt`,
    JSON.stringify(all.filter((one) => one.receipt === null).map((one) => one.last).slice(0, 3)));
  let same = 0;
  for (const one of all) {
    const answer = await people[1].send(one, b.url);
    same += answer.status === 201 && answer.same ? 1 : 0;
  }
  tap.claim(same === all.length, `round ${number}: who asks again at the other gets the same receipt`, `${same} of ${all.length}`);
  const numbers = new Set(all.map((one) => one.receipt && one.receipt.case));
  tap.claim(numbers.size === all.length, `round ${number}: no case twice`, `${numbers.size} of ${all.length}`);
  people.forEach((some) => some.end());
}

async function whole() {
  const address = server('start', String(process.pid));
  const folder = path.join(scratch('nodes'), 'city');
  made(['init', '--demo', '--today', today, '--data', folder, '--database', address]);
  const second = join(folder, 'second');
  await stranger(folder);
  let a = await start(folder);
  const b = await start(second);
  await pages(a, b);
  await cases(a, b);
  await sessions(folder, a, b);
  await guesses(a, b);
  for (let number = 1; number <= rounds; number += 1) {
    await killed(folder, a, b, number);
    await a.ended;
    a = await start(folder);
  }
  await cases(a, b);
  const check = run(['check', '--data', join(folder, 'third')]);
  tap.claim(check.status === 0 && check.stdout.trim().endsWith('sound'), 'bianmin check says sound, while both serve', check.stdout + check.stderr);
  const ends = [await stop(a), await stop(b)];
  tap.claim(ends.every((end) => end.code === 0), 'both stop in order', JSON.stringify(ends) + b.log.slice(-2000));
}

whole().catch((error) => {
  if (error.missing) {
    tap.skip('two nodes on one database', 'no PostgreSQL server program is installed');
  } else {
    tap.claim(false, 'the test of nodes runs', error.stack);
  }
}).finally(() => {
  spawnSync(script, ['stop', cluster], { encoding: 'utf8' });
  tap.done();
});
