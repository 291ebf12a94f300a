// nodes — two programs on one PostgreSQL: what is done at one holds at the other, a guesser who
// goes from one to the other is slowed, and when one is killed under load its people go on at
// the other with the same keys. Every receipt is there, none twice. Pages for everybody are
// read from a standby, unless it is too far behind, or away.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { root, run, made, scratch, today, start, stop, someoneWith, joined: join } = require('../lib/server.js');
const { Visitor } = require('../lib/visitor.js');
const { People } = require('./load.js');

const rounds = process.argv.includes('all') ? 5 : 1;
const crowd = 400;
const script = path.join(root, 'test/lib/postgres');
const cluster = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'bianmin-pg-'));
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function server(what, ...more) {
  const env = { ...process.env, MORE: 'wal_level=replica max_wal_senders=4' };
  const result = spawnSync(script, [what, cluster, ...more], { encoding: 'utf8', env, timeout: 120000 });
  if (result.status !== 0) {
    throw Object.assign(new Error(`${what}: ${result.stderr}`), { missing: result.status === 77 });
  }
  return result.stdout.trim();
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

const pack = path.join(scratch('pack'), 'health');
fs.cpSync(path.join(root, 'packs/demo/health'), pack, { recursive: true });

// A definition is changed and loaded at a node.
function price(node, was, is) {
  const file = path.join(pack, 'home_vaccination.yaml');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(new RegExp(`dollars: ${was}\\b`), `dollars: ${is}`));
  made(['pack', 'load', pack, '--agency', 'health', '--data', node.folder]);
}

async function pages(a, b) {
  const address = '/health/services/home_vaccination';
  const before = [];
  for (let i = 0; i < 3; i += 1) {
    before.push(await text(a.url + address), await text(b.url + address));
  }
  tap.claim(before.every((page) => !page.includes('77 元')), 'both keep a page');
  price(a, 0, 77);
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
  tap.claim(visitor.jar.has('wrote'), 'who has sent a form is known by it for a moment', [...visitor.jar.keys()].join(' '));
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

// ---- a standby ----

const bin = () => path.join('/usr/lib/postgresql', fs.readdirSync('/usr/lib/postgresql').sort().pop(), 'bin');

function asPostgres(name, args) {
  const words = [path.join(bin(), name), ...args];
  const own = process.getuid() === 0 ? ['setpriv', '--reuid', 'postgres', '--regid', 'postgres', '--init-groups'] : [];
  const [first, ...rest] = [...own, ...words];
  const result = spawnSync(first, rest, { encoding: 'utf8', cwd: cluster, timeout: 60000, stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) {
    throw new Error(`${name}: ${result.stderr}`);
  }
  return result.stdout.trim();
}

const standby = {
  data: path.join(cluster, 'standby'),
  sql(text) {
    return asPostgres('psql', ['-qXAt', '-h', this.data, '-U', 'postgres', 'bianmin', '-c', text]);
  },
  start(address) {
    asPostgres('pg_basebackup', ['-h', cluster, '-U', 'postgres', '-D', this.data, '-R', '-c', 'fast', '--no-sync']);
    fs.appendFileSync(path.join(this.data, 'postgresql.conf'), `unix_socket_directories = '${this.data}'\n`);
    // Its output goes to a file: a pipe would stay open with it.
    asPostgres('pg_ctl', ['-D', this.data, '-w', '-l', path.join(cluster, 'standby.log'), 'start']);
    return address.replace(cluster, this.data);
  },
  stop() {
    asPostgres('pg_ctl', ['-D', this.data, '-m', 'immediate', '-w', 'stop']);
  },
};

function standbyReads(node) {
  const found = /store_standby_reads_total\S* (\d+)/.exec(made(['figures', '--data', node.folder]));
  return Number(found[1]);
}

let asked = 0;

// Pages that are not kept yet; how many of them came from the standby.
async function fromStandby(node, count) {
  const keys = JSON.parse(await text(`${node.url}/api/v1/district/services`)).services.map((s) => s.key);
  const looks = ['l.dark', 'l.light', 'l.contrast', 'xl.dark', 'xl.light', 'xl.contrast', 'm.dark', 'm.light'];
  const before = standbyReads(node);
  let fine = 0;
  for (let i = 0; i < count; i += 1) {
    const address = `${node.url}${['', '/en', '/ja'][asked % 3]}/district/services/${keys[Math.floor(asked / 3) % keys.length]}`;
    const look = looks[Math.floor(asked / 3 / keys.length) % looks.length];
    fine += (await fetch(address, { headers: { cookie: `look=${look}` } })).status === 200 ? 1 : 0;
    asked += 1;
  }
  return { fine, read: standbyReads(node) - before };
}

async function readsFromStandby(folder, a, address) {
  const other = join(folder, 'reader');
  const reading = standby.start(address);
  fs.appendFileSync(path.join(other, 'settings.yaml'), `database_read: '${reading}'\ndatabase_read_lag_seconds: 3\n`);
  const c = await start(other);
  const page = '/health/services/home_vaccination';
  await pause(2500);
  const near = await fromStandby(c, 6);
  tap.claim(near.fine === 6 && near.read === 6, 'pages for everybody are read from a standby', JSON.stringify(near));
  const visitor = new Visitor(c.url);
  visitor.jar.set('wrote', { value: '1', path: '/' });
  const before = standbyReads(c);
  await visitor.get('/district/services/zoning');
  tap.claim(visitor.status === 200 && standbyReads(c) === before, 'who has just written reads the first server');
  await text(c.url + page);
  standby.sql('SELECT pg_wal_replay_pause()');
  price(a, 77, 88);
  const ms = await until(async () => (await text(c.url + page)).includes('88 元'));
  await pause(1500);
  const still = await text(c.url + page);
  tap.claim(ms < 1500 && still.includes('88 元'), `what a standby does not have yet is not kept from it (${ms} ms)`);
  const people = new People(c);
  await people.prepare();
  const { receipt } = await people.send(people.application());
  const mine = receipt && await fetch(`${c.url}/api/v1/district/cases/${encodeURIComponent(receipt.case)}`,
    { headers: { authorization: `Bearer ${receipt.code}` } });
  people.end();
  tap.claim(mine && mine.status === 200, 'who has just applied finds the case, which a standby does not have yet', mine?.status);
  const far = await fromStandby(c, 6);
  tap.claim(far.fine === 6 && far.read === 0, 'one that stands still is not read', JSON.stringify(far));
  standby.sql('SELECT pg_wal_replay_resume()');
  await pause(3500);
  const again = await fromStandby(c, 6);
  tap.claim(again.fine === 6 && again.read === 6, 'and is again when it has caught up', JSON.stringify(again));
  standby.stop();
  const gone = await fromStandby(c, 6);
  tap.claim(gone.fine === 6 && gone.read === 0, 'one that is away is not missed', JSON.stringify(gone));
  const ended = await stop(c);
  tap.claim(ended.code === 0, 'that node stops in order', JSON.stringify(ended) + c.log.slice(-2000));
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
  await readsFromStandby(folder, a, address);
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
  spawnSync('sh', ['-c', `kill -QUIT "$(head -1 '${standby.data}/postmaster.pid' 2>/dev/null)" 2>/dev/null`]);
  spawnSync(script, ['stop', cluster], { encoding: 'utf8' });
  tap.done();
});
