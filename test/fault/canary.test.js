// canary — a piece of markup with quotes of SQL in every field, file name, query, cookie and
// header that people outside can write, and in what staff write; then every page is walked, as
// visitor and as staff, values opened too. It must stand nowhere as markup, and nothing breaks.
'use strict';

const crypto = require('node:crypto');
const tap = require('../lib/tap.js');
const { Visitor } = require('../lib/visitor.js');
const { demoFolder, start, stop, passwords, run } = require('../lib/server.js');
const { crawl } = require('../browser/crawl.js');

const canary = `"><img src=x onerror=zq>';--`;
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const found = [];
let seen = 0;
let shown = 0;

// Looks at every answer of the test, whoever asked.
Visitor.everyPage = (visitor, method) => {
  seen += 1;
  const kind = visitor.headers.get('content-type') || '';
  // A file is offered under its own name, quoted: that is no markup.
  const heads = [...visitor.headers].filter(([, value]) => !/^attachment; filename="[^"]*"; filename\*=[^;]*$/.test(value))
    .map(([name, value]) => `${name}: ${value}`).join('\n');
  if (/html|svg/.test(kind) && /<img src=x/i.test(visitor.page)) {
    const at = visitor.page.indexOf('<img src=x');
    found.push(`${method} ${visitor.at}: ${visitor.page.slice(Math.max(0, at - 120), at + 40)}`);
  }
  if (visitor.status >= 500) {
    found.push(`${method} ${visitor.at}: ${visitor.status}`);
  }
  if (/<img src=x/i.test(heads)) {
    found.push(`${method} ${visitor.at}: in a header: ${heads}`);
  }
  shown += /&lt;img src=x/.test(visitor.page) ? 1 : 0;
};

async function signedIn(server, name) {
  const person = passwords(server.folder).find((p) => p.name === name);
  const visitor = new Visitor(server.url);
  await visitor.get('/staff/sign-in');
  await visitor.send({ name: person.name, password: person.password });
  return visitor.is(200);
}

