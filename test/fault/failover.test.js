// failover — a second database server that has every commit before it is answered for. It stops
// answering: a COMMIT that hangs, or is "committed locally", is no receipt. The first server
// dies under load and the second is promoted: the program goes on there by itself. Every
// receipt is there, none twice. With `all` also until the program has waited long enough.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { run, made, scratch, today, start, stop } = require('../lib/server.js');
const { Cluster } = require('../lib/cluster.js');
const { People } = require('./load.js');

const whole = process.argv.includes('all');
const cluster = new Cluster();
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

async function until(what, seen, ms = 20000) {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (seen()) { return; }
    await pause(50);
  }
  throw new Error(`${what}: not within ${ms} ms`);
}

// The second server is the one that must have all.
async function follows(name) {
  const standby = cluster.standby(name);
  cluster.set(`synchronous_standby_names=${name}`);
  await until(`${name} is synchronous`, () => cluster.sql('postgres', `SELECT sync_state FROM pg_stat_replication WHERE application_name = '${name}'`) === 'sync');
  return standby;
}

const count = (server, number) => Number(server.sql('bianmin', `SELECT COUNT(*) FROM casefile${number ? ` WHERE number = '${number}'` : ''}`));
const waiting = (ask = 'COUNT(*)') => cluster.sql('bianmin', `SELECT ${ask} FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE 'COMMIT%'`);

// One application while the second server says nothing; `body` with the answer to come.
async function unanswered(people, standby, story, body) {
  const receiver = standby.receiver();
  const before = count(cluster);
  const one = people.application();
  process.kill(receiver, 'SIGSTOP');
  try {
    const coming = people.send(one).then((answer) => { one.answer = answer; return answer; });
    await until('a COMMIT waits', () => Number(waiting()) > 0);
    await body({ one, coming });
  } finally {
    process.kill(receiver, 'SIGCONT');
  }
  for (let tries = 0; tries < 400 && !one.receipt; tries += 1) {
    await pause(50);
    if (one.answer && one.answer.status !== 201) { one.answer = await people.send(one); }
  }
  const again = await people.send(one);
  const [cases, mine] = [count(cluster) - before, one.receipt ? count(standby, one.receipt.case) : 0];
  tap.claim(again.status === 201 && again.same && cases === 1 && mine === 1, `${story}: when it answers again there is one receipt and one case, on both servers`,
    JSON.stringify([again, cases, mine]));
}

async function silent(people, standby) {
  await unanswered(people, standby, 'a COMMIT that hangs', async ({ one }) => {
    await pause(7000); // longer than the program waits on that connection
    tap.claim(!one.answer && count(cluster) > 0, 'a COMMIT that the second server does not confirm is no receipt', JSON.stringify(one.answer));
  });
  for (const [name, ending] of [['cancelled', 'pg_cancel_backend'], ['terminated', 'pg_terminate_backend']]) {
    await unanswered(people, standby, `a COMMIT that is ${name}`, async ({ one }) => {
      tap.claim(waiting(`bool_or(${ending}(pid))`) === 't', `a COMMIT that waits is ${name} by an administrator`);
      await pause(1500);
      tap.claim(!one.answer, 'what is committed locally only is no receipt', JSON.stringify(one.answer));
    });
  }
  if (whole) {
    await unanswered(people, standby, 'a second server that stays silent', async ({ coming }) => {
      const answer = await coming;
      tap.claim(answer.status === 503 && Number(answer.headers['retry-after']) > 0, 'who has waited as long as we wait is asked to come again', JSON.stringify(answer));
    });
  }
}

// Everybody sends until there is a receipt.
async function untilKept(people, one) {
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await people.send(one);
    if (answer.status === 201) { return answer.same; }
    if (answer.status !== 503 && answer.status !== 0) { throw new Error(`${answer.status} ${answer.text}`); }
    await pause(100);
  }
  return false;
}

// The first server goes while people send, at a moment when the second has not all that the
// first has written: what it alone has was told to nobody.
async function promoted(people, standby) {
  const all = Array.from({ length: 300 }, () => people.application());
  const answered = () => all.filter((one) => one.receipt).length;
  const sending = Promise.all(Array.from({ length: 30 }, async (_, walker) => {
    for (let i = walker; i < all.length; i += 30) { await untilKept(people, all[i]); }
  }));
  const enough = 40 + Math.floor(Math.random() * 120);
  while (answered() < enough) { await pause(1); }
  // Stopped, the sender keeps what it has not sent.
  process.kill(Number(cluster.sql('postgres', 'SELECT pid FROM pg_stat_replication')), 'SIGSTOP');
  await until('a COMMIT waits', () => Number(waiting()) > 0);
  const alone = count(cluster);
  cluster.kill();
  const before = answered();
  const kept = new Map(all.filter((one) => one.receipt).map((one) => [one.key, one.receipt]));
  standby.promote();
  const since = Date.now();
  await sending;
  const ms = Date.now() - since;
  tap.claim(before < all.length && all.every((one) => one.receipt), `the first server dies under load (${before} of ${all.length} receipts), the second is promoted: all get one, within ${ms} ms`, alone);
  tap.claim([...kept].every(([key, receipt]) => all.find((one) => one.key === key).receipt === receipt)
    && (await Promise.all(all.map((one) => untilKept(people, one)))).every(Boolean), 'who asks again gets the same receipt, also one from before');
  const numbers = new Set(all.map((one) => one.receipt.case));
  const stored = standby.sql('bianmin', `SELECT COUNT(*) FROM casefile WHERE number IN (${[...numbers].map((n) => `'${n}'`).join(',')})`);
  tap.claim(numbers.size === all.length && Number(stored) === all.length, 'every receipt is a case there, none twice', `${numbers.size} ${stored}`);
}

(async () => {
  if (!cluster.start()) {
    tap.skip('a second server takes over', 'no PostgreSQL server program is installed');
    return;
  }
  const folder = path.join(scratch('failover'), 'city');
  made(['init', '--demo', '--today', today, '--data', folder, '--database', cluster.at('bianmin')]);
  const standby = await follows('near');
  const both = cluster.at('bianmin', { host: `${standby.data},${cluster.folder}`, more: '&target_session_attrs=read-write' });
  fs.writeFileSync(path.join(folder, 'settings.yaml'), `listen: 127.0.0.1:0\ndatabase: '${both}'\n`);
  const server = await start(folder);
  const people = new People(server);
  await people.prepare();
  tap.claim((await people.send(people.application())).status === 201, 'of several hosts the one that takes writes is found');
  await silent(people, standby);
  await promoted(people, standby);
  people.end();
  const ended = await stop(server);
  const check = run(['check', '--data', folder]);
  tap.claim(ended.code === 0 && check.status === 0 && check.stdout.trim().endsWith('sound'), 'it stops in order, and bianmin check says sound on the promoted server',
    `${JSON.stringify(ended)} ${check.stdout} ${server.log.slice(-2000)}`);
})().catch((error) => { tap.claim(false, 'a second server takes over', error.stack); })
  .finally(() => { cluster.stop(); tap.done(); process.exit(); });
