// paths — what people do, in a real browser: apply with mistakes, by keyboard alone, without
// scripts, on a phone and with large text; sign in, propose, return, decide, hand over, follow.
'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { root, demoFolder, start, stop, today, passwords } = require('../lib/server.js');
const { launch, looks, context, axe, layout } = require('./lib.js');

const place = path.join(root, 'test', 'corpus', 'picture', 'place.jpg');
const phone = { ...looks.zh };
const desktop = { ...looks.en, lang: 'zh', colorScheme: 'light' };
let server;
let browser;

// What every page on the way must be: no axe complaint, nothing sideways at 320 px, nor with
// text twice as large at 640.
async function good(tab, { withAxe = true } = {}) {
  const size = tab.viewportSize();
  const found = withAxe ? await axe(tab) : [];
  await tab.setViewportSize({ width: 320, height: 800 });
  found.push(...(await layout(tab)).map((c) => `at 320: ${c}`));
  await tab.setViewportSize({ width: 640, height: 900 });
  await tab.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  found.push(...(await layout(tab)).map((c) => `200 %: ${c}`));
  await tab.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await tab.setViewportSize(size);
  assert.deepEqual(found, [], tab.url());
}

const focused = (tab) => tab.evaluate(() => {
  const e = document.activeElement;
  return `${e.tagName}.${e.className}#${e.id}`;
});

// By key: a click waits for frames, which do not come where scripts are off.
async function push(tab, what) {
  await tab.locator(what).focus();
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
}

const next = (tab) => push(tab, 'form[enctype] .btns button');
const choose = (tab, what) => tab.locator(what).check({ force: true });

async function stepOne(tab) {
  await choose(tab, 'input[name=applicant_kind][value=person]');
  await tab.fill('input[name=name]', '林小青');
  await tab.fill('input[name=mobile]', '0912-345-678');
  await next(tab);
  await tab.fill('input[name=national_id]', 'A123456789');
  await next(tab);
}

async function stepTwo(tab) {
  await tab.fill('input[name=section]', '青埔段');
  await tab.fill('input[name=parcel_main]', '123');
  await tab.fill('input[name=parcels]', '1');
}

async function stepThree(tab) {
  await choose(tab, 'input[name=purpose][value=sale]');
  await tab.fill('input[name=copies]', '1');
  await choose(tab, 'input[name=pickup][value=counter]');
  await choose(tab, 'input[name=agree]');
  await next(tab);
}

async function receiptOf(tab) {
  const text = await tab.innerText('.slip');
  return { number: /[A-Z]{2}-\d{3}-\d{6}-\d/.exec(text)[0], code: (await tab.innerText('.code')).trim() };
}

async function follow(tab, office, { number, code }) {
  await tab.goto(`${server.url}/${office}/status`);
  await tab.fill('input[name=number]', number);
  await tab.fill('input[name=code]', code);
  await push(tab, 'main .btns button');
  return tab.innerText('main');
}

async function applied(service, office) {
  const where = `${server.url}/api/v1/${office}/services/${service}`;
  const { example } = await (await fetch(where)).json();
  const answer = await fetch(`${where}/cases`, {
    method: 'POST', body: JSON.stringify(example),
    headers: { 'content-type': 'application/json', 'idempotency-key': `browser-${service}-${Date.now()}` },
  });
  const receipt = await answer.json();
  return { number: receipt.case, code: receipt.code };
}

async function signedIn(name, more = {}) {
  const pane = await context(browser, desktop, more);
  const tab = await pane.newPage();
  const person = passwords(server.folder).find((p) => p.name === name);
  await tab.goto(`${server.url}/staff/sign-in`);
  await tab.fill('input[name=name]', person.name);
  await tab.fill('input[name=password]', person.password);
  await push(tab, 'main button');
  assert.equal(new URL(tab.url()).pathname, '/staff');
  return tab;
}

async function openCase(tab, list, number) {
  await tab.goto(`${server.url}/staff/worklist?list=${list}&number=${number}`);
  await tab.locator(`a:has-text("${number}")`).click();
}

