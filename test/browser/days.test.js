// days — of the acceptance stories what is here by now, in a real browser: a citizen's one trip
// (S1), the evening at the counter (S2, its mornings are intake.test.js), a case officer's week
// (S3). The clock goes on by the seam; nothing is made by hand in between. Left out until their
// feature is there: messages, bookings and tickets, plan figures, petitions, care list.
'use strict';

const assert = require('node:assert/strict');
const tap = require('../lib/tap.js');
const { phone, push, choose, see, good, tell } = require('./people.js');

const next = (tab) => push(tab, 'form[enctype] .btns button');

// S1.1 and S1.2: found by an everyday word; a wrong number is told where it stands; kept with a
// code, gone on with at home, sent.
async function applies(city) {
  const tab = await city.tab(phone);
  await tab.go('/district');
  await tab.fill('input[name=q]', '土地分區');
  await push(tab, '.find button');
  await push(tab, '.tasks a[href$="/services/zoning"]');
  await see(tab, '100 元', '3 個工作天', '由本機關查調，免附', '書寫範例');
  await good(tab, 'service');
  await push(tab, 'a[href$="/apply/zoning"]');
  await choose(tab, 'input[name=applicant_kind][value=person]');
  await tab.fill('input[name=name]', '王小青');
  await tab.fill('input[name=mobile]', '0912-345-678');
  await next(tab);
  await tab.fill('input[name=national_id]', 'A123456789');
  await next(tab);
  await tab.fill('input[name=section]', '青埔段');
  await tab.fill('input[name=parcel_main]', '12345');
  await tab.fill('input[name=parcels]', '1');
  await next(tab);
  assert.ok(await tab.locator('.bad input[name=parcel_main]').isVisible(), 'told at the field');
  assert.equal(await tab.inputValue('input[name=section]'), '青埔段');
  await tab.fill('input[name=parcel_main]', '123');
  await push(tab, 'button[name=later]');
  const code = (await tab.innerText('.code')).trim();
  await good(tab, 'draft');
  const home = await city.tab();
  await home.go('/district/draft');
  await home.fill('input[name=code]', code.toLowerCase());
  await push(home, 'main .btns button');
  await home.go('/district/apply/zoning/step/land');
  assert.equal(await home.inputValue('input[name=parcel_main]'), '123', 'what was typed on the way');
  await next(home);
  await choose(home, 'input[name=purpose][value=loan]');
  await home.fill('input[name=copies]', '1');
  await choose(home, 'input[name=pickup][value=counter]');
  await choose(home, 'input[name=agree]');
  await next(home);
  await push(home, 'form[action$="/check"] .btns button');
  const text = await home.innerText('.slip');
  return { number: /DA-\d{3}-\d{6}-\d/.exec(text)[0], code: (await home.innerText('.code')).trim() };
}

// S1.3: received, in work, why this date; a typhoon moves it and the page says so.
async function typhoon(city, tab, receipt) {
  await see(tab, '我們已收件');
  await push(tab, 'a[href$="/why"]');
  await see(tab, '最後一天是民國115年3月5日', '行政程序法第48條第2項');
  await good(tab, 'why');
  await city.clock('2026-03-02T12:00');
  const coordinator = await city.signedIn('coordinator');
  await coordinator.go('/staff/calendar');
  await coordinator.fill('input[name=day]', '115.3.4');
  await coordinator.fill('[name=reason]', '颱風');
  await push(coordinator, 'form[action$="/closing"] button');
  await see(coordinator, receipt.number, '115.03.06');
  await good(coordinator, 'closing');
  await push(coordinator, 'form button[value=go]');
  await see(coordinator, '生效中');
  await city.clock('2026-03-02T12:02');
  await city.clock('2026-03-02T12:04');
  await city.until(tab, `/district/status/${receipt.number}/why`, /最後一天是民國115年3月6日/);
  await see(tab, '停止上班：颱風');
  await good(tab, 'why-typhoon');
  await tab.go(`/district/status/${receipt.number}`);
  await see(tab, '115年3月6日', '颱風');
}

