// publish — a definition is changed in the browser: what it changes, whom and which papers, is
// seen before; only the second press publishes (delight 5).
'use strict';

const tap = require('../lib/tap.js');
const { Visitor } = require('../lib/visitor.js');
const { demoFolder, start, stop, someoneWith, today } = require('../lib/server.js');
const { launch, looks, context, axe } = require('./lib.js');

const sure = (ok, why) => { if (!ok) { throw new Error(why); } };
const clean = async (page) => { const found = await axe(page); sure(found.length === 0, found.join('\n')); };

(async () => {
  const server = await start(demoFolder('publish'), { clock: `${today}T10:00` });
  const browser = await launch();
  try {
    const who = someoneWith(server.folder, 'district', 'admin');
    const visitor = new Visitor(server.url);
    await visitor.get('/staff/sign-in');
    await visitor.send({ name: who.name, password: who.password });
    const pane = await context(browser, { ...looks.en, colorScheme: 'light' });
    await pane.addCookies([...visitor.jar].map(([name, c]) => ({ name, value: c.value, url: server.url })));
    const page = await pane.newPage();
    const press = () => Promise.all([page.waitForNavigation(), page.click('form[enctype] button[type=submit]')]);

    await tap.test('the first press shows what changes and publishes nothing', async () => {
      await page.goto(`${server.url}/staff/settings/definitions/load?kind=service&key=zoning`);
      const source = await page.inputValue('textarea[name=source]');
      await page.fill('textarea[name=source]', source.replace('dollars: 100', 'dollars: 150'));
      await press();
      const said = await page.textContent('main');
      sure(/150/.test(await page.textContent('#h-changes ~ ul')), 'the fee');
      sure(/進行中/.test(said) && /書表同步更新/.test(said) && /尚未發布/.test(said), said.slice(0, 900));
      await clean(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await clean(page);
      sure(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing beside the page');
      const citizen = await pane.newPage();
      await citizen.goto(`${server.url}/district/fees`);
      sure(!/150/.test(await citizen.textContent('main')), 'not yet');
      await citizen.close();
    });
    await tap.test('the second publishes it', async () => {
      await press();
      sure(/definitions/.test(page.url()) && !/load/.test(new URL(page.url()).pathname), page.url());
      await page.goto(`${server.url}/district/fees`);
      sure(/150/.test(await page.textContent('main')), 'the new fee');
    });
  } finally {
    await browser.close();
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'a definition is published', error.stack); tap.done(); process.exit(1); });
