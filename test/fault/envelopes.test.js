// envelopes — SIGKILL while envelopes go from one agency to another: each whose sender was told
// that it is sent is at the receiver exactly once, none is there that was not sent, both chains
// hold its event, and `bianmin check` says sound. On both engines.
'use strict';

const tap = require('../lib/tap.js');
const { Visitor } = require('../lib/visitor.js');
const { run, demoFolder, start, stop, someoneWith } = require('../lib/server.js');

const senders = 4;
const each = 15;
const rounds = process.argv.includes('all') ? 6 : 2;

async function signedIn(server, office, duty) {
  const visitor = new Visitor(server.url);
  const who = someoneWith(server.folder, office, duty);
  await visitor.get('/staff/sign-in');
  await visitor.send({ name: who.name, password: who.password });
  return visitor;
}

// Sends one after the other; `told` are those whose answer came.
async function send(visitor, mark, told, onTold) {
  for (let i = 0; i < each; i += 1) {
    const subject = `${mark}-${i}`;
    try {
      await visitor.get('/staff/envelopes/new');
      await visitor.send({ to: 'household', kind: 'referral', subject, purpose: 'kill' },
        { which: 'envelopes/new', button: 'send', follow: false });
      if (visitor.status === 303) {
        told.push(subject);
        onTold();
      }
    } catch (error) {
      return; // the connection broke with the program
    }
  }
}

// All subjects with this mark in a box, page by page.
async function subjects(visitor, box, mark) {
  const found = [];
  await visitor.get(`/staff/envelopes?box=${box}`);
  for (let page = 0; page < 50; page += 1) {
    found.push(...[...visitor.page.matchAll(new RegExp(`>(${mark}-\\d+-\\d+)</a>`, 'g'))].map(([, s]) => s));
    const next = /<a href="([^"]*)" rel="next">/.exec(visitor.page);
    if (!next) { break; }
    await visitor.get(next[1].replace(/&amp;/g, '&'));
  }
  return found.sort();
}

async function round(folder, number) {
  const mark = `R${number}`;
  let server = await start(folder);
  const visitors = [];
  for (let i = 0; i < senders; i += 1) {
    visitors.push(await signedIn(server, 'district', 'coordinator'));
  }
  const told = [];
  const at = 5 + Math.floor(Math.random() * 40);
  await Promise.all(visitors.map((visitor, i) => send(visitor, `${mark}-${i}`, told, () => {
    // Some are brought by then, some are not: the job comes every two seconds.
    if (told.length === at) { setTimeout(() => server.child.kill('SIGKILL'), Math.random() * 2500); }
  })));
  await server.ended;
  tap.claim(told.length >= at, `round ${number}: killed on the way (${told.length} told)`);

  server = await start(folder);
  const sender = await signedIn(server, 'district', 'coordinator');
  const receiver = await signedIn(server, 'household', 'coordinator');
  const sent = await subjects(sender, 'out', mark);
  let come = [];
  for (let i = 0; i < 60 && come.length < sent.length; i += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    come = await subjects(receiver, 'in', mark);
  }
  tap.claim(told.every((s) => sent.includes(s)), `round ${number}: who was told has it in the box`,
    told.filter((s) => !sent.includes(s)).join(' '));
  tap.claim(JSON.stringify(come) === JSON.stringify(sent), `round ${number}: each came exactly once (${come.length} of ${sent.length})`,
    `${come.join(' ')}\n${sent.join(' ')}`);
  await stop(server);
  const check = run(['check', '--data', folder]);
  tap.claim(check.status === 0 && check.stdout.trim().endsWith('sound'), `round ${number}: bianmin check says sound`,
    check.stdout + check.stderr);
}

(async () => {
  const folder = demoFolder('envelopes');
  for (let number = 1; number <= rounds; number += 1) {
    await round(folder, number);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'envelopes survive a kill', error.stack); tap.done(); process.exit(1); });
