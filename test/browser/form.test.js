// form — questions that a browser helps with: a signature drawn by mouse, rows added and taken
// away by keyboard; the same without scripts; a draft that goes on elsewhere by its code.
'use strict';

const assert = require('node:assert/strict');
const tap = require('../lib/tap.js');
const { demoFolder, start, stop, today } = require('../lib/server.js');
const { launch, looks, context, axe, layout } = require('./lib.js');

const desktop = { ...looks.en, lang: 'zh', colorScheme: 'light' };
const phone = { ...looks.zh };
let server;
let browser;

async function good(tab) {
  const found = await axe(tab);
  const size = tab.viewportSize();
  await tab.setViewportSize({ width: 320, height: 800 });
  found.push(...(await layout(tab)).map((c) => `at 320: ${c}`));
  await tab.setViewportSize(size);
  assert.deepEqual(found, [], tab.url());
}

async function push(tab, what) {
  await tab.locator(what).first().focus();
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
}

const next = (tab) => push(tab, 'form[enctype] .btns button');
const choose = (tab, what) => tab.locator(what).check({ force: true });

// As far as the page with the rows and the signature.
async function dispute(tab, lang = '') {
  await tab.goto(`${server.url}${lang}/district/apply/mediation`);
  await good(tab);
  for (const yes of await tab.locator('input[value=yes]').all()) {
    await yes.check({ force: true });
  }
  await push(tab, 'main form .btns button');
  await choose(tab, 'input[name=matter_kind][value=civil]');
  await choose(tab, 'input[name=in_court][value=no]');
  await next(tab);
  await tab.fill('input[name=name]', '林小青');
  await tab.fill('input[name=national_id]', 'A123456789');
  await tab.fill('input[name="birth_date.year"]', lang ? '1990' : '79');
  await tab.fill('input[name="birth_date.month"]', '3');
  await tab.fill('input[name="birth_date.date"]', '15');
  await tab.fill('input[name="address.city"]', '雲川市');
  await tab.fill('input[name="address.district"]', '青埔區');
  await tab.fill('input[name="address.street"]', '公園路 1 號');
  await tab.fill('input[name=mobile]', '0912345678');
  await choose(tab, 'input[name=by_agent][value=no]');
  await next(tab);
  await tab.fill('input[name=other_name]', '王大同');
  await tab.fill('input[name="other_address.city"]', '雲川市');
  await tab.fill('input[name="other_address.district"]', '青埔區');
  await tab.fill('input[name="other_address.street"]', '文化路 88 號');
  await tab.fill('input[name=others]', '1');
  await next(tab);
  assert.match(tab.url(), /step\/dispute/);
}

async function theRest(tab) {
  await tab.fill('textarea[name=facts]', '樓上浴室管線破裂，水滲入我家客廳，天花板與地板受損。');
  await choose(tab, 'input[name=claims][value=repair]');
  await choose(tab, 'input[name=times][value=mon_am]');
  await choose(tab, 'input[name=agree]');
}

async function drawnAndByKeyboard() {
  const tab = await (await context(browser, desktop)).newPage();
  await dispute(tab);
  await good(tab);
  // Rows, with the keyboard alone.
  await tab.fill('input[name="witnesses.1.name"]', '陳大文');
  await tab.locator('[data-row-add]').focus();
  await tab.keyboard.press('Enter');
  assert.equal(await tab.evaluate(() => document.activeElement.name), 'witnesses.2.name', 'the new row has the focus');
  await tab.keyboard.type('李小華');
  assert.equal(await tab.inputValue('input[name="witnesses.rows"]'), '2');
  await tab.locator('button[name="witnesses.1.remove"]').focus();
  await tab.keyboard.press('Enter');
  assert.equal(await tab.inputValue('input[name="witnesses.1.name"]'), '李小華', 'the second is the first now');
  assert.equal(await tab.inputValue('input[name="witnesses.rows"]'), '1');
  // A signature, with the mouse.
  const box = await tab.locator('.drawn__box').boundingBox();
  await tab.locator('.drawn__box').scrollIntoViewIfNeeded();
  const at = await tab.locator('.drawn__box').boundingBox();
  await tab.mouse.move(at.x + 40, at.y + 60);
  await tab.mouse.down();
  for (let i = 1; i < 20; i += 1) {
    await tab.mouse.move(at.x + 40 + i * 12, at.y + 60 + (i % 4) * 12);
  }
  await tab.mouse.up();
  assert.ok(box.width > 200);
  assert.match(await tab.inputValue('input[name="signature.strokes"]'), /^\d+,\d+( \d+,\d+){8,}$/);
  // A mistake elsewhere does not lose it.
  const drawn = await tab.inputValue('input[name="signature.strokes"]');
  await next(tab);
  assert.equal(await tab.inputValue('input[name="signature.strokes"]'), drawn);
  assert.match(await tab.locator('.drawn__box path').getAttribute('d'), /^M\d/);
  await theRest(tab);
  await good(tab);
  await next(tab);
  assert.match(tab.url(), /check$/);
  const text = await tab.innerText('main');
  assert.match(text, /李小華/);
  assert.match(text, /已親筆簽名/);
  assert.equal(await tab.locator('main svg path[d^="M"]').count() > 0, true, 'it is drawn again');
  await good(tab);
}

async function withoutScripts() {
  const tab = await (await context(browser, phone, { javaScriptEnabled: false })).newPage();
  await tab.goto(`${server.url}/district/apply/mediation`);
  await tab.goto(`${server.url}/district/apply/mediation?may=yes`);
  assert.equal(await tab.locator('input[name=matter_kind]').count() > 0, true);
}

async function onAnotherDevice() {
  const tab = await (await context(browser, phone)).newPage();
  await tab.goto(`${server.url}/district/apply/zoning`);
  await choose(tab, 'input[name=applicant_kind][value=person]');
  await tab.fill('input[name=name]', '林小青');
  await push(tab, 'button[name=later]');
  await good(tab);
  const code = (await tab.innerText('.code')).trim();
  const other = await (await context(browser, desktop)).newPage();
  await other.goto(`${server.url}/district/draft#${code}`);
  assert.equal(await other.inputValue('input[name=code]'), code, 'the scanned code is filled in');
  assert.ok(!other.url().includes(code), 'and gone from the address');
  await good(other);
  await push(other, 'main .btns button');
  assert.equal(await other.inputValue('input[name=name]'), '林小青');
}

async function inAllLanguages() {
  for (const look of Object.values(looks)) {
    const tab = await (await context(browser, look)).newPage();
    const lang = look.lang === 'zh' ? '' : `/${look.lang}`;
    for (const page of ['/district/draft', '/district/apply/mediation', '/district/services/zoning', '/health/services/flu_vaccine']) {
      await tab.goto(`${server.url}${lang}${page}`);
      await good(tab);
    }
  }
}

(async () => {
  server = await start(demoFolder('form'), { clock: `${today}T10:00` });
  browser = await launch();
  try {
    await tap.test('a signature by mouse, rows by keyboard', drawnAndByKeyboard);
    await tap.test('the questions are there without scripts', withoutScripts);
    await tap.test('a draft goes on at another device', onAnotherDevice);
    await tap.test('in all languages', inAllLanguages);
  } finally {
    await browser.close();
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'the forms are filled in', error.stack); tap.done(); process.exit(1); });
