// Each promise of the five plans about services and papers, kept by the packs of the demo city
// and seen as people see it: a row is a sentence; doc/coverage.tsv names it. On both engines.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { demoFolder, start, stop, today, someoneWith, root } = require('../lib/server.js');
const { Story } = require('./story.js');

let server;
let story;
const lists = new Map(); // what each office offers, by its API

const offices = ['district', 'household', 'health', 'cityhall'];
const ways = ['online', 'counter', 'post', 'telephone', 'home', 'list', 'cross_office'];

// A page as somebody without an account sees it.
async function page(where) {
  story.as('a reader');
  await story.open(where);
  story.person.is(200);
  return story.person;
}

async function file(where, begins) {
  story.as('a reader');
  await story.download(where);
  story.person.is(200);
  story.bytesBegin(begins);
}

// Goes on with every one although one fails; all failures are told.
async function each(list, body) {
  const wrong = [];
  for (const one of list) {
    try {
      await body(one);
    } catch (error) {
      wrong.push(`${one.office ?? ''} ${one.key ?? one}: ${error.message.split('\n')[0]}`);
    }
  }
  assert.deepEqual(wrong, []);
}

const all = () => offices.flatMap((office) => lists.get(office));
const online = (office) => lists.get(office).filter((s) => s.online);
const these = (office, keys) => keys.map((key) => {
  const found = lists.get(office).find((s) => s.key === key);
  assert.ok(found, `${office} offers no ${key}`);
  return found;
});

// From the page of the service to the receipt and the progress of the case.
async function appliedOnline({ office, key }) {
  const reader = await page(`/${office}/services/${key}`);
  if (/重新開放申請/.test(reader.page)) { return; } // out of season, and says so
  assert.match(reader.page, new RegExp(`href="/${office}/apply/${key}"`));
  await story.applied(key, office);
  await story.open(`/${office}/status`);
  await story.person.send({ number: story.kept.case, code: story.kept.code }, { which: 'status' });
  story.person.is(200).see(story.kept.case);
  assert.match(story.person.at, new RegExp(`/status/${story.kept.case}$`));
}

// By the officer who has it, or the first of its unit.
async function takenUp(number, office) {
  await story.signInWhoSees(number, office, ['officer', 'village'], ['mine', 'new']);
  if (/act\/take"/.test(story.person.page)) {
    await story.person.send({}, { which: 'act/take' });
  }
}

// Whoever has the case is told that the register is asked in place of the paper.
async function lookedUp(office, key, ...registers) {
  story.as('a citizen');
  await story.applied(key, office);
  await takenUp(story.kept.case, office);
  story.person.see('電子查驗', ...registers);
  const reader = await page(`/${office}/services/${key}`);
  reader.see('由本機關查調，免附');
}

// Each as a page; `files` of them as PDF and as ODF, too: drawing takes its time.
async function sheets({ office, key, online: asks }, names, files = []) {
  for (const name of names.filter((n) => asks || (n !== 'form' && n !== 'sample'))) {
    await page(`/${office}/services/${key}/sheets/${name}`);
  }
  for (const name of files) {
    await file(`/${office}/services/${key}/files/${name}.pdf`, '25 50 44 46');
    await file(`/${office}/services/${key}/files/${name}.odt`, '50 4B 03 04');
  }
}

// The procedure in words, its flow chart and its limit, for one way of applying.
async function procedure({ office, key }, way) {
  const where = `/${office}/services/${key}/sheets/sop-${way}`;
  let reader = await page(where);
  for (let i = 0; i < 5 && !reader.page.includes('<svg class="chart"'); i += 1) {
    reader = await page(where); // the drawing was late
  }
  reader.see('流程圖', '處理期限');
  assert.match(reader.page, /<svg class="chart"/);
}

const waysOf = (reader) => ways.filter((way) => reader.page.includes(`/sheets/sop-${way}"`));

