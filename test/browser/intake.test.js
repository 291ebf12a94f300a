// intake — the counter by keyboard alone (S2 steps 2 to 4): what is done while one waits in two
// keys and taken back in one; a one-time notice with two lines marked; taken in although two
// papers are missing.
'use strict';

const tap = require('../lib/tap.js');
const { Visitor } = require('../lib/visitor.js');
const { demoFolder, start, stop, someoneWith, today } = require('../lib/server.js');
const { launch, looks, context, axe } = require('./lib.js');

async function person(browser, server, duty, office = 'district') {
  const who = someoneWith(server.folder, office, duty);
  const visitor = new Visitor(server.url);
  await visitor.get('/staff/sign-in');
  await visitor.send({ name: who.name, password: who.password });
  visitor.is(200);
  const pane = await context(browser, { ...looks.en, colorScheme: 'light' });
  await pane.addCookies([...visitor.jar].map(([name, c]) => ({ name, value: c.value, url: server.url })));
  const page = await pane.newPage();
  page.on('pageerror', (e) => tap.claim(false, 'no script fails', e.message));
  return page;
}

// A key that leads to another page.
async function go(page, key) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
}

const sure = (ok, why) => { if (!ok) { throw new Error(why); } };
const clean = async (page) => { const found = await axe(page); sure(found.length === 0, found.join('\n')); };

// Goes on with Tab until the named field has the focus, and types.
async function type(page, name, text) {
  for (let i = 0; i < 120; i += 1) {
    if (await page.evaluate((n) => document.activeElement && document.activeElement.name === n, name)) {
      await page.keyboard.type(text);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`no field ${name} by Tab`);
}

(async () => {
  const server = await start(demoFolder('intake'), { clock: `${today}T10:00` });
  const browser = await launch();
  try {
    const clerk = await person(browser, server, 'officer');

    await tap.test('two keys count a short service, z takes it back', async () => {
      await clerk.goto(`${server.url}/staff/intake`);
      await clean(clerk);
      const number = await clerk.$eval('.counter__line form', (f) => f.closest('li').querySelector('.counter__no').textContent.trim());
      await clerk.keyboard.press(number);
      await go(clerk, '1');
      sure(/✓/.test(await clerk.textContent('.did')), await clerk.textContent('.did'));
      await go(clerk, 'z');
      sure(!/✓/.test(await clerk.textContent('.did')), await clerk.textContent('.did'));
    });
    await tap.test('a third key takes the fee; n is the next person', async () => {
      const money = await person(browser, server, 'officer', 'household');
      await money.goto(`${server.url}/staff/intake`);
      const line = money.locator('.counter__line', { has: money.locator('input[value=household_book]') });
      await money.keyboard.press((await line.locator('.counter__no').textContent()).trim());
      await go(money, '1');
      sure(/staff\/cashier\/strokes\//.test(money.url()), money.url());
      await clean(money);
      await go(money, 'Enter');
      sure(/115A-\d{5}/.test(await money.textContent('.receipt')), 'a receipt of the pad');
      await clean(money);
      await money.keyboard.press('Escape');
      await go(money, 'n');
      sure(money.url().endsWith('/staff/intake'), money.url());
      // The number of copies by its key; the new sum first, then the money.
      await money.keyboard.press((await line.locator('.counter__no').textContent()).trim());
      await go(money, '1');
      await money.keyboard.press('1');
      await money.keyboard.press('Control+a');
      await money.keyboard.type('3');
      await go(money, 'Enter');
      sure(/新臺幣 90 元|NT\$90/.test(await money.textContent('tfoot')), await money.textContent('tfoot'));
      await go(money, 'Enter');
      sure(/新臺幣 90 元|NT\$90/.test(await money.textContent('.receipt')), 'ninety');
      await money.close();
    });
    await tap.test('a service by its first letters and Enter', async () => {
      await clerk.keyboard.press('/');
      await clerk.keyboard.type('disab');
      await go(clerk, 'Enter');
      sure(clerk.url().endsWith('/staff/intake/services/disability'), clerk.url());
      await clean(clerk);
    });
    await tap.test('1 and 2 mark two papers missing, n gives the one-time notice', async () => {
      await clerk.keyboard.press('1');
      await clerk.keyboard.press('2');
      sure(await clerk.$eval('[name="paper.photos"][value=missing]', (e) => e.checked), 'photos');
      sure(await clerk.$eval('[name="paper.id_copy"][value=missing]', (e) => e.checked), 'id copy');
      await go(clerk, 'n');
      sure(/DAN-115-\d{6}-\d/.test(await clerk.textContent('.sheet')), 'a number');
      sure(await clerk.$('.sheet .qr') !== null, 'a code to go on');
      await clean(clerk);
    });
    await tap.test('n is the next person; taken in although papers are missing', async () => {
      await go(clerk, 'n');
      await clerk.keyboard.press('/');
      await clerk.keyboard.type('disab');
      await go(clerk, 'Enter');
      await clerk.keyboard.press('1');
      await clerk.keyboard.press('2');
      await type(clerk, 'name', '林小青');
      await type(clerk, 'national_id', 'A123456789');
      await clerk.keyboard.press('Escape');
      await go(clerk, 'b');
      const text = await clerk.textContent('main');
      sure(/DA-115-\d{6}-\d/.test(text) && /補正通知/.test(text), text.slice(0, 600));
      await clean(clerk);
    });
    await tap.test('a refusal keeps what was typed and stands at what is wrong', async () => {
      await go(clerk, 'n');
      await clerk.keyboard.press('/');
      await clerk.keyboard.type('disab');
      await go(clerk, 'Enter');
      await type(clerk, 'name', '王大明');
      await go(clerk, 'Control+Enter');
      sure(await clerk.evaluate(() => document.activeElement.className) === 'errs', 'focus on the mistakes');
      sure(await clerk.inputValue('[name=name]') === '王大明', 'the name is there');
      await clean(clerk);
    });
  } finally {
    await browser.close();
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'the counter is worked at', error.stack); tap.done(); process.exit(1); });
