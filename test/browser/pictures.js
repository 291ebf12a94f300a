// pictures — makes doc/pictures/*.png from the demo city: node test/browser/pictures.js [NAME …]
// A fixed clock and fixed data, so that a picture changes when the page does. What pngquant
// would save is saved where it is installed.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { root, demoFolder, start, stop, today, passwords } = require('../lib/server.js');
const { launch } = require('./lib.js');

const folder = path.join(root, 'doc', 'pictures');
const desk = { width: 1200, height: 860 };
const phone = { width: 390, height: 844 };
let server;
let browser;

async function pane(viewport, colorScheme = 'light') {
  const context = await browser.newContext({ viewport, colorScheme, locale: 'zh-TW', timezoneId: 'Asia/Taipei', deviceScaleFactor: 1 });
  const tab = await context.newPage();
  tab.go = (where) => tab.goto(server.url + where);
  return tab;
}

async function take(tab, name, whole = false) {
  const file = path.join(folder, `${name}.png`);
  await tab.screenshot({ path: file, fullPage: whole, animations: 'disabled' });
  spawnSync('pngquant', ['--force', '--ext', '.png', '--speed', '1', file]);
  console.log(`${name}.png ${Math.round(fs.statSync(file).size / 1024)} KB`);
}

async function applying(tab) {
  const next = () => tab.locator('form[enctype] .btns button').click();
  await tab.go('/district/apply/zoning');
  await tab.fill('input[name=name]', '林小青');
  await tab.fill('input[name=mobile]', '0912');
  await next();
  await take(tab, tab.viewportSize().width < 500 ? 'phone-form' : 'form-step');
  await tab.check('input[name=applicant_kind][value=person]');
  await tab.fill('input[name=mobile]', '0912-345-678');
  await next();
  await tab.fill('input[name=national_id]', 'A123456789');
  await next();
  await tab.fill('input[name=section]', '青埔段');
  await tab.fill('input[name=parcel_main]', '123');
  await tab.fill('input[name=parcels]', '1');
  await next();
  await tab.check('input[name=purpose][value=sale]');
  await tab.fill('input[name=copies]', '1');
  await tab.check('input[name=pickup][value=counter]');
  await tab.check('input[name=agree]');
  await next();
  await tab.locator('form[action$="/check"] .btns button').click();
}

async function visitor() {
  const tab = await pane(desk);
  await tab.go('/district');
  await take(tab, 'office-home');
  await tab.go('/district/services/zoning');
  await take(tab, 'service');
  await applying(tab);
  await take(tab, 'receipt');
  await tab.locator('.btns a.btn').click();
  await take(tab, 'progress');
}

async function onPhone() {
  const tab = await pane(phone);
  await tab.go('/district');
  await take(tab, 'phone-home');
  await applying(tab);
  await take(tab, 'phone-receipt');
  const dark = await pane(phone, 'dark');
  await dark.go('/en/district/services');
  await take(dark, 'phone-dark-en');
}

async function staff() {
  const tab = await pane(desk);
  const person = passwords(server.folder).find((p) => p.name === 'clerk@district');
  await tab.go('/staff/sign-in');
  await tab.fill('input[name=name]', person.name);
  await tab.fill('input[name=password]', person.password);
  await tab.locator('main button').click();
  await tab.go('/staff/worklist');
  await take(tab, 'worklist');
  await tab.locator('tbody tr:has-text("處理中") a').first().click();
  await take(tab, 'case');
}

(async () => {
  fs.mkdirSync(folder, { recursive: true });
  server = await start(demoFolder('pictures'), { clock: `${today}T10:00` });
  browser = await launch();
  try {
    await visitor();
    await onPhone();
    await staff();
  } finally {
    await browser.close();
    await stop(server);
  }
})().catch((error) => { console.error(error); process.exit(1); });
