// pages — every page once: axe, layout, the HTML checkers, no dead link, one look by turns
// (zh 390 light · en 1280 dark · ja 390 light). With `all` every look for every language.
// Before that a day is worked through, so that no page is looked at only when it is empty.
// `zh`: in this language alone; PICTURES=FOLDER keeps pictures.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { Visitor } = require('../lib/visitor.js');
const { root, demoFolder, start, stop, someoneWith, today } = require('../lib/server.js');
const checkers = require('../lib/checkers.js');
const { launch, looks, context, axe, layout } = require('./lib.js');
const { crawl } = require('./crawl.js');
const { Story, walk } = require('../story/story.js');

const everything = process.argv.includes('all');
const languages = ['zh', 'en', 'ja'];
const named = languages.filter((lang) => process.argv.includes(lang));
const wanted = named.length > 0 ? named : languages;
// The stories of the day, in their order.
const day = ['a_typhoon_moves_the_dates', 'one_time_notice_then_back_complete',
  'taken_in_by_staff_although_something_is_missing', 'counted_in_two_keys_and_taken_back',
  'two_units_are_consulted_side_by_side', 'a_paper_is_looked_up_instead',
  'a_fee_is_taken_and_the_day_is_closed', 'a_list_goes_to_the_household_office',
  'a_paper_goes_round_and_is_read', 'a_new_version_calls_for_new_sheets',
  'how_it_felt_goes_to_the_chief', 'a_certificate_is_numbered_sealed_and_confirmed'];

async function signedIn(server, office, duty, lang) {
  const person = someoneWith(server.folder, office, duty);
  const visitor = new Visitor(server.url);
  await visitor.get(`${lang === 'zh' ? '' : `/${lang}`}/staff/sign-in`);
  await visitor.send({ name: person.name, password: person.password });
  visitor.is(200);
  return visitor;
}

// The day's work: each story with its people, their cookies, and what it kept (cases, letters).
async function worked(server) {
  let ahead = 0;
  const told = {};
  const setClock = async (ms) => {
    ahead += ms;
    fs.writeFileSync(path.join(path.dirname(server.folder), 'clock'),
      new Date(Date.parse(`${today}T10:00:00Z`) + ahead).toISOString().slice(0, 16));
    await new Promise((resolve) => { setTimeout(resolve, 1200); });
  };
  for (const name of day) {
    const text = fs.readFileSync(path.join(root, 'test', 'story', `${name}.story`), 'utf8');
    told[name] = new Story(server, setClock);
    await walk(text, told[name], (ok, what, why) => tap.claim(ok, `${name}: ${what}`, why));
  }
  return told;
}

function lookList(lang) {
  if (!everything) {
    return [looks[lang]];
  }
  return [320, 390, 1280].flatMap((width) => ['light', 'dark'].map((colorScheme) => (
    { lang, width, height: 900, colorScheme })));
}

// PICTURES=FOLDER: what is looked at, as a picture on the phone and on a desk.
async function picture(tab, page, look) {
  for (const width of [390, 1280]) {
    await tab.setViewportSize({ width, height: 844 });
    await tab.screenshot({ path: path.join(process.env.PICTURES, `${page.kind.replace(/\W+/g, '_')}-${look.lang}-${width}.png`), fullPage: true });
  }
  await tab.setViewportSize({ width: look.width, height: look.height });
}

// A page in its look: the layout always, axe where it is the page's turn.
async function check(pane, page, look, withAxe) {
  const tab = await pane.newPage();
  const complaints = [];
  tab.on('console', (m) => { if (m.type() === 'error' && !/status of 422/.test(m.text())) { complaints.push(`console: ${m.text()}`); } });
  await tab.setViewportSize({ width: look.width, height: look.height });
  await tab.goto(page.url);
  if (process.env.PICTURES) { await picture(tab, page, look); }
  complaints.push(...(withAxe ? await axe(tab) : []), ...await layout(tab));
  if (!everything) {
    for (const width of [320, look.width < 600 ? 1280 : 390]) {
      await tab.setViewportSize({ width, height: 800 });
      complaints.push(...(await layout(tab)).map((c) => `at ${width}: ${c}`));
    }
  }
  await tab.close();
  tap.claim(complaints.length === 0, `${page.kind} ${look.lang} ${look.width} ${look.colorScheme}${withAxe ? '' : ' (layout)'}`,
    `${page.url}\n${complaints.join('\n')}`);
}

// By its kind a page is axe's in one language only; with `all` in every language and look.
function isTurn(page, lang) {
  const sum = [...page.kind].reduce((n, c) => n + c.codePointAt(0), 0);
  return everything || sum % 3 === languages.indexOf(lang);
}

async function checkAll(browser, visitor, pages, lang) {
  for (const look of lookList(lang)) {
    const pane = await context(browser, look);
    await pane.addCookies([...visitor.jar].map(([name, c]) => ({ name, value: c.value, url: visitor.base })));
    const waiting = [...pages];
    await Promise.all([1, 2].map(async () => {
      while (waiting.length > 0) {
        const page = waiting.shift();
        await check(pane, page, look, isTurn(page, lang));
      }
    }));
    await pane.close();
  }
}

// Who looks, where they begin, and how far their pages go.
async function visitors(server, lang, told) {
  const pre = lang === 'zh' ? '' : `/${lang}`;
  const at = (duty, ...starts) => [duty, starts.map((where) => pre + where), /\/staff/];
  const letter = told.a_certificate_is_numbered_sealed_and_confirmed;
  const felt = told.how_it_felt_goes_to_the_chief;
  const staff = [at('head', '/staff/head', '/staff'), at('coordinator', '/staff'), at('officer', '/staff'),
    at('cashier', '/staff/cashier/day', '/staff'), at('seal_keeper', '/staff'),
    at('ethics', '/staff/readings'), at('admin', '/staff')];
  const found = [
    ['visitor', new Visitor(server.url), [pre || '/', ...[letter.kept.confirm, '/district/once', '/district/key',
      '/district/draft'].map((where) => pre + where)], /^(?!.*\/staff)/],
    ['owner', felt.people.get('a citizen'), [`${pre}/district/status/${felt.kept.case}`], /\/(status|pay|receipt)\//],
    ['handler', letter.people.get('officer'), [pre + letter.kept.letter, pre + letter.kept.page], /\/staff\/(cases|letters|lookups|cashier)\//],
  ];
  for (const [duty, starts, inside] of staff) {
    found.push([duty, await signedIn(server, 'district', duty, lang), starts, inside]);
  }
  return found;
}

(async () => {
  const server = await start(demoFolder('pages'), { clock: `${today}T10:00` });
  const browser = await launch();
  const all = [];
  try {
    const past = await worked(server);
    for (const lang of wanted) {
      const looked = new Set();
      for (const [who, visitor, starts, within] of await visitors(server, lang, past)) {
        const { pages, dead } = await crawl(visitor, starts, {
          inside: (url, language) => language === lang && within.test(url.pathname),
          each: everything || lang === 'zh',
        });
        tap.claim(pages.length > 0 && dead.length === 0, `${who} ${lang}: ${pages.length} pages and no dead link`, dead.join('\n'));
        // What somebody before has seen alike is not looked at again.
        const fresh = pages.filter((page) => !looked.has(page.kind));
        fresh.forEach((page) => looked.add(page.kind));
        all.push(...fresh.map((page) => ({ ...page, lang })));
        await checkAll(browser, visitor, fresh, lang);
      }
    }
    checkers.html(all);
    checkers.punctuation(all);
  } finally {
    await browser.close();
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'the pages are checked', error.stack); tap.done(); process.exit(1); });
