// postgres — faults of a database on a server: away at start, gone in the middle, killed under
// load (three times, ten with `all`), a refusal of every kind. Every receipt given is there,
// none twice, and what stands in the way is said in a sentence of its own.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { root, run, made, scratch, today, start, stop } = require('../lib/server.js');
const { People } = require('./load.js');

const rounds = process.argv.includes('all') ? 10 : 3;
const script = path.join(root, 'test/lib/postgres');
const port = 20000 + (process.pid % 20000);
const cluster = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'bianmin-pg-'));
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function server(what, ...more) {
  const result = spawnSync(script, [what, cluster, ...more],
    { encoding: 'utf8', env: { ...process.env, DURABLE: '1', PORT: String(port) }, timeout: 120000 });
  if (result.status !== 0) {
    throw Object.assign(new Error(`${what}: ${result.stderr}`), { missing: result.status === 77 });
  }
  return result.stdout.trim();
}

function sql(database, ...texts) {
  const result = spawnSync('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-h', cluster, '-p', port, '-U', 'postgres', database,
    ...texts.flatMap((text) => ['-c', text])], { encoding: 'utf8' });
  if (result.status !== 0) {
    throw new Error(result.stderr);
  }
  return result.stdout.trim();
}

const at = (database, { user = 'bianmin', more = '', host = cluster } = {}) =>
  `postgresql://${user}@/${database}?host=${host}&port=${port}${more}`;

function settings(folder, address, wait) {
  const file = path.join(folder, 'settings.yaml');
  fs.writeFileSync(file, `listen: 127.0.0.1:0\ndatabase: '${address}'\ndatabase_wait_seconds: ${wait}\n`);
}

// What stands in the way, and the sentence that says so.
function refusals() {
  sql('postgres', "CREATE ROLE locked LOGIN PASSWORD 'right'", 'CREATE DATABASE empty OWNER bianmin',
    'CREATE DATABASE others OWNER bianmin', 'CREATE DATABASE newer OWNER bianmin TEMPLATE bianmin');
  sql('others', 'CREATE TABLE wp_posts (id bigint)');
  sql('newer', "INSERT INTO migration VALUES (1, 900000, 'later/900000.sql', '', 0)");
  const hba = path.join(cluster, 'data/pg_hba.conf');
  fs.writeFileSync(hba, `local all locked scram-sha-256\n${fs.readFileSync(hba, 'utf8')}`);
  sql('postgres', 'SELECT pg_reload_conf()');
  return [
    ['a wrong password', at('bianmin', { user: 'locked:wrong' }), /refuses this user or this password/],
    ['an unknown user', at('bianmin', { user: 'nobody' }), /refuses this user or this password/],
    ['TLS that is required and absent', at('bianmin', { host: '127.0.0.1', more: '&sslmode=require' }), /offers no encrypted connection/],
    ['a certificate that is not there', at('bianmin', { host: '127.0.0.1', more: '&sslmode=verify-full' }), /offers no encrypted connection/],
    ['no such database', at('absent'), /There is no database .*absent/],
    ['a database of another program', at('others'), /belongs to another program/],
    ['an empty database', at('empty'), /nothing in the database empty yet/],
    ['a newer database', at('newer'), /made by a newer version/],
    ['an address that is none', 'postgresql://[', /address of the database cannot be read/],
    ['a server that is not there', at('bianmin', { host: '/nowhere' }), /does not answer/],
  ];
}

async function refused(folder) {
  for (const [story, address, sentence] of refusals()) {
    settings(folder, address, 0);
    const result = run(['serve', '--data', folder, '--listen', '127.0.0.1:0']);
    const said = `${result.stdout}${result.stderr}`;
    tap.claim(result.status === 1 && sentence.test(result.stdout) && !said.includes('wrong'), `${story} is said, and no password with it`, said);
  }
}

async function waiting(folder) {
  server('kill');
  settings(folder, at('bianmin'), 2);
  const began = Date.now();
  const result = run(['check', '--data', folder]);
  const ms = Date.now() - began;
  tap.claim(result.status === 1 && ms > 1900 && ms < 8000 && /does not answer/.test(result.stdout),
    'a database that stays away is waited for as long as is set, then that is said', `${ms} ms ${result.stdout}`);
  settings(folder, at('bianmin'), 60);
  const starting = start(folder);
  await pause(1500);
  server('again');
  const running = await starting;
  tap.claim(running.log.includes('database.away'), 'one that comes while we wait is served', running.log);
  await stop(running);
}

