// matters — one tap by keyboard with scripts off; a paper that goes round is read with one key; an
// envelope is written, looked at and sent. Each page by axe, at 320 px.
'use strict';

const assert = require('node:assert/strict');
const { passwords } = require('../lib/server.js');
const tap = require('../lib/tap.js');
const { phone, push, see, good, picture, tell } = require('./people.js');

// Tab to the face, Enter: nothing else is needed, and no script runs. Enter in the word alone
// chooses no face.
async function aFace(city) {
  const receipt = await city.applied('zoning', 'district');
  const tab = await city.tab(phone, { javaScriptEnabled: false });
  await city.follow(tab, receipt);
  await tab.locator('#f-word').focus();
  await tab.keyboard.type('等太久');
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
  await see(tab, '請從五個表情中選一個');
  assert.equal(await tab.inputValue('#f-word'), '等太久');
  await tab.locator('#f-word').focus();
  for (let i = 0; i < 5; i += 1) { await tab.keyboard.press('Tab'); }
  assert.equal(await tab.locator(':focus').innerText(), '非常不滿意');
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
  assert.match(await tab.innerText('#feeling'), /您選的是「非常不滿意」/);
  assert.equal(await tab.locator('.faces [aria-pressed=true]').innerText(), '非常不滿意');
  await picture(tab, 'face');
  const chief = await city.signedIn('head');
  await chief.go('/staff/feelings');
  await see(chief, receipt.number);
  await good(chief, 'feelings');
  await push(chief, `tr:has-text("${receipt.number}") .found button`);
  await see(chief, '等太久');
  await chief.go('/staff/head');
  await good(chief, 'head');
}

async function aPaper(city) {
  const officer = await city.signedIn('clerk3@district');
  await officer.go('/staff/circulation/new');
  await good(officer, 'circulation-form');
  await officer.fill('input[name=title]', '戶籍法修正重點');
  await officer.fill('textarea[name=text]', '第十五條自下月起適用。');
  for (const box of await officer.locator('input[name=unit]').all()) { await box.check({ force: true }); }
  await push(officer, 'main form[enctype] > button');
  await good(officer, 'circulation-one');
  const reader = await city.signedIn('head');
  await reader.go('/staff/circulation');
  assert.match(await reader.innerText('.nav'), /傳閱\s*待辦：\s*[1-9]/);
  await good(reader, 'circulation-lists');
  await push(reader, 'main tbody a:has-text("戶籍法修正重點")');
  await Promise.all([reader.waitForNavigation(), reader.keyboard.press('r')]);
  await see(reader, '您已於');
}

async function written(city) {
  const officer = await city.signedIn('clerk3@district');
  await officer.go('/staff/envelopes/new?kind=query');
  await good(officer, 'envelope-form');
  await officer.selectOption('select[name=to]', 'household');
  await officer.fill('input[name=subject]', '三月份名單');
  await officer.fill('[name=purpose]', '審核');
  await officer.fill('[name=law]', '社會救助法第 4 條');
  await officer.locator('details:has([name=persons])').evaluate((e) => { e.open = true; });
  await officer.fill('textarea[name=persons]', '林小青,A123456789\n王大明,B123456780');
  await push(officer, 'button[value=preview]');
  await good(officer, 'envelope-preview');
  await push(officer, 'button[value=send]');
  await good(officer, 'envelope-out');
}

async function anEnvelope(city) {
  await written(city);
  const household = passwords(city.folder).find((p) => p.name.endsWith('@household') && p.duties.includes('officer'));
  const other = await city.signedIn(household.name);
  await city.until(other, '/staff/envelopes', /三月份名單/);
  await good(other, 'envelopes');
  await push(other, 'main tbody a');
  await push(other, 'form.show button');
  await push(other, '.acts form button');
  await good(other, 'envelope-in');
  await other.go('/household/key');
  await good(other, 'key');
  const coordinator = await city.signedIn('coordinator');
  await coordinator.go('/staff/envelopes/partners');
  await good(coordinator, 'partners');
}

tell('matters', [
  ['a face by keyboard, scripts off', aFace],
  ['a paper goes round and is read with one key', aPaper],
  ['an envelope is written, looked at and sent', anEnvelope],
]).catch((error) => { tap.claim(false, 'matters are walked', error.stack); tap.done(); process.exit(1); });
