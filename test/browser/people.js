// people — who walks through the browser tests: a city with its clock, people signed in, forms
// sent by key, pages that must be good to look at.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { demoFolder, start, stop, today, passwords } = require('../lib/server.js');
const { launch, looks, context, axe, layout } = require('./lib.js');

const phone = { ...looks.zh };
const desktop = { ...looks.en, lang: 'zh', colorScheme: 'light' };
// A folder for pictures of what is met on the way, to be looked at by a person.
const pictures = process.env.PICTURES;

class City {
  static async begin(name) {
    const city = new City();
    city.folder = demoFolder(name);
    city.server = await start(city.folder, { clock: `${today}T10:00` });
    city.browser = await launch();
    return city;
  }

  // The program's clock, and with it every term, job and session: 2026-03-03T09:00.
  async clock(instant) {
    fs.writeFileSync(path.join(path.dirname(this.folder), 'clock'), instant);
    await new Promise((resolve) => { setTimeout(resolve, 1200); });
  }

  async tab(look = desktop, more = {}) {
    const tab = await (await context(this.browser, look, more)).newPage();
    tab.on('pageerror', (e) => tap.claim(false, 'no script fails', e.message));
    tab.go = (where) => tab.goto(this.server.url + where);
    tab.text = () => tab.innerText('main');
    return tab;
  }

  // By name (clerk3@district) or as the first of the district with this duty.
  async signedIn(who, look = desktop, more = {}) {
    const all = passwords(this.folder);
    const person = all.find((p) => p.name === who)
      || all.find((p) => p.name.endsWith('@district') && p.duties.includes(who));
    const tab = await this.tab(look, more);
    await tab.go('/staff/sign-in');
    await tab.fill('input[name=name]', person.name);
    await tab.fill('input[name=password]', person.password);
    await push(tab, 'main button');
    return tab;
  }

  async applied(service, office) {
    const where = `${this.server.url}/api/v1/${office}/services/${service}`;
    const { example } = await (await fetch(where)).json();
    const answer = await fetch(`${where}/cases`, {
      method: 'POST', body: JSON.stringify(example),
      headers: { 'content-type': 'application/json', 'idempotency-key': `${service}-${Date.now()}` },
    });
    const receipt = await answer.json();
    return { number: receipt.case, code: receipt.code };
  }

  // A case in one of the lists of who is signed in.
  async openCase(tab, list, number) {
    await tab.go(`/staff/worklist?list=${list}&number=${number}`);
    await push(tab, `main a:has-text("${number}")`);
  }

  async follow(tab, { number, code }) {
    await tab.go('/district/status');
    await tab.fill('input[name=number]', number);
    await tab.fill('input[name=code]', code);
    await push(tab, 'main .btns button');
    return tab.text();
  }

  // Again and again: what a job does comes a little later.
  async until(tab, where, wanted) {
    for (let i = 0; i < 60; i += 1) {
      await tab.go(where);
      if (wanted.test(await tab.text())) { return; }
      await new Promise((resolve) => { setTimeout(resolve, 500); });
    }
    assert.match(await tab.text(), wanted);
  }

  async end() {
    await this.browser.close();
    await stop(this.server);
  }
}

// By key: a click waits for frames, which do not come where scripts are off.
async function push(tab, what) {
  await tab.locator(what).first().focus({ timeout: 8000 }).catch(async () => {
    assert.fail(`no ${what} on ${tab.url()}:\n${(await tab.text()).slice(0, 1200)}`);
  });
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
}

// By key; what is folded away is opened first.
async function choose(tab, what) {
  const one = tab.locator(what).first();
  const folds = one.locator('xpath=ancestor::details[not(@open)]');
  while (await folds.count() > 0) {
    await folds.first().locator('summary').first().press('Enter');
  }
  await one.focus();
  if (!await one.isChecked()) {
    await tab.keyboard.press('Space');
  }
  assert.ok(await one.isChecked(), `${what} on ${tab.url()}`);
}

async function see(tab, ...wanted) {
  const text = await tab.text();
  for (const one of wanted) {
    assert.ok(one instanceof RegExp ? one.test(text) : text.includes(one), `${one} is not on ${tab.url()}:\n${text.slice(0, 1500)}`);
  }
}

async function picture(tab, name) {
  if (pictures) { await tab.screenshot({ path: `${pictures}/${name}.png`, fullPage: true }); }
}

// No axe complaint, nothing sideways at 320 px.
async function good(tab, name, { withAxe = true } = {}) {
  const size = tab.viewportSize();
  const found = withAxe ? await axe(tab) : [];
  await picture(tab, name);
  await tab.setViewportSize({ width: 320, height: 800 });
  found.push(...(await layout(tab)).map((c) => `at 320: ${c}`));
  await picture(tab, `${name}-320`);
  await tab.setViewportSize(size);
  assert.deepEqual(found, [], tab.url());
}

// Walks the named paths of a file in one city of their own, those named on the command line.
async function tell(name, rows) {
  const wanted = process.argv.slice(2).filter((word) => word !== 'all');
  const city = await City.begin(name);
  try {
    for (const [what, body] of rows) {
      if (wanted.length === 0 || wanted.some((word) => what.includes(word))) {
        await tap.test(what, () => body(city));
      }
    }
  } finally {
    await city.end();
  }
  tap.done();
}

module.exports = { City, phone, desktop, push, choose, see, good, picture, tell };