async function gone(folder) {
  settings(folder, at('bianmin'), 60);
  const running = await start(folder);
  const people = new People(running);
  await people.prepare();
  await people.send(people.application());
  server('kill');
  const page = await fetch(`${running.url}/district/status`, { method: 'GET' });
  tap.claim(page.status === 200 || page.status === 503, 'without the database pages still come, or say to try again', `${page.status}`);
  const one = people.application();
  const meanwhile = await people.send(one);
  tap.claim(meanwhile.status === 503 && Number(meanwhile.headers['retry-after']) > 0,
    'who applies meanwhile is asked to come again', `${meanwhile.status} ${JSON.stringify(meanwhile.headers)}`);
  server('again');
  const kept = await people.send(one);
  tap.claim(kept.status === 201, 'and gets a receipt as soon as the database is back', `${kept.status} ${kept.text}`);
  people.end();
  await stop(running);
}

// Everybody sends until it is answered; nobody waits for the server between.
async function untilKept(people, one) {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await people.send(one);
    if (answer.status === 201) {
      return answer.same;
    }
    if (answer.status !== 503 && answer.status !== 0) {
      throw new Error(`${answer.status} ${answer.text}`);
    }
    await pause(100);
  }
  return false;
}

async function killed(folder, number) {
  settings(folder, at('bianmin'), 60);
  const running = await start(folder);
  const people = new People(running);
  await people.prepare();
  const all = Array.from({ length: 400 }, () => people.application());
  const sending = Promise.all(Array.from({ length: 40 }, async (_, walker) => {
    for (let i = walker; i < all.length; i += 40) {
      await untilKept(people, all[i]);
    }
  }));
  // By what has been answered, not by time: a quick machine would be done.
  const answered = () => all.filter((one) => one.receipt).length;
  const enough = 30 + Math.floor(Math.random() * 150);
  while (answered() < enough) { await pause(1); }
  server('kill');
  const before = answered();
  await pause(500);
  server('again');
  await sending;
  tap.claim(before < all.length && all.every((one) => one.receipt), `round ${number}: killed in the middle (${before} of ${all.length} receipts), all get one`);
  const again = await Promise.all(all.map((one) => untilKept(people, one)));
  tap.claim(again.every(Boolean), `round ${number}: who asks again gets the same receipt`);
  const numbers = new Set(all.map((one) => one.receipt.case));
  tap.claim(numbers.size === all.length, `round ${number}: no case twice`, `${numbers.size}`);
  const keys = all.map((one) => `'${one.receipt.case}'`).join(',');
  const stored = sql('bianmin', `SELECT COUNT(*) FROM casefile WHERE number IN (${keys})`);
  tap.claim(stored === String(all.length), `round ${number}: every receipt is a case`, stored);
  people.end();
  const ended = await stop(running);
  const check = run(['check', '--data', folder]);
  tap.claim(ended.code === 0 && check.stdout.trim().endsWith('sound') && check.status === 0, `round ${number}: stops in order, and check says sound`,
    check.stdout + running.log.slice(-2000));
}

(async () => {
  try {
    server('start', String(process.pid));
  } catch (error) {
    if (!error.missing) {
      throw error;
    }
    tap.skip('faults of PostgreSQL', 'no server program is installed');
    tap.done();
    return;
  }
  const folder = path.join(scratch('postgres'), 'city');
  made(['init', '--demo', '--today', today, '--data', folder, '--database', at('bianmin')]);
  const other = run(['init', '--data', path.join(path.dirname(folder), 'other'), '--database', at('bianmin')]);
  tap.claim(other.status === 1 && /already/.test(other.stdout) && !fs.existsSync(path.join(path.dirname(folder), 'other')),
    'a second instance is not made over the first', other.stdout);
  await refused(folder);
  await waiting(folder);
  await gone(folder);
  for (let number = 1; number <= rounds; number += 1) {
    await killed(folder, number);
  }
  server('stop');
  tap.done();
})().catch((error) => { tap.claim(false, 'the faults of PostgreSQL run', error.stack); tap.done(); process.exit(1); });