// S1.4 and S1.6: looked up in place of a paper; decided, numbered, paid, sealed, handed over.
async function handled(city, receipt) {
  const officer = await city.signedIn('clerk3@district');
  await city.openCase(officer, 'new', receipt.number);
  await push(officer, 'form[action$="/act/take"] button');
  const page = new URL(officer.url()).pathname.replace(/\/act\/.*/, '');
  await officer.selectOption('form[action*="lookups/cases"] select[name=purpose]', 'instead');
  await push(officer, 'form[action*="lookups/cases"] button[value=ask]');
  await city.clock('2026-03-02T12:06');
  await officer.go(page);
  await push(officer, 'form[action$="/show"] button');
  await good(officer, 'looked-up');
  await choose(officer, 'form[action$="/act/propose"] input[value=grant]');
  await push(officer, 'form[action$="/act/propose"] button:not(summary)');
  await officer.go(`${page}/letters`);
  await officer.selectOption('select[name=form]', 'certificate');
  await push(officer, 'main form.filters button');
  await see(officer, '王小青', '青埔段');
  await good(officer, 'certificate-draft');
  await officer.fill('form[action$="/issue"] input[name=day]', '115.3.2');
  await push(officer, 'form[action$="/issue"] button');
  await see(officer, '青區經證字第11500001號');
  const confirm = await officer.locator('a[href*="/certificates/"]').getAttribute('href');
  const counter = await city.signedIn('officer');
  await counter.go(`/staff/cashier?case=${receipt.number}`);
  await push(counter, 'form[action*="/cashier/take"] button');
  await see(counter, '收執聯', '100 元');
  await good(counter, 'money-receipt');
  const keeper = await city.signedIn('seal_keeper');
  await keeper.go('/staff/seals');
  await push(keeper, 'tr:has-text("青區經證字第11500001號") button');
  await good(keeper, 'seals');
  await officer.go(page);
  await push(officer, 'form[action$="/act/collect"] button');
  return confirm;
}

async function oneTrip(city) {
  const receipt = await applies(city);
  const tab = await city.tab(phone);
  await city.follow(tab, receipt);
  await typhoon(city, tab, receipt);
  const confirm = await handled(city, receipt);
  // S1.7: one tap, one word.
  await tab.go(`/district/status/${receipt.number}`);
  await see(tab, '您已領取結果', '費用已繳清');
  await tab.fill('#f-word', '很快');
  await push(tab, '.faces button[value="4"]');
  await see(tab, '您選的是「滿意」');
  await good(tab, 'felt');
  // S1.8: a bank, without a code: genuine, number, date, no content.
  const bank = await city.tab(phone);
  await bank.go(confirm);
  await see(bank, '查驗相符', '青區經證字第11500001號', '民國115年3月2日');
  assert.doesNotMatch(await bank.text(), /王小青|青埔段/);
  await good(bank, 'confirmed');
}

// S2.9: one receipt becomes void with all its parts; the sum is the cash; the cashier enters the
// slip of the bank.
async function cashSheet(city) {
  const officer = await city.signedIn('officer');
  const receipt = await city.applied('zoning', 'district');
  await officer.go(`/staff/cashier?case=${receipt.number}`);
  await push(officer, 'form[action*="/cashier/take"] button');
  await officer.locator('details:has(form[action$="/void"]) summary').press('Enter');
  await choose(officer, 'input[name=parts]');
  await push(officer, 'form[action$="/void"] button');
  await see(officer, '作廢');
  await officer.go(`/staff/cashier?case=${receipt.number}`);
  await push(officer, 'form[action*="/cashier/take"] button');
  await officer.go('/staff/cashier/day');
  const sum = /現金\s+新臺幣 ([\d,]+) 元/.exec(await officer.text());
  assert.ok(sum, await officer.text());
  await good(officer, 'cash-day');
  await officer.fill('input[name=cash_counted]', sum[1]);
  await push(officer, 'form[action$="/cashier/day"] button.btn:not(.btn--small)');
  await see(officer, '封存副本核對相符');
  const sheet = new URL(officer.url()).pathname;
  const cashier = await city.signedIn('cashier');
  await cashier.go(sheet);
  await cashier.fill('input[name=slip_number]', '115-0001');
  await cashier.fill('input[name=slip_day]', '115.3.2');
  await push(cashier, 'form[action$="/slip"] button');
  await see(cashier, '已繳庫', '115-0001');
  await good(cashier, 'cash-sheet');
  await cashier.emulateMedia({ media: 'print' });
  assert.ok(await cashier.locator('.seals').isVisible(), 'a row of seals on paper');
  await cashier.emulateMedia({ media: 'screen' });
}

