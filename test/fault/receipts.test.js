// receipts — SIGKILL while money is taken: clerks at two windows each write receipts from their
// pads, a provider tells of payments, each of them more than once. Whoever was told has his
// receipt, every case is paid once, the numbers have no gap and none is there twice, and
// `bianmin check` says sound. On both engines.
'use strict';

const crypto = require('node:crypto');
const tap = require('../lib/tap.js');
const { Visitor } = require('../lib/visitor.js');
const { run, demoFolder, start, stop, passwords } = require('../lib/server.js');
const { Provider } = require('../lib/outside.js');
const { settle, secretFile } = require('./settings.js');

const takers = 3;
const windows = 2; // of each
const atCounter = 24;
const online = 12;
const rounds = process.argv.includes('all') ? 5 : 2;
const secret = crypto.randomBytes(20).toString('hex');

async function apply(server) {
  const where = `${server.url}/api/v1/district/services/zoning`;
  const { example } = JSON.parse(await (await fetch(where)).text());
  const answer = await fetch(`${where}/cases`, {
    method: 'POST', body: JSON.stringify(example), headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  });
  return JSON.parse(await answer.text());
}

// The owner begins to pay: what the provider is told of it.
async function begin(server, receipt) {
  const owner = new Visitor(server.url);
  await owner.get('/district/status');
  await owner.send({ number: receipt.case, code: receipt.code }, { which: 'status' });
  await owner.send({}, { which: '/pay/', button: 'online' });
  const [, order] = /order=(\w+)/.exec(owner.page);
  const [, amount] = /amount=(\d+)/.exec(owner.page);
  return { case: receipt.case, order, amount: Number(amount) };
}

async function signedIn(server, who) {
  const visitor = new Visitor(server.url);
  await visitor.get('/staff/sign-in');
  await visitor.send({ name: who.name, password: who.password });
  return visitor;
}

function move(visitor, server) {
  visitor.at = visitor.at.replace(visitor.base, server.url);
  visitor.base = server.url;
}

// Takes the fee of each; one that is paid already says so. `told`: case → place of its receipt.
async function take(visitor, cases, told, onTold) {
  for (const number of cases) {
    try {
      await visitor.get(`/staff/cashier?case=${number}`);
      if (/cashier\/take/.test(visitor.page)) {
        await visitor.send({}, { which: 'cashier/take', follow: false });
        if (visitor.status === 303) {
          told.set(number, visitor.headers.get('location').replace(/^https?:\/\/[^/]*/, ''));
          onTold();
        }
      }
    } catch {
      return; // the connection broke with the program
    }
  }
}

// The provider's word, twice at the same moment.
async function tell(server, provider, orders, told, onTold) {
  for (const one of orders) {
    const send = () => fetch(`${server.url}/api/v1/payments`, {
      method: 'POST', body: provider.word(one.order, { amount: one.amount }), headers: { 'content-type': 'application/json' },
    }).then(async (answer) => ({ status: answer.status, ...JSON.parse(await answer.text()) }));
    try {
      const answers = await Promise.all([send(), send()]);
      if (answers.some((a) => a.status === 200 && a.state === 'paid')) {
        told.set(one.case, answers);
        onTold();
      }
    } catch {
      return;
    }
  }
}

function work(server, { people, cases, orders, provider }, told, onTold = () => {}) {
  const jobs = people.flatMap((person, p) => person.map((visitor, w) => {
    const mine = cases.filter((_, i) => i % takers === p);
    // The second window goes through the same pile from its other end.
    return take(visitor, w === 0 ? mine : [...mine].reverse(), told.counter, onTold);
  }));
  return Promise.all([...jobs, tell(server, provider, orders, told.online, onTold)]);
}

// The receipts of a case as its page tells them.
async function receiptsOf(visitor, number) {
  await visitor.get(`/staff/cashier?case=${number}`);
  return [...visitor.page.matchAll(/<a href="([^"]*\/receipts\/\w+)">\s*(\d+[A-Z]-\d{5})/g)].map(([, where, text]) => ({ where, text }));
}

