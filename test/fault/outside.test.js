// outside — whoever the courier goes to is away, slow, somebody else, or talks nonsense: the
// gateway of registers, the payment provider, the alert feed. The clerk reads a plain sentence
// and goes on by paper; nothing is lost, nothing is booked twice, and once they are well again
// all goes on by itself. With `all` every way of being wrong, else some of each; on the second
// engine then only what writes at the same time. On both engines.
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { run: command, scratch, demoFolder, cluster, start, stop, today } = require('../lib/server.js');
const { Certificates } = require('../lib/certificates.js');
const { Gateway, Provider, Feed } = require('../lib/outside.js');
const { Story, walk } = require('../story/story.js');
const { settle, secretFile } = require('./settings.js');

// Some parts alone: node test/fault/outside.test.js alerts
const whole = process.argv.includes('all');
const wanted = process.argv.slice(2).filter((name) => name !== 'all');
const some = (list, ...at) => (whole ? list : list.filter((_, i) => at.includes(i)));
const random = () => crypto.randomBytes(20).toString('hex');
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

async function until(done, ms) {
  const ends = Date.now() + ms;
  while (!done() && Date.now() < ends) { await pause(100); }
  return done();
}

class World {
  async open() {
    this.certificates = new Certificates(scratch('outside')).usual();
    const well = this.certificates.chain('good', 'between');
    this.gateway = await new Gateway({ chain: well, secret: random() }).open();
    this.provider = await new Provider({ chain: well, secret: random() }).open();
    this.feed = await new Feed({ chain: well }).open();
    this.others = [this.gateway, this.provider, this.feed];
    this.folder = demoFolder('outside');
    settle(this.folder, {
      register_gateway: `${this.gateway.url}/v1`, register_secret_file: secretFile(this.folder, 'gateway', this.gateway.secret),
      payment_provider: `${this.provider.url}/shop`, payment_shop: "'0001'", payment_secret_file: secretFile(this.folder, 'pay', this.provider.secret),
      payment_account_prefix: "'95001'", alert_feed: `${this.feed.url}/feed`, alert_seconds: 60, courier_ca_file: this.certificates.at('root.crt'),
    });
    this.ahead = 0;
    this.server = await start(this.folder, { clock: `${today}T10:00` });
    this.story = new Story(this.server, (ms) => this.clock(ms));
    return this;
  }

  async clock(ms) {
    this.ahead += ms;
    fs.writeFileSync(path.join(path.dirname(this.folder), 'clock'), new Date(Date.parse(`${today}T10:00:00Z`) + this.ahead).toISOString().slice(0, 16));
    await pause(1200);
  }

  // How often the courier has not believed a certificate.
  untrusted() { return (this.server.log.match(/certificate/g) ?? []).length; }

  // A piece of a story; one claim when it came to its end.
  async tell(name, text) {
    let broken = false;
    await walk(text, this.story, (ok, what, why) => { broken = true; tap.claim(ok, `${name}: ${what}`, why); });
    if (!broken) { tap.claim(true, name); }
    return !broken;
  }

  // The page shows `text` within half a minute.
  async shows(name, where, ...texts) {
    const { person } = this.story;
    let missing = texts;
    for (let i = 0; i < 60 && missing.length > 0; i += 1) {
      await person.get(where);
      missing = texts.filter((text) => !person.page.includes(text));
      if (missing.length > 0) { await pause(500); }
    }
    return tap.claim(missing.length === 0, name, `without ${missing}: ${person.page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 1500)}`);
  }

}

/* ---- look-ups ---- */

// How the gateway is wrong, and what the clerk reads.
const wrongs = [
  ['garbage', '沒有介接平台的有效簽章', 'a page of a portal in place of an answer'],
  ['unsigned', '沒有介接平台的有效簽章', 'an answer that somebody else signed'],
  ['replayed', '無法判讀', 'an answer to another question'],
  ['error', '拒絕回應', 'an error'],
  ['redirect', '拒絕回應', 'a redirect'],
  ['cut', '連不上', 'an answer that breaks off'],
  ['huge', '無法判讀', 'an answer without an end'],
  ['slow', '逾時未回應', 'no answer in time'],
];

const lookUp = `
as the officer
  open case {case}
  send 接辦這件案件 in act/take
  open {page}
  fill purpose = instead
  send 送出查驗 in lookups/cases
  status 200
`;

async function ask(world) {
  await world.tell('a register is asked on a new case', `as a citizen\n  applied for zoning at district${lookUp}`);
  return { number: world.story.kept.case, page: world.story.kept.page };
}

