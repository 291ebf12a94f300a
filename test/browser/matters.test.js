// matters — one tap by keyboard with scripts off; a paper that goes round is read with one key; an
// envelope is written, looked at and sent. Each page by axe, at 320 px and with large text.
'use strict';

const assert = require('node:assert/strict');
const tap = require('../lib/tap.js');
const { demoFolder, start, stop, today, passwords } = require('../lib/server.js');
const { launch, looks, context, axe, layout } = require('./lib.js');

const desktop = { ...looks.en, lang: 'zh', colorScheme: 'light' };
const picture = process.env.PICTURES;
let server;
let browser;

async function good(tab, name) {
  const size = tab.viewportSize();
  const found = await axe(tab).catch(() => []); // scripts are off
  if (picture) { await tab.screenshot({ path: `${picture}/${name}.png`, fullPage: true }); }
  await tab.setViewportSize({ width: 320, height: 800 });
  found.push(...(await layout(tab)).map((c) => `at 320: ${c}`));
  if (picture) { await tab.screenshot({ path: `${picture}/${name}-320.png`, fullPage: true }); }
  await tab.setViewportSize(size);
  assert.deepEqual(found, [], tab.url());
}

async function push(tab, what) {
  await tab.locator(what).focus();
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
}

async function applied(service, office) {
  const where = `${server.url}/api/v1/${office}/services/${service}`;
  const { example } = await (await fetch(where)).json();
  const answer = await fetch(`${where}/cases`, {
    method: 'POST', body: JSON.stringify(example),
    headers: { 'content-type': 'application/json', 'idempotency-key': `matters-${Date.now()}` },
  });
  return answer.json();
}

async function signedIn(name, more = {}) {
  const tab = await (await context(browser, desktop, more)).newPage();
  const person = passwords(server.folder).find((p) => p.name === name)
    || passwords(server.folder).find((p) => p.name.endsWith('@district') && p.duties.includes(name));
  await tab.goto(`${server.url}/staff/sign-in`);
  await tab.fill('input[name=name]', person.name);
  await tab.fill('input[name=password]', person.password);
  await push(tab, 'main button');
  return tab;
}

// Tab to the face, Enter: nothing else is needed, and no script runs.
async function aFace() {
  const receipt = await applied('zoning', 'district');
  const tab = await (await context(browser, looks.zh, { javaScriptEnabled: false })).newPage();
  await tab.goto(`${server.url}/district/status`);
  await tab.fill('input[name=number]', receipt.case);
  await tab.fill('input[name=code]', receipt.code);
  await push(tab, 'main .btns button');
  await tab.locator('#f-word').focus();
  await tab.keyboard.type('等太久');
  for (let i = 0; i < 5; i += 1) { await tab.keyboard.press('Tab'); }
  assert.equal(await tab.locator(':focus').innerText(), '非常不滿意');
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
  assert.match(await tab.innerText('#feeling'), /您選的是「非常不滿意」/);
  assert.equal(await tab.locator('.faces [aria-pressed=true]').innerText(), '非常不滿意');
  if (picture) { await tab.screenshot({ path: `${picture}/face.png`, fullPage: true }); }
  const chief = await signedIn('head');
  await chief.goto(`${server.url}/staff/feelings`);
  assert.match(await chief.innerText('main'), new RegExp(receipt.case));
  await good(chief, 'feelings');
  await chief.locator('.found button').first().click();
  assert.match(await chief.innerText('main'), /等太久/);
  await chief.goto(`${server.url}/staff/head`);
  await good(chief, 'head');
}

async function aPaper() {
  const officer = await signedIn('clerk3@district');
  await officer.goto(`${server.url}/staff/circulation/new`);
  await good(officer, 'circulation-form');
  await officer.fill('input[name=title]', '戶籍法修正重點');
  await officer.fill('textarea[name=text]', '第十五條自下月起適用。');
  for (const box of await officer.locator('input[name=unit]').all()) { await box.check({ force: true }); }
  await push(officer, 'main form[enctype] button');
  await good(officer, 'circulation-one');
  const reader = await signedIn('head');
  await reader.goto(`${server.url}/staff/circulation`);
  assert.match(await reader.innerText('.nav'), /傳閱\s*待辦：\s*1/);
  await good(reader, 'circulation-lists');
  await push(reader, 'main tbody a');
  await Promise.all([reader.waitForNavigation(), reader.keyboard.press('r')]);
  assert.match(await reader.innerText('main'), /您已於/);
}

async function anEnvelope() {
  const officer = await signedIn('clerk3@district');
  await officer.goto(`${server.url}/staff/envelopes/new?kind=query`);
  await good(officer, 'envelope-form');
  await officer.selectOption('select[name=to]', 'household');
  await officer.fill('input[name=subject]', '三月份名單');
  await officer.fill('input[name=purpose]', '審核');
  await officer.fill('input[name=law]', '社會救助法第 4 條');
  await officer.fill('textarea[name=persons]', '林小青,A123456789\n王大明,B223456785');
  await push(officer, 'button[value=preview]');
  await good(officer, 'envelope-preview');
  await push(officer, 'button[value=send]');
  await good(officer, 'envelope-out');
  const other = await signedIn(passwords(server.folder).find((p) => p.name.endsWith('@household') && p.duties.includes('officer')).name);
  for (let i = 0; i < 40; i += 1) {
    await other.goto(`${server.url}/staff/envelopes`);
    if (/三月份名單/.test(await other.innerText('main'))) { break; }
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
  await good(other, 'envelopes');
  await push(other, 'main tbody a');
  await push(other, 'form.show button');
  await push(other, '.acts form button');
  await good(other, 'envelope-in');
  await other.goto(`${server.url}/household/key`);
  await good(other, 'key');
  const coordinator = await signedIn('coordinator');
  await coordinator.goto(`${server.url}/staff/envelopes/partners`);
  await good(coordinator, 'partners');
  await coordinator.goto(`${server.url}/staff/review?day=2026-02-24`);
  await good(coordinator, 'review');
}

const rows = [
  ['a face by keyboard, scripts off', aFace],
  ['a paper goes round and is read with one key', aPaper],
  ['an envelope is written, looked at and sent', anEnvelope],
];

(async () => {
  server = await start(demoFolder('matters'), { clock: `${today}T10:00` });
  browser = await launch();
  try {
    for (const [name, body] of rows) {
      await tap.test(name, body);
    }
  } finally {
    await browser.close();
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'matters are walked', error.stack); tap.done(); process.exit(1); });