async function withMistakes() {
  const tab = await (await context(browser, phone)).newPage();
  await tab.goto(`${server.url}/district/services/zoning`);
  await good(tab);
  await tab.locator('a[href="/district/apply/zoning"]').first().click();
  await good(tab);
  await tab.fill('input[name=name]', '林小青');
  await tab.fill('input[name=mobile]', '0912');
  await next(tab);
  assert.match(await focused(tab), /errs/, 'the focus goes to the summary');
  await good(tab);
  assert.equal(await tab.inputValue('input[name=name]'), '林小青');
  assert.equal(await tab.inputValue('input[name=mobile]'), '0912');
  for (const link of await tab.locator('.errs a').all()) {
    const to = await link.getAttribute('href');
    await link.click();
    assert.ok(await tab.evaluate((id) => document.activeElement.closest('.f')
      === document.querySelector(id).closest('.f') && document.activeElement.tagName === 'INPUT', to), `${to} leads to its field: ${await focused(tab)}`);
  }
  await tab.locator('.errs a').last().click();
  assert.equal(await tab.evaluate(() => document.activeElement.name), 'mobile');
  await stepOne(tab);
  await stepTwo(tab);
  await tab.setInputFiles('input[name=map]', { name: '位置圖.pdf', mimeType: 'application/pdf', buffer: Buffer.from('only words') });
  await next(tab);
  await good(tab);
  assert.match(await tab.innerText('.errs'), /位置圖/);
  assert.equal(await tab.inputValue('input[name=section]'), '青埔段');
  await tab.setInputFiles('input[name=map]', place);
  await next(tab);
  await good(tab);
  await stepThree(tab);
  await good(tab);
  assert.match(await tab.innerText('main'), /place\.jpg/);
  await push(tab, 'form[action$="/check"] .btns button');
  await good(tab);
  const receipt = await receiptOf(tab);
  assert.match(await follow(tab, 'district', receipt), /我們已收件/);
  await good(tab);
  await tab.goto(`${server.url}/district/receipt/${receipt.number}`);
  await onPaper(tab, receipt);
  await tab.context().close();
}

// The printed receipt: number, code and address stand on it, the page's tools do not.
async function onPaper(tab, { number, code }) {
  await tab.emulateMedia({ media: 'print' });
  const seen = (what) => tab.locator(what).first().isVisible();
  const text = await tab.innerText('main');
  assert.ok(text.includes(number) && text.includes(code), text);
  assert.ok(text.includes('/district/status'), 'the address is printed');
  assert.ok(await seen('.qr'));
  for (const tool of ['.nav', '.util', '.btns', '.crumb']) {
    assert.ok(!await seen(tool), `${tool} is not printed`);
  }
  assert.ok((await tab.screenshot()).length > 5000);
  await tab.emulateMedia({ media: 'screen' });
}

// Tab to a field by its name, then type; the space bar chooses.
async function tabTo(tab, test) {
  for (let i = 0; i < 80; i += 1) {
    await tab.keyboard.press('Tab');
    if (await tab.evaluate(test)) {
      return;
    }
  }
  throw new Error(`not reached by Tab: ${test}`);
}

async function byKeyboard() {
  const tab = await (await context(browser, desktop)).newPage();
  await tab.goto(`${server.url}/district/apply/zoning`);
  await tab.keyboard.press('Tab');
  assert.ok(await tab.evaluate(() => document.activeElement.classList.contains('skip')), 'first comes the skip link');
  await tab.keyboard.press('Enter');
  await tabTo(tab, `document.activeElement.name === 'applicant_kind'`);
  await tab.keyboard.press('Space');
  await tabTo(tab, `document.activeElement.name === 'name'`);
  await tab.keyboard.type('Lin');
  await tabTo(tab, `document.activeElement.name === 'mobile'`);
  await tab.keyboard.type('0912345678');
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
  await tabTo(tab, `document.activeElement.name === 'national_id'`);
  await tab.keyboard.type('A123456789');
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
  assert.match(tab.url(), /step\/land$/);
  const outline = await tab.evaluate(() => {
    const box = document.querySelector('input[name=section]');
    box.focus();
    const style = getComputedStyle(box);
    return `${style.outlineStyle} ${style.outlineWidth} ${style.boxShadow}`;
  });
  assert.doesNotMatch(outline, /^none 0px none$/, 'the focus is seen');
  await tab.context().close();
}