// S3.4: two units are asked at once, each answers by itself; until then nothing is proposed.
async function consulted(city, receipt) {
  const officer = await city.signedIn('officer');
  await city.openCase(officer, 'new', receipt.number);
  await push(officer, 'form[action$="/act/take"] button');
  const page = new URL(officer.url()).pathname.replace(/\/act\/.*/, '');
  await officer.keyboard.press('o');
  await officer.locator('details:has(> form[action$="/act/consult"]) > summary').press('Enter');
  for (const unit of ['經建課', '社會課']) {
    await choose(officer, `form[action$="/act/consult"] .pick:has-text("${unit}") input`);
  }
  await officer.fill('form[action$="/act/consult"] textarea', '市場周邊有無列管？');
  await push(officer, 'form[action$="/act/consult"] button');
  await see(officer, '會辦中');
  await good(officer, 'consulted');
  for (const [who, opinion] of [['clerk3@district', '無列管紀錄'], ['clerk5@district', '無意見']]) {
    const other = await city.signedIn(who);
    await city.openCase(other, 'asked', receipt.number);
    await choose(other, 'form[action$="/act/answer"] input[value=agrees]');
    await other.fill('form[action$="/act/answer"] textarea', opinion);
    await push(other, 'form[action$="/act/answer"] button');
    assert.match(other.url(), /worklist/, 'seen no more');
  }
  await officer.go(page);
  await see(officer, '已會畢');
  await choose(officer, 'form[action$="/act/propose"] input[value=grant]');
  await push(officer, 'form[action$="/act/propose"] > button');
  await see(officer, '已陳核');
  return { officer, page };
}

// S3.3 and S3.7: the level of the authority table is away, so the deputy decides in its place.
async function deputy(city, page) {
  const admin = await city.signedIn('admin');
  await admin.go('/staff/settings/people');
  await push(admin, 'tr:has-text("主任秘書") a, li:has-text("主任秘書") a');
  await admin.fill('input[name=from]', '115.3.2');
  await admin.fill('input[name=until]', '115.3.31');
  await push(admin, 'form[action$="/away"] button');
  await see(admin, '已儲存');
  const chief = await city.signedIn('chief@district');
  await chief.go(page);
  if (await chief.locator('form[action$="/act/endorse"]').count() > 0) {
    await push(chief, 'form[action$="/act/endorse"] button');
  }
  const stand = await city.signedIn('coordinator');
  await stand.go(page);
  await see(stand, '您以職務代理人身分決行');
  await choose(stand, 'form[action$="/act/decide"] input[value=grant]');
  await push(stand, 'form[action$="/act/decide"] > button');
  await see(stand, '已決行');
  await see(stand, /已決行[^\n]*代/);
  await good(stand, 'deputy');
}

// What was decided is drawn the next day with a seed that nobody knew, looked at by somebody
// else, and the person says whether it is right (X18).
async function reviewed(city, receipt) {
  await city.clock('2026-03-03T09:00');
  await city.clock('2026-03-03T09:02');
  const coordinator = await city.signedIn('coordinator');
  await city.until(coordinator, '/staff/review?day=2026-03-02', /bianmin-review-1 district 2026-03-02/);
  await good(coordinator, 'review');
  // Who had a hand in it is not asked to judge it.
  const head = await city.signedIn('head');
  await head.go('/staff/review?day=2026-03-02');
  const row = `tr:has-text("${receipt.number}")`;
  await push(head, `${row} button[value=in_order]`);
  assert.match(await head.innerText(row), /無異常/);
  const tab = await city.tab(phone);
  await city.follow(tab, receipt);
  await push(tab, '#confirm button[value=right]');
  await see(tab, '謝謝您');
  await good(tab, 'right');
}

async function aWeek(city) {
  const receipt = await city.applied('mediation', 'district');
  const { page } = await consulted(city, receipt);
  await deputy(city, page);
  await reviewed(city, receipt);
}

tell('days', [
  ['S1 one trip: found, applied, moved by a typhoon, paid, sealed, collected, confirmed', oneTrip],
  ['S2 the sheet of the day: a void receipt, the sum, the slip', cashSheet],
  ['S3 a case officer: two units asked, the deputy decides, drawn for review', aWeek],
]).catch((error) => { tap.claim(false, 'the days are walked', error.stack); tap.done(); process.exit(1); });