async function gatewayIsWrong(world) {
  const modes = new Map();
  const asked = [];
  world.gateway.by = (question) => modes.get(question.case);
  for (const [mode, sentence, what] of some(wrongs, 0, 2, 5, 7)) {
    world.gateway.mode = mode;
    const one = await ask(world);
    modes.set(one.number, mode);
    asked.push({ ...one, mode, sentence, what });
  }
  for (const one of asked) {
    await world.shows(`${one.what}: the clerk reads why, when it is asked again, and that the paper will do`, one.page,
      one.sentence, '案件可先憑書證續辦');
  }
  // One stays wrong to the end; the others are well again.
  const [worst, ...rest] = asked;
  rest.forEach((one) => modes.set(one.number, undefined));
  world.gateway.mode = 'good';
  for (const leap of [11e3, 61e3, 301e3, 901e3]) {
    const before = world.gateway.asked.length;
    await world.clock(Math.ceil(leap / 60e3) * 60e3);
    await until(() => world.gateway.asked.length > before, 15000);
  }
  for (const one of rest) {
    await world.shows(`${one.what}: well again, the answer comes by itself`, one.page, 'LAND-7');
  }
  await world.shows('asked five times in vain, the clerk is told to take the paper', worst.page, '請改向申請人索取書證');
  world.story.kept.page = worst.page;
  await world.tell('and writes down what a colleague saw', `
as the officer
  open {page}
  fill purpose = instead
  fill reference = L-1
  fill day = 115.3.2
  fill seen = 住宅區
  send 記錄結果 in lookups/cases
  status 200
  see L-1`);
  const often = world.gateway.asked.filter((q) => JSON.parse(q.body).case === worst.number).length;
  tap.claim(often === 5, `it was asked five times and no more (${often})`);
}

async function gatewayIsSomebodyElse(world) {
  const chains = [['expired', ['expired', 'between']], ['of an authority that nobody named', ['foreign']],
    ['for another name', ['other', 'between']], ['with its middle missing', ['good']]];
  for (const [what, chain] of some(chains, 0, 2)) {
    const before = world.gateway.asked.length;
    world.gateway.show(world.certificates.chain(...chain));
    const one = await ask(world);
    await world.shows(`a certificate ${what}: the clerk reads that the register is not who it says`, one.page, '憑證無法驗證', '案件可先憑書證續辦');
    tap.claim(world.gateway.asked.length === before, `a certificate ${what}: nothing about anybody was sent`, JSON.stringify(world.gateway.asked.slice(before)));
    world.gateway.show(world.certificates.chain('good', 'between'));
    await world.clock(60e3);
    await world.shows(`a certificate ${what}: renewed there, the answer comes`, one.page, 'LAND-7');
  }
  await world.gateway.close();
  const one = await ask(world);
  await world.shows('nobody there: the clerk reads it', one.page, '連不上');
  await world.gateway.open(world.gateway.port);
  await world.clock(60e3);
  await world.shows('back again, the answer comes', one.page, 'LAND-7');
}

// What comes back is text, whatever it looks like.
async function answersAreText(world) {
  world.gateway.mode = 'markup';
  const one = await ask(world);
  await world.shows('an answer with markup comes', one.page, 'LAND-7');
  await world.tell('an answer with markup is shown as text', `
as the officer
  open ${one.page}
  send 顯示個資 in /show
  see &lt;script&gt;alert(1)
  not <script>alert(1)`);
  world.gateway.mode = 'nothing';
  const other = await ask(world);
  await world.shows('nothing is registered: that too is an answer', other.page, '查無');
  world.gateway.mode = 'good';
}

/* ---- payments ---- */

async function begin(world) {
  await world.tell('somebody goes to the provider to pay', `
as an owner
  lose all cookies
  applied for zoning at district
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  fill way = online
  send 線上繳費 in /pay/
  see 等待繳費結果
  keep order = /order=(\\w+)/
  keep amount = /amount=(\\d+)/`);
  const { order, amount } = world.story.kept;
  return { order, amount: Number(amount), number: world.story.kept.case, page: new URL(world.story.person.at).pathname,
    jar: new Map(world.story.person.jar) };
}