const rows = [
  ['every service says its limit, its fee, who handles it and their telephone', async () => {
    await each(all(), async (s) => {
      const reader = await page(`/${s.office}/services/${s.key}`);
      reader.see('處理期限', '規費', '承辦單位');
      assert.match(reader.page, /href="tel:/);
    });
  }],
  ['every service has a procedure with flow chart and limit for each of its ways', async () => {
    await each(all(), async (s) => {
      const reader = await page(`/${s.office}/services/${s.key}/sheets`);
      const found = waysOf(reader);
      assert.ok(found.length > 0, 'no procedure');
      for (const way of found) {
        await procedure(s, way);
      }
    });
  }],
  ['what is done without coming has a procedure of its own way', async () => {
    await procedure({ office: 'household', key: 'transcript' }, 'telephone');
    await procedure({ office: 'household', key: 'transcript' }, 'post');
    await procedure({ office: 'district', key: 'zoning' }, 'online');
    await procedure({ office: 'district', key: 'disability' }, 'home');
    await procedure({ office: 'district', key: 'elder_lunch' }, 'list');
  }],
  ['every service has a sheet for the wall and a one-time notice, as PDF and as ODF', async () => {
    await each(all(), (s) => sheets(s, ['guide', 'notice'], ['guide']));
  }],
  ['every form can be taken blank and filled in as a sample, as PDF and as ODF', async () => {
    await each(all().filter((s) => s.online), (s) => sheets(s, ['form', 'sample'], ['form']));
    await sheets({ office: 'district', key: 'zoning', online: true }, [], ['sample', 'notice', 'sop-online']);
  }],
  ['mediation, its certificate and the insurance of group six are applied for on line', async () => {
    await each(these('district', ['mediation', 'mediation_failed']), appliedOnline);
    const reader = await page('/district/services/nhi');
    reader.see('轉出');
    assert.match(reader.page, /<a class="btn[^"]*" href="https:\/\//);
  }],
  ['seven matters of a district office and more are applied for on line', async () => {
    assert.ok(online('district').length >= 7, `${online('district').length}`);
    await each(online('district'), appliedOnline);
  }],
  ['civil, economic and social matters are applied for on line', async () => {
    const units = new Set(online('district').map((s) => s.unit));
    assert.ok(['civil', 'works', 'social'].every((unit) => units.has(unit)), [...units].join(' '));
  }],
  ['sixteen services stand on line, those of other systems with what to have ready', async () => {
    assert.ok(online('district').length >= 16, `${online('district').length}`);
    const reader = await page('/district/services/conscript_travel');
    assert.match(reader.page, /<a class="btn[^"]*" href="https:\/\//);
    reader.see('請先備妥');
  }],
  ['services on line are reached from the first page, with guidance and whom to ask', async () => {
    const home = await page('/district');
    assert.match(home.page, /href="\/district\/services\/zoning"/);
    await each(online('district'), async (s) => {
      const reader = await page(`/district/services/${s.key}`);
      reader.see('申辦方式');
      assert.match(reader.page, /href="tel:/);
      assert.match(reader.page, /<div class="text">|<p class="lead">/);
    });
  }],
  ['land and cadastral papers are looked up for a zoning certificate', async () => {
    await lookedUp('district', 'zoning', '土地登記');
  }],
  ['military matters look up household and conscription, no transcript is asked for', async () => {
    await lookedUp('district', 'family_service', '戶籍');
    await lookedUp('district', 'soldier_family', '役政');
    await each(lists.get('district').filter((s) => /conscript|defer|soldier|family_service/.test(s.key)), async (s) => {
      const body = await (await fetch(`${server.url}/api/v1/district/services/${s.key}`)).json();
      const asked = (body.papers ?? []).filter((p) => !p.looked_up_by_office && /謄本/.test(p.name.zh));
      assert.deepEqual(asked.map((p) => p.name.zh), []);
    });
  }],
  ['property, income and tax are looked up together for welfare', async () => {
    await lookedUp('district', 'low_income', '財產', '所得', '稅籍', '戶籍');
    await lookedUp('district', 'elder_allowance', '財產', '所得', '戶籍');
  }],
  ['every paper that a register replaces can be asked for, whichever the service', async () => {
    // A business is looked up only where one applies.
    const asks = ({ office, key }) => /^ +lookup: (?!business)/m.test(
      fs.readFileSync(path.join(root, 'packs', 'demo', office, `${key}.yaml`), 'utf8'));
    const found = all().filter((s) => s.online && asks(s));
    assert.ok(found.length >= 8, `${found.length}`);
    await each(found, (s) => lookedUp(s.office, s.key));
  }],
  ['transcripts are applied for on line, by telephone, by post and from elsewhere', async () => {
    await appliedOnline({ office: 'household', key: 'transcript' });
    const reader = await page('/household/services/transcript');
    reader.see('電話', '郵寄', '其他機關代收');
    story.as('a registrar');
    await story.signIn(someoneWith(server.folder, 'household', 'officer'));
    await story.open('/staff/intake/services/transcript');
    story.person.see('電話', '郵寄');
  }],
  ['fees and fines for late registration are published', async () => {
    const reader = await page('/household/fees');
    reader.see('罰鍰', '戶籍謄本');
    await file('/household/fees/fees.pdf', '25 50 44 46');
    (await page('/household/services/birth')).see('罰鍰');
  }],
  ['registrations have notes of what to bring and what they cost', async () => {
    await each(these('household', ['birth', 'registration', 'id_lost', 'id_renew', 'household_book']), async (s) => {
      (await page(`/household/services/${s.key}/sheets/guide`)).see('應備證件', '規費');
    });
  }],
  ['the scroll of the mayor is asked for on line, with its procedure and its progress', async () => {
    await each(these('cityhall', ['scroll']), appliedOnline);
    await procedure({ office: 'cityhall', key: 'scroll' }, 'online');
    (await page('/cityhall/services/scroll')).see('中堂', '輓額');
  }],
  ['halls, archives and scrolls of the city are found in one place', async () => {
    const home = await page('/cityhall/services');
    for (const key of ['venue', 'archives', 'scroll']) {
      assert.match(home.page, new RegExp(`href="/cityhall/services/${key}"`));
    }
    await each(these('cityhall', ['venue', 'archives', 'scroll']), appliedOnline);
  }],
  ['services made for older people, families or people in need are found together', async () => {
    (await page('/district/services')).see('專為這些民眾辦理', '長輩');
    (await page('/district/search?for=elders')).see('老人營養午餐', '敬老').notSee('路燈報修');
    (await page('/health/search?for=families')).see('兒童預防接種');
    (await page('/household/search?for=newcomers')).see('英文戶籍謄本');
    (await page('/en/district/search?for=in_need')).see('People in need', 'Emergency relief');
  }],
  ['a consumer reads how to complain, how long it takes and where else', async () => {
    const reader = await page('/cityhall/services/consumer_complaint');
    reader.see('處理期限', '申辦方式');
    await sheets({ office: 'cityhall', key: 'consumer_complaint', online: true }, ['guide', 'form', 'sample']);
    await procedure({ office: 'cityhall', key: 'consumer_complaint' }, 'counter');
  }],
];

const names = process.argv.slice(2).filter((name) => name !== 'all');
const wanted = rows.filter(([name]) => names.length === 0 || names.some((w) => name.includes(w)));

(async () => {
  if (wanted.length === 0) {
    tap.done();
    return;
  }
  server = await start(demoFolder('promises'), { clock: `${today}T10:00` });
  story = new Story(server);
  try {
    for (const office of offices) {
      const { services } = await (await fetch(`${server.url}/api/v1/${office}/services`)).json();
      lists.set(office, services.map((s) => ({ ...s, office })));
    }
    for (const [name, body] of wanted) {
      await tap.test(name, body);
    }
  } finally {
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'promises are looked at', error.stack); tap.done(); process.exit(1); });
