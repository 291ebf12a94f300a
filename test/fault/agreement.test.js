// agreement — what is decided at one of two programs on one database holds at the other: duties,
// who may sign in, a session that was ended, the lock of a sign-in name, the office's particulars.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { made, scratch, today, start, stop, someoneWith, passwords, joined } = require('../lib/server.js');
const { Visitor } = require('../lib/visitor.js');
const { Cluster } = require('../lib/cluster.js');

// Within which all programs have it (ARCHITECTURE.md: a hint at once, a look each second).
const promised = 1500;
const cluster = new Cluster({ durable: false });
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// How long until `seen` holds, in ms; undefined: not within three seconds.
async function until(seen) {
  for (const began = Date.now(); Date.now() - began < 3000;) {
    if (await seen()) { return Date.now() - began; }
    await pause(20);
  }
  return undefined;
}

async function signedIn(node, who) {
  const visitor = new Visitor(node.url);
  await visitor.get('/staff/sign-in');
  return visitor.send({ name: who.name, password: who.password });
}

const isIn = (visitor) => visitor.status === 200 && !visitor.at.includes('sign-in');

// The page of a colleague, by the sign-in name.
async function colleague(admin, name) {
  await admin.get('/staff/settings/people');
  const row = admin.page.split('<tr>').find((one) => one.includes(`>${name}<`) || one.includes(`>${name.split('@')[0]}<`));
  return /href="([^"]*\/people\/[^"]*)"/.exec(row)[1];
}

async function duties(folder, a, b) {
  const admin = await signedIn(a, someoneWith(folder, 'district', 'admin'));
  const who = passwords(folder).find((p) => p.name.endsWith('@district') && p.duties.includes('officer') && !p.duties.includes('admin'));
  const clerk = await signedIn(b, who);
  const may = async () => (await clerk.get('/staff/settings')).status === 200;
  const before = await may();
  const page = await colleague(admin, who.name);
  const give = async (duty, more = {}) => { await admin.get(page); (await admin.send({ duty, ...more }, { which: 'what" value="person' })).is(200); };
  await give([...who.duties, 'admin']);
  const ms = await until(may);
  tap.claim(!before && ms < promised, `a duty that is given at one holds at the other (${ms} ms)`, `before: ${before}`);
  await give(who.duties);
  const gone = await until(async () => !await may());
  tap.claim(gone < promised && clerk.status >= 403, `one that is taken away is gone there (${gone} ms)`, clerk.status);
  await admin.get(page);
  const form = admin.form('what" value="person');
  form.fields = form.fields.filter(([name]) => name !== 'active');
  await admin.ask('POST', form.action, { body: new URLSearchParams(form.fields) });
  const out = await until(async () => !isIn(await clerk.get('/staff/worklist')));
  const again = await signedIn(b, who);
  tap.claim(out < promised && !isIn(again), `who may not sign in any more is out at the other (${out} ms), and not let in`, again.at);
  await give(who.duties, { active: '1' });
  const back = await until(async () => isIn(await signedIn(b, who)));
  tap.claim(back < promised, `and is let in again when it is allowed again (${back} ms)`);
}

async function sessions(folder, a, b) {
  const who = someoneWith(folder, 'district', 'secretary');
  const [here, there] = [await signedIn(a, who), await signedIn(b, who)];
  const both = isIn(here) && isIn(there);
  await here.get('/staff/account');
  await here.send({}, { which: 'account/others' });
  await there.get('/staff/worklist');
  tap.claim(both && !isIn(there), 'a session that is ended at one is over at the other with the next request', there.at);
  tap.claim(isIn(await here.get('/staff/worklist')), 'the one that ended it goes on');
}

function failures(who) {
  const [name, office] = who.name.split('@');
  return Number(cluster.sql('bianmin', `SELECT COALESCE(SUM(failures), 0) FROM signin_failure AS f JOIN agency AS a ON a.id = f.agency_id
    WHERE f.sign_name = '${name}' AND a.key = '${office}'`));
}

// Wrong passwords at one and the other in turn; who comes before the wait is over is not counted.
async function locks(folder, a, b) {
  const who = someoneWith(folder, 'health', 'officer');
  let counted = 0;
  for (let tries = 0; counted < 5 && tries < 60; tries += 1) {
    await signedIn(tries % 2 === 0 ? a : b, { name: who.name, password: `guess number ${tries}` });
    await pause(counted > 1 ? 300 : 0);
    counted = failures(who);
  }
  const right = [await signedIn(a, who), await signedIn(b, who)];
  tap.claim(counted === 5 && right.every((visitor) => /暫時鎖定/.test(visitor.page)), 'five wrong passwords at both in turn lock the name at both, for the right one too',
    `${counted} ${right.map((v) => v.at)}`);

  const others = passwords(folder).filter((p) => p.name.endsWith('@household')).slice(0, 6);
  await Promise.all(others.flatMap((one) => [a, b].map((node) => signedIn(node, { name: one.name, password: 'guess at once' }))));
  const sums = others.map(failures);
  tap.claim(sums.every((sum) => sum === 2), 'two guesses at the same moment, one at each, count as two', sums.join(' '));
}

async function particulars(folder, a, b) {
  const admin = await signedIn(a, someoneWith(folder, 'district', 'admin'));
  const text = async (node) => (await fetch(`${node.url}/district`)).text();
  await text(a);
  const before = await text(b);
  await admin.get('/staff/settings/office');
  (await admin.send({ telephone: '03-765-4321' })).is(200);
  const here = (await text(a)).includes('03-765-4321');
  const ms = await until(async () => (await text(b)).includes('03-765-4321'));
  tap.claim(!before.includes('03-765-4321') && here && ms < promised, `the office's new telephone is on the pages of both (${ms} ms)`, `${here}`);
}

(async () => {
  if (!cluster.start()) {
    tap.skip('two programs agree', 'no PostgreSQL server program is installed');
    return;
  }
  const folder = path.join(scratch('agreement'), 'city');
  made(['init', '--demo', '--today', today, '--data', folder, '--database', cluster.at('bianmin')]);
  const second = joined(folder, 'second');
  fs.copyFileSync(path.join(folder, 'passwords'), path.join(second, 'passwords'));
  const [a, b] = [await start(folder), await start(second)];
  await duties(folder, a, b);
  await sessions(folder, a, b);
  await locks(folder, a, b);
  await particulars(folder, a, b);
  const ends = [await stop(a), await stop(b)];
  tap.claim(ends.every((end) => end.code === 0), 'both stop in order', JSON.stringify(ends) + a.log.slice(-1000) + b.log.slice(-1000));
})().catch((error) => { tap.claim(false, 'two programs agree', error.stack); })
  .finally(() => { cluster.stop(); tap.done(); process.exit(); });