async function word(world, body) {
  const answer = await fetch(`${world.server.url}/api/v1/payments`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const text = await answer.text();
  try { return { status: answer.status, ...JSON.parse(text) }; } catch { return { status: answer.status, text }; }
}

const receiptsOf = async (world, number) => {
  await world.tell(`the receipts of ${number}`, `as the officer\n  lose all cookies\n  sign in as clerk3@district\n  open /staff/cashier?case=${number}`);
  return [...world.story.person.page.matchAll(/(\d+E-\d{5})/g)].map(([, text]) => text);
};

async function callbacks(world) {
  const one = await begin(world);
  const said = (more) => world.provider.word(one.order, { amount: one.amount, ...more });
  const refused = [
    ['signed by nobody', said({}).replace(/"sign":"[^"]*"/, '"sign":""'), 403],
    ['signed with another secret', said({ secret: 'somebody else altogether' }), 403],
    ['whose sum was changed on the way', said({}).replace(`"amount":${one.amount}`, '"amount":1'), 403],
    ['whose state was changed on the way', said({ state: 'failed' }).replace('"state":"failed"', '"state":"paid"'), 403],
    ['for another shop', said({ shop: '0002' }), 422],
    ['for another office', said({ office: 'household' }), 404],
    ['for an office that is not there', said({ office: 'nowhere' }), 404],
    ['for an order nobody made', world.provider.word('0000000000001', { amount: 1 }), 404],
    ['with a negative sum', said({ amount: -5 }), 422],
    ['with half a dollar', said({}).replace(`"amount":${one.amount}`, '"amount":0.5'), 422],
    ['that is no JSON', '<paid/>', 400],
    ['that is a list', '[]', 422],
    ['that is empty', '', 400],
  ];
  for (const [what, body, want] of refused) {
    const answer = await word(world, body);
    tap.claim(answer.status === want || (want === 400 && answer.status === 422), `a word ${what} is refused`, JSON.stringify(answer));
  }
  tap.claim((await receiptsOf(world, one.number)).length === 0, 'and none of them brought a receipt');

  const answers = await Promise.all(Array.from({ length: 12 }, () => word(world, said({}))));
  tap.claim(answers.every((a) => a.status === 200 && a.state === 'paid') && answers.filter((a) => a.new).length === 1,
    'the true word twelve times at once: paid, and new once', JSON.stringify(answers));
  const later = await word(world, said({ state: 'failed' }));
  tap.claim(later.state === 'paid' && !later.new, 'what was paid stays paid, whatever is said later', JSON.stringify(later));
  const receipts = await receiptsOf(world, one.number);
  tap.claim(receipts.length === 1, 'there is one receipt', receipts.join(' '));

  const other = await begin(world);
  const wrong = await word(world, world.provider.word(other.order, { amount: other.amount + 1 }));
  tap.claim(wrong.state === 'wrong' && wrong.new, 'another sum is kept as what it is, not as a payment', JSON.stringify(wrong));
  tap.claim((await receiptsOf(world, other.number)).length === 0, 'and brings no receipt');
  await world.tell('the payer reads that another sum came', `as an owner\n  open ${other.page}\n  see 金額不符`);
}

const payWrongs = ['garbage', 'error', 'forged', 'of another', 'cut'];

// The callback was lost and the provider cannot be asked: nothing is booked, nothing given up.
async function providerIsWrong(world) {
  const orders = [];
  for (let i = 0; i < 2; i += 1) { orders.push(await begin(world)); }
  orders.forEach((one) => world.provider.orders.set(one.order, { state: 'paid', amount: one.amount, reference: `R-${one.order}` }));
  for (const mode of some(payWrongs, 0, 2)) {
    world.provider.mode = mode;
    const before = world.provider.asked.length;
    await world.clock(60 * 60e3);
    await until(() => world.provider.asked.length >= before + orders.length, 40000);
    tap.claim(world.provider.asked.length >= before + orders.length, `the provider answers with ${mode}: both are asked about, neither holds up the other`,
      `${before} ${world.provider.asked.length}`);
  }
  const [untrusted, heard] = [world.untrusted(), world.provider.asked.length];
  world.provider.show(world.certificates.chain('expired', 'between'));
  await world.clock(60 * 60e3);
  await until(() => world.untrusted() > untrusted, 40000);
  tap.claim(world.untrusted() > untrusted && world.provider.asked.length === heard, 'with an expired certificate nothing is said to it', world.server.log.slice(-2500));
  for (const one of orders) {
    tap.claim((await receiptsOf(world, one.number)).length === 0, `nothing is booked on ${one.number} on such a word`);
  }
  world.provider.show(world.certificates.chain('good', 'between'));
  world.provider.mode = 'good';
  const before = world.provider.asked.length;
  await world.clock(60 * 60e3);
  await until(() => world.provider.asked.length >= before + orders.length, 40000);
  for (const one of orders) {
    await pause(500);
    const receipts = await receiptsOf(world, one.number);
    tap.claim(receipts.length === 1, `well again, hours after its time, the payment of ${one.number} is booked once`, receipts.join(' ') + world.server.log.slice(-2500));
  }
}

/* ---- alerts ---- */

const alert = (id, summary, more) => ({
  id, updated: `${today}T18:00:00+08:00`, expires: '2026-03-09T00:00:00+08:00', status: 'Actual', msgType: 'Alert', summary, ...more,
});
const tomorrow = '[停班停課通知]雲川市青埔區:明天停止上班、停止上課。';

// The feed is asked again; true when it was.
async function asked(world) {
  const before = world.feed.asked.length;
  await world.clock(120e3);
  return until(() => world.feed.asked.length > before, 40000);
}

async function alerts(world) {
  await world.tell('the coordinator signs in', 'as the coordinator\n  sign in coordinator at district');
  const rows = () => (world.story.person.page.match(/示警通知/g) ?? []).length;
  for (const mode of some(['garbage', 'entities', 'error', 'cut', 'huge'], 1)) {
    world.feed.mode = mode;
    world.feed.entries = [alert(`bad-${mode}`, tomorrow)];
    await asked(world);
  }
  await world.tell('a feed that is none proposes nothing', 'as the coordinator\n  open /staff/calendar\n  not 示警通知');
  world.feed.mode = 'good';
  world.feed.show(world.certificates.chain('foreign'));
  const untrusted = world.untrusted();
  await world.clock(120e3);
  tap.claim(await until(() => world.untrusted() > untrusted, 40000), 'a feed with a foreign certificate is not read', world.server.log.slice(-1500));
  await world.tell('nor one that is not who it says', 'as the coordinator\n  open /staff/calendar\n  not 示警通知');
  world.feed.show(world.certificates.chain('good', 'between'));
  world.feed.entries = [alert('one', tomorrow), alert('one', tomorrow), alert('test', tomorrow, { status: 'Exercise' }),
    alert('far', '[停班停課通知]臺東縣:明天停止上班、停止上課。'), alert('school', '[停班停課通知]雲川市青埔區:明天照常上班、停止上課。')];
  await asked(world);
  await world.shows('an alert for this district waits for a key', '/staff/calendar', '等您確認', '示警通知');
  await asked(world);
  await pause(1000);
  await world.story.person.get('/staff/calendar');
  tap.claim(rows() === 1, 'told again and again it is there once', `${rows()}`);
  world.feed.entries.push(alert('two', tomorrow, { msgType: 'Cancel' }));
  await asked(world);
  await world.shows('taken back before anybody confirmed it, it is withdrawn', '/staff/calendar', '已撤回');

  world.feed.entries = [alert('three', '[停班停課通知]雲川市青埔區:後天停止上班、停止上課。')];
  await asked(world);
  await world.shows('another alert waits', '/staff/calendar', '等您確認');
  await world.tell('it is confirmed', 'as the coordinator\n  open /staff/calendar\n  follow 看哪些會變\n  send 這一天停止上班 in closures\n  see 停止上班已生效');
  world.feed.entries.push(alert('four', '[停班停課通知]雲川市青埔區:後天停止上班、停止上課。', { msgType: 'Cancel' }));
  await asked(world);
  await world.shows('taken back after that, it holds on and waits for a person', '/staff/calendar', '示警已解除，請確認');
  await world.tell('who looks, and withdraws it', `
as the coordinator
  open /staff/calendar
  follow 示警已解除，請確認
  see 示警系統已解除這筆停止上班
  send 撤回這筆停止上班 in closures
  see 停止上班已撤回`);
}

const parts = { answers: answersAreText, gateway: gatewayIsWrong, certificates: gatewayIsSomebodyElse, callbacks, alerts, provider: providerIsWrong };

(async () => {
  const world = await new World().open();
  await world.tell('the officer signs in', 'as the officer\n  sign in as clerk3@district');
  for (const [part, run] of Object.entries(parts)) {
    const usual = whole || !cluster || ['answers', 'callbacks'].includes(part);
    if (wanted.length === 0 ? usual : wanted.includes(part)) { await run(world); }
  }
  const ended = await stop(world.server);
  tap.claim(ended.code === 0, 'it stops in order', JSON.stringify(ended) + world.server.log.slice(-1500));
  const check = command(['check', '--data', world.folder]);
  tap.claim(check.status === 0 && check.stdout.trim().endsWith('sound'), 'bianmin check says sound', check.stdout + check.stderr);
  for (const other of world.others) { await other.close(); }
  tap.done();
})().catch((error) => { tap.claim(false, 'those outside are tried', error.stack); tap.done(); process.exit(1); });
