// first run — a real office, in a browser: the link that init prints, one page with a mistake,
// then the office's own first page; and the new clerk is signed in.
'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { root, scratch, made, start, stop } = require('../lib/server.js');
const { launch, looks, context, axe, layout } = require('./lib.js');

async function good(tab) {
  assert.deepEqual([...await axe(tab), ...await layout(tab)], [], tab.url());
}

async function finish(tab, link) {
  await tab.goto(link);
  await good(tab);
  await tab.locator('main form button.btn').click();
  assert.match(await tab.evaluate(() => document.activeElement.className), /errs/, 'the summary has the focus');
  await good(tab);
  const values = {
    'address.zh': '雲川市青埔區公園路 1 號', 'hours.zh': '週一至週五 8:00–17:00', telephone: '03-000-0000',
    units: 'desk 第一課\n第二課', person: '林文華', title: '秘書', sign_name: 'lin', password: 'green river blue', again: 'green river blue',
  };
  for (const [name, value] of Object.entries(values)) {
    await tab.fill(`[name="${name}"]`, value);
  }
  await tab.check('input[name=service][value=general]');
  await tab.locator('main form button.btn').click();
  assert.equal(new URL(tab.url()).pathname, '/staff/settings');
  await good(tab);
}

(async () => {
  const folder = path.join(scratch('first'), 'office');
  const says = made(['init', '--city', '雲川市', '--office', 'household=雲川市青埔戶政事務所',
    '--pack', path.join(root, 'packs', 'start'), '--data', folder]);
  const server = await start(folder);
  const browser = await launch();
  try {
    const tab = await (await context(browser, { ...looks.zh, width: 320 })).newPage();
    await tap.test('the office is set up on one page', () => finish(tab, server.url + /\/staff\/setup\/\w+/.exec(says)[0]));
    await tap.test('its first page offers what was chosen', async () => {
      await tab.goto(`${server.url}/`);
      assert.match(await tab.innerText('body'), /雲川市青埔戶政事務所/);
      await tab.locator('main a[href*="/services/general"]').first().click();
      await good(tab);
      await tab.locator('a[href*="/apply/general"]').first().click();
      await good(tab);
    });
  } finally {
    await browser.close();
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'the first run', error.stack); tap.done(); process.exit(1); });