// Every form field of a page gets the canary, whatever it asks for; then the next form.
async function stuff(visitor, address) {
  await visitor.get(address);
  if (visitor.status !== 200) { return; }
  // Some ask first whether one may apply at all.
  const may = [...visitor.page.matchAll(/name="([^"]+)" value="yes"/g)].map((m) => m[1]);
  if (!visitor.page.includes('name="asked"') && may.length > 0) {
    await visitor.send(Object.fromEntries(may.map((name) => [name, canary])), { which: address });
    await visitor.send(Object.fromEntries(may.map((name) => [name, 'yes'])), { which: address });
  }
  if (!visitor.page.includes('name="asked"')) { return; } // closed at this time of the year
  const form = visitor.form('asked');
  const names = new Set([...form.text.matchAll(/<(?:input|textarea|select)\b[^>]*\sname="([^"]+)"/g)].map((m) => m[1]));
  const values = Object.fromEntries([...names].filter((n) => !['asked', ...form.files].includes(n)).map((n) => [n, canary]));
  const files = Object.fromEntries(form.files.map((n) => [n, { bytes: png, name: `${canary}.png`, type: canary.slice(2) }]));
  await visitor.send(values, { which: 'asked', files });
}

// A real case whose free answers are canaries; by the API, which takes them as they are.
// What a field is too short for keeps its example.
async function applied(server, office, key) {
  const where = `${server.url}/api/v1/${office}/services/${key}`;
  const { example, questions } = await (await fetch(where)).json();
  const answers = structuredClone(example.answers);
  for (const question of questions.filter((q) => q.key in answers)) {
    if (['text', 'paragraph'].includes(question.type)) {
      answers[question.key] = canary;
    }
    if (question.type === 'address') {
      answers[question.key].street = canary;
    }
  }
  const send = () => fetch(`${where}/cases`, {
    method: 'POST', body: JSON.stringify({ ...example, answers }),
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  });
  let answer = await send();
  let receipt = await answer.json();
  if (answer.status === 422) {
    for (const { question } of receipt.errors) {
      answers[question.split('.')[0]] = example.answers[question.split('.')[0]];
    }
    answer = await send();
    receipt = await answer.json();
  }
  if (answer.status !== 201) {
    tap.claim(false, `${office} ${key} takes the canary`, JSON.stringify(receipt));
  }
  return { office, key, ...receipt };
}

async function outside(server, services) {
  const cases = [];
  const visitor = new Visitor(server.url);
  const encoded = encodeURIComponent(canary);
  for (const lang of ['', '/en', '/ja']) {
    for (const address of ['/', '/district', '/district/services', '/district/search', '/district/status', '/staff/sign-in', '/nothing', '/district/services/zoning']) {
      for (const name of ['q', 'case', 'back', 'lang', 'more', encoded]) {
        await visitor.ask('GET', `${lang}${address}?${name}=${encoded}`);
      }
      await visitor.ask('GET', `${lang}${address === '/' ? '' : address}/${encoded}`);
    }
  }
  for (const name of ['user-agent', 'referer', 'accept-language', 'x-request-id', 'x-forwarded-for', 'x-forwarded-host', 'accept', 'if-none-match', 'cookie']) {
    await visitor.ask('GET', '/district/nothing', { headers: { [name]: name === 'cookie' ? `look=${encoded}; session=${encoded}` : canary } });
    await visitor.ask('GET', '/district/services', { headers: { [name]: canary } });
  }
  for (const [office, key] of services) {
    const steps = new Visitor(server.url);
    await stuff(steps, `/${office}/apply/${key}`);
    await stuff(steps, `/en/${office}/apply/${key}`);
    if ((await (await fetch(`${server.url}/${office}/services/${key}`)).text()).includes(`/${office}/apply/${key}"`)) {
      cases.push(await applied(server, office, key));
    }
  }
  tap.claim(cases.length > services.length / 3, 'many services take the canary', `${cases.length} of ${services.length}`);
  await visitor.get('/district/status');
  await visitor.send({ number: canary, code: canary }, { which: 'status' });
  await visitor.get('/staff/sign-in');
  await visitor.send({ name: canary, password: canary }, { which: 'sign-in' });
  for (const one of cases) {
    await visitor.get(`/${one.office}/status`);
    await visitor.send({ number: one.case, code: one.code }, { which: 'status' });
    visitor.is(200);
  }
  return cases;
}

// A file whose name is the canary, through the form to the case.
async function withFile(server) {
  const visitor = new Visitor(server.url);
  const send = (values, files) => visitor.send(values, { which: 'asked', files });
  await visitor.get('/district/apply/zoning');
  await send({ applicant_kind: 'person', name: canary, mobile: '0912345678' });
  await send({ applicant_kind: 'person', national_id: 'A123456789' });
  await send({ section: canary, parcel_main: '1', parcels: '1' }, { map: { bytes: png, name: `${canary}.png`, type: 'image/png' } });
  await send({ purpose: 'other', copies: '1', pickup: 'counter', agree: 'yes' });
  if (/name="purpose_other"/.test(visitor.page)) {
    await send({ purpose: 'other', purpose_other: canary, agree: 'yes' });
  }
  await visitor.send({}, { which: 'apply/zoning/check' });
  return { office: 'district', case: /DA-\d{3}-\d{6}-\d/.exec(visitor.see('收件回執').page)[0] };
}

async function act(officer, which, values) {
  if (officer.page.includes(`/act/${which}`)) {
    await officer.send(values, { which: `act/${which}` });
  }
}

// Who of them has it on his list: it was given to one of them when it came, or to nobody yet.
async function holder(server, names, number) {
  for (const name of names) {
    const officer = await signedIn(server, name);
    for (const list of ['mine', 'new']) {
      await officer.get(`/staff/worklist?list=${list}&number=${number}`);
      if (/href="\/staff\/cases\/[0-9A-Z]{13}"/.test(officer.page)) { return officer; }
    }
  }
  throw new Error(`nobody of ${names} has ${number}`);
}

async function staffReads(server, names, number) {
  const officer = await holder(server, names, number);
  if (officer.page.includes('worklist/show')) {
    await officer.send({}, { which: 'worklist/show' });
  }
  const link = [...officer.page.matchAll(/href="(\/staff\/cases\/[0-9A-Z]{13})"/g)].map((m) => m[1])[0];
  await officer.get(link);
  await act(officer, 'take', {});
  await act(officer, 'note', { note: canary });
  await act(officer, 'send_back', { wanted: canary, send_back_wanted: 'paper:form' });
  await act(officer, 'resume', { came: canary });
  await officer.get(link);
  if (officer.page.includes(`${link}/show`)) {
    await officer.send({ reason: '' }, { which: '/show' });
  }
  const files = [...officer.page.matchAll(/href="([^"]*\/files\/[^"]*)"/g)].map((m) => m[1].replace(/&amp;/g, '&'));
  for (const file of files) {
    await officer.ask('GET', file);
  }
  await officer.get(link);
  await act(officer, 'propose', { outcome: 'refuse', proposal: canary, facts: canary, reasons: canary });
  await crawl(officer, ['/staff', link, `/en${link}`, `/ja${link}`], { inside: (url) => url.pathname.includes('/staff'), most: 2 });
  return files.length;
}

async function administrator(server) {
  const admin = await signedIn(server, 'admin@district');
  await admin.get('/staff/settings/people/new');
  await admin.send({ name: canary, title: canary, sign_name: canary, telephone: canary, duty: 'officer' }, { which: 'people/new' });
  await admin.get('/staff/settings/office');
  const profile = Object.fromEntries(admin.form('settings/office').fields.filter(([n]) => /hours|address/.test(n)).map(([n]) => [n, canary]));
  await admin.send(profile, { which: 'settings/office' });
  await admin.get('/staff/settings/definitions/load');
  await admin.send({ source: `format: 1\nkind: service\nkey: ${canary}\nname: { zh: '${canary.replace(/'/g, '')}' }\n` }, { which: 'definitions/load' });
  await crawl(admin, ['/staff', '/staff/settings', '/en/staff/settings'], { inside: (url) => url.pathname.includes('/staff'), most: 2 });
}

(async () => {
  const server = await start(demoFolder('canary'));
  const services = [];
  for (const office of ['district', 'household', 'health', 'cityhall']) {
    const list = await (await fetch(`${server.url}/api/v1/${office}/services`)).json();
    services.push(...list.services.map((s) => [office, s.key]));
  }
  const cases = await outside(server, services);
  const file = await withFile(server);
  const opened = await staffReads(server, ['clerk3@district', 'clerk4@district'], file.case);
  tap.claim(opened > 0, 'the file with the name was opened');
  await staffReads(server, ['clerk@district', 'clerk2@district', 'village@district'], cases.find((c) => c.key === 'mediation').case);
  await staffReads(server, ['clerk3@household', 'clerk4@household', 'village@household'], cases.find((c) => c.key === 'english').case);
  await administrator(server);
  for (const home of ['/', '/en', '/ja']) {
    await crawl(new Visitor(server.url), [home], { most: 1 });
  }
  tap.claim(found.length === 0, `in ${seen} answers no canary is markup, and none is a 500`, [...new Set(found)].join('\n'));
  tap.claim(shown > 20, `${shown} pages show it as text`);
  tap.claim((await stop(server)).code === 0, 'stops in order', server.log.slice(-1500));
  const check = run(['check', '--data', server.folder]);
  tap.claim(check.status === 0, 'bianmin check says sound', check.stdout);
  tap.done();
})().catch((error) => { tap.claim(false, 'the canary is carried through', error.stack); tap.done(); process.exit(1); });
