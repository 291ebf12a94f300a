// desk — the staff pages by keyboard alone: the commonest act in two keys, every key told
// on ?, nothing typed sets a key off, and the switch turns them off.
'use strict';

const tap = require('../lib/tap.js');
const { Visitor } = require('../lib/visitor.js');
const { demoFolder, start, stop, someoneWith, passwords, today } = require('../lib/server.js');
const { City } = require('./people.js');
const { launch, looks, context, axe } = require('./lib.js');

async function person(browser, server, duty) {
  const who = passwords(server.folder).find((p) => p.name === duty) || someoneWith(server.folder, 'district', duty);
  const visitor = new Visitor(server.url);
  await visitor.get('/staff/sign-in');
  await visitor.send({ name: who.name, password: who.password });
  visitor.is(200);
  const pane = await context(browser, looks.en);
  await pane.addCookies([...visitor.jar].map(([name, c]) => ({ name, value: c.value, url: server.url })));
  const page = await pane.newPage();
  page.on('pageerror', (e) => tap.claim(false, 'no script fails', e.message));
  return page;
}

// A key that leads to another page.
async function go(page, key) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
}

const state = (page) => page.textContent('.case__head .tag');
const sure = (ok, why) => { if (!ok) { throw new Error(why); } };

(async () => {
  const server = await start(demoFolder('desk'), { clock: `${today}T10:00` });
  const browser = await launch();
  try {
    let officer = await person(browser, server, 'officer');
    let address;

    await tap.test('the menu by g and a letter, the filter by /, and typing sets nothing off', async () => {
      await officer.goto(`${server.url}/staff`);
      await officer.keyboard.press('g');
      await go(officer, 'w');
      sure(officer.url().includes('/staff/worklist'), officer.url());
      await officer.keyboard.press('/');
      await officer.keyboard.type('gs?jk');
      sure(await officer.inputValue('#w-number') === 'gs?jk', 'typed');
      sure(await officer.$('dialog') === null, 'no dialog while typing');
      await officer.keyboard.press('Escape');
    });
    await tap.test('names of the own list by one key', async () => {
      await officer.goto(`${server.url}/staff/worklist?list=mine`);
      sure(await officer.$('.shown') === null, 'masked at first');
      await go(officer, 's');
      sure((await officer.$$('.shown')).length > 0, 'shown');
    });
    await tap.test('? tells the keys of the page, Escape closes', async () => {
      await officer.keyboard.press('?');
      const text = await officer.textContent('dialog');
      sure(/j k/.test(text) && /g w/.test(text), text);
      const found = await axe(officer);
      sure(found.length === 0, found.join('\n'));
      await officer.keyboard.press('Escape');
      sure(await officer.$('dialog') === null, 'closed');
    });
    await tap.test('j and Enter open a case; t and Enter take it; p and Enter propose', async () => {
      // One that goes up to the secretary, seen by the first of its unit.
      const { number } = await City.prototype.applied.call({ server }, 'mediation', 'district');
      const works = passwords(server.folder).filter((p) => p.name.endsWith('@district') && p.duties.includes('officer'));
      for (const who of works) {
        officer = await person(browser, server, who.name);
        await officer.goto(`${server.url}/staff/worklist?list=new&number=${number}`);
        if (await officer.locator(`main a:has-text("${number}")`).count() > 0) { break; }
      }
      await officer.keyboard.press('j');
      await go(officer, 'Enter');
      address = officer.url();
      await officer.keyboard.press('t');
      await go(officer, 'Enter');
      const taken = await state(officer);
      await officer.keyboard.press('p');
      await go(officer, 'Enter');
      sure(await state(officer) !== taken, await state(officer));
    });
    await tap.test('the unit head seals it: a and Enter pass it on', async () => {
      const head = await person(browser, server, 'unit_head');
      await head.goto(address);
      await head.keyboard.press('a');
      await go(head, 'Enter');
      sure(await head.$('form[action$="/act/endorse"]') === null, 'passed on');
    });
    await tap.test('who decides: a reason is there, s shows, a and Enter decide', async () => {
      const secretary = await person(browser, server, 'secretary');
      await secretary.goto(address);
      await go(secretary, 's');
      sure((await secretary.$$('.shown')).length > 0, 'shown');
      await secretary.keyboard.press('a');
      await go(secretary, 'Enter');
      sure(await secretary.$('.acts input[value=grant]') === null, 'decided');
    });
    await tap.test('u goes up to the list, which stands where one left it', async () => {
      await officer.goto(`${server.url}/staff/worklist?list=mine`);
      await officer.keyboard.press('j');
      await officer.keyboard.press('j');
      await go(officer, 'Enter');
      await go(officer, 'u');
      await officer.goto(`${server.url}/staff/worklist?list=mine`);
      sure((await officer.$$('tr.at')).length === 1, 'one row is marked');
    });
    await tap.test('a refused form says what is wrong and stands there; Ctrl Enter sends', async () => {
      await officer.goto(`${server.url}/staff/worklist?list=mine`);
      await officer.keyboard.press('j');
      await go(officer, 'Enter');
      await officer.keyboard.press('m');
      await go(officer, 'Control+Enter');
      sure(await officer.evaluate(() => document.activeElement.className) === 'errs', 'focus on the mistakes');
      sure(await officer.$eval('#f-note', (e) => e.closest('details').open), 'the form is open');
    });
    await tap.test('the keys can be switched off on this device', async () => {
      await officer.goto(`${server.url}/staff/keys`);
      await officer.click('[data-keys-switch] input');
      await officer.goto(`${server.url}/staff/worklist?list=mine`);
      await officer.keyboard.press('?');
      sure(await officer.$('dialog') === null, 'no key works');
    });
  } finally {
    await browser.close();
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'the desk is worked at', error.stack); tap.done(); process.exit(1); });