async function withoutScripts() {
  const tab = await (await context(browser, phone, { javaScriptEnabled: false })).newPage();
  await tab.goto(`${server.url}/district/apply/zoning`);
  await stepOne(tab);
  await stepTwo(tab);
  await next(tab);
  await stepThree(tab);
  await push(tab, 'form[action$="/check"] .btns button');
  const receipt = await receiptOf(tab);
  assert.match(await follow(tab, 'district', receipt), /我們已收件/);
  await tab.context().close();
  const desk = await signedIn('clerk3@district', { javaScriptEnabled: false });
  await openCase(desk, 'new', receipt.number);
  await push(desk, 'form[action$="/act/take"] button');
  await choose(desk, 'form[action$="/act/propose"] input[value=grant]');
  await push(desk, 'form[action$="/act/propose"] button');
  assert.match(await desk.innerText('main'), /核准/);
  await desk.context().close();
}

// Take, propose, return, propose again, decide, hand over, close; then the applicant looks.
async function fromHandToHand() {
  const receipt = await applied('english', 'household');
  const officer = await signedIn('clerk3@household');
  await good(officer);
  await officer.keyboard.press('g');
  await Promise.all([officer.waitForNavigation(), officer.keyboard.press('w')]);
  assert.match(officer.url(), /worklist/, 'g w opens the worklist');
  await openCase(officer, 'new', receipt.number);
  await good(officer);
  await officer.keyboard.press('t');
  await Promise.all([officer.waitForNavigation(), officer.keyboard.press('Enter')]);
  const propose = async () => {
    await officer.keyboard.press('p');
    await officer.keyboard.press('Space');
    await Promise.all([officer.waitForNavigation(), officer.keyboard.press('Control+Enter')]);
  };
  await propose();
  assert.match(await officer.innerText('.case__head'), /已陳核/, 'proposed by keys');
  const page = officer.url().replace(/\/act\/.*/, '');
  const head = await signedIn('chief2@household');
  await openCase(head, 'decide', receipt.number);
  await good(head);
  await push(head, 'form[action$="/act/return"] button');
  await good(head);
  await head.fill('form[action$="/act/return"] textarea', '請再核對');
  await push(head, 'form[action$="/act/return"] button');
  await officer.goto(page);
  await propose();
  await head.goto(page);
  await choose(head, 'form[action$="/act/decide"] input[value=grant]');
  await push(head, 'form[action$="/act/decide"] button');
  await officer.goto(page);
  await officer.keyboard.press('c');
  await Promise.all([officer.waitForNavigation(), officer.keyboard.press('Enter')]);
  await officer.keyboard.press('x');
  await Promise.all([officer.waitForNavigation(), officer.keyboard.press('Enter')]);
  await good(officer);
  assert.match(await officer.innerText('.case__head'), /結案/);
  const tab = await (await context(browser, phone)).newPage();
  assert.match(await follow(tab, 'household', receipt), /結案/);
  await good(tab);
}

// By click, kept by a cookie; each look is as readable as the first.
async function look(name, value, test) {
  const pane = await context(browser, desktop);
  const tab = await pane.newPage();
  await tab.goto(`${server.url}/district/services`);
  await tab.locator('.look summary').click();
  await Promise.all([tab.waitForNavigation(), tab.locator(`.look button[name=${name}][value=${value}]`).click()]);
  assert.match(tab.url(), /\/district\/services$/);
  assert.ok(await tab.evaluate(test), `${name} ${value} by click`);
  await good(tab);
  await tab.goto(`${server.url}/district/apply/zoning`);
  assert.ok(await tab.evaluate(test), `${name} ${value} on the next page`);
  await good(tab);
  await pane.close();
}

const dark = `(getComputedStyle(document.body).backgroundColor.match(/\\d+/g) || []).slice(0, 3).every((n) => n < 80)`;
const rows = [
  ['apply with mistakes and correct them, on a phone', withMistakes],
  ['apply by keyboard alone', byKeyboard],
  ['apply and decide without scripts', withoutScripts],
  ['from hand to hand: take, propose, return, decide, hand over, follow', fromHandToHand],
  ['the text becomes larger', () => look('size', 'xl', 'parseFloat(getComputedStyle(document.body).fontSize) > 20')],
  ['the page becomes dark', () => look('theme', 'dark', dark)],
  ['the page has high contrast', () => look('theme', 'contrast', `document.documentElement.dataset.theme === 'contrast'`)],
];

(async () => {
  server = await start(demoFolder('paths'), { clock: `${today}T10:00` });
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
})().catch((error) => { tap.claim(false, 'the paths are walked', error.stack); tap.done(); process.exit(1); });