function gaps(texts) {
  const numbers = texts.map((t) => Number(t.slice(-5))).sort((x, y) => x - y);
  return numbers.filter((n, i) => i > 0 && n !== numbers[i - 1] + 1);
}

async function round(folder, number, all) {
  let server = await start(folder);
  const provider = new Provider({ secret, shop: '0001' });
  const officers = passwords(folder).filter((p) => p.name.endsWith('@district') && p.duties.includes('officer')).slice(0, takers);
  const people = [];
  for (const who of officers) {
    people.push([]);
    for (let i = 0; i < windows; i += 1) { people[people.length - 1].push(await signedIn(server, who)); }
  }
  const cases = [];
  for (let i = 0; i < atCounter; i += 1) { cases.push((await apply(server)).case); }
  const orders = [];
  for (let i = 0; i < online; i += 1) { orders.push(await begin(server, await apply(server))); }
  const pile = { people, cases, orders, provider };
  const before = { counter: new Map(), online: new Map() };
  const at = 4 + Math.floor(Math.random() * 24);
  let said = 0;
  await work(server, pile, before, () => { said += 1; if (said === at) { server.child.kill('SIGKILL'); } });
  server.child.kill('SIGKILL');
  await server.ended;
  tap.claim(said >= at, `round ${number}: killed on the way (${before.counter.size} receipts at the counter, ${before.online.size} online, asked at ${at})`);

  server = await start(folder);
  people.flat().forEach((visitor) => move(visitor, server));
  const after = { counter: new Map(), online: new Map() };
  await work(server, pile, after);
  const found = new Map();
  for (const one of [...cases, ...orders.map((o) => o.case)]) { found.set(one, await receiptsOf(people[0][0], one)); }
  const lost = [...before.counter].filter(([one, where]) => !found.get(one).some((r) => r.where.endsWith(where.split('?')[0])));
  tap.claim(lost.length === 0, `round ${number}: who was told has his receipt`, JSON.stringify(lost.slice(0, 5)));
  const odd = [...found].filter(([, receipts]) => receipts.length !== 1);
  tap.claim(odd.length === 0, `round ${number}: every case is paid once, however often it was tried`, JSON.stringify(odd.slice(0, 5)));
  const twiceNew = [...before.online, ...after.online].filter(([, answers]) => answers.filter((a) => a.new).length > 1);
  tap.claim(twiceNew.length === 0, `round ${number}: a word told twice at once is new once`, JSON.stringify(twiceNew));
  all.push(...[...found.values()].flat().map((r) => r.text));
  tap.claim(new Set(all).size === all.length, `round ${number}: no number twice (${all.length} receipts)`);
  const series = new Map();
  for (const text of all) {
    // Pads hold fifty; what one clerk took follows itself.
    const pad = text.includes('E-') ? 'program' : `pad ${Math.floor((Number(text.slice(-5)) - 1) / 50)}`;
    series.set(pad, [...(series.get(pad) ?? []), text]);
  }
  const missing = [...series].filter(([, texts]) => gaps(texts).length > 0);
  tap.claim(missing.length === 0, `round ${number}: no number is left out of ${series.size} pads`, JSON.stringify(missing));
  const ended = await stop(server);
  tap.claim(ended.code === 0, `round ${number}: stops in order`, JSON.stringify(ended) + server.log.slice(-1500));
  const check = run(['check', '--data', folder]);
  tap.claim(check.status === 0 && check.stdout.trim().endsWith('sound'), `round ${number}: bianmin check says sound`, check.stdout + check.stderr);
}

(async () => {
  const folder = demoFolder('receipts');
  // Nobody listens there: what the provider says comes by its word alone.
  settle(folder, { payment_provider: 'https://127.0.0.1:1/shop', payment_shop: "'0001'", payment_secret_file: secretFile(folder, 'pay', secret) });
  const all = [];
  for (let number = 1; number <= rounds; number += 1) {
    await round(folder, number, all);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'receipts survive a kill', error.stack); tap.done(); process.exit(1); });
