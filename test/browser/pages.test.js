// pages — every page once: axe, layout, the HTML checkers, no dead link, one look by turns
// (zh 390 light · en 1280 dark · ja 390 light). With `all` every look for every language.
'use strict';

const tap = require('../lib/tap.js');
const { Visitor } = require('../lib/visitor.js');
const { demoFolder, start, stop, someoneWith, today } = require('../lib/server.js');
const checkers = require('../lib/checkers.js');
const { launch, looks, context, axe, layout } = require('./lib.js');
const { crawl } = require('./crawl.js');

const everything = process.argv.includes('all');

async function signedIn(server, office, duty, lang) {
  const person = someoneWith(server.folder, office, duty);
  const visitor = new Visitor(server.url);
  await visitor.get(`${lang === 'zh' ? '' : `/${lang}`}/staff/sign-in`);
  await visitor.send({ name: person.name, password: person.password });
  visitor.is(200);
  return visitor;
}

function lookList(lang) {
  if (!everything) {
    return [looks[lang]];
  }
  return [320, 390, 1280].flatMap((width) => ['light', 'dark'].map((colorScheme) => (
    { lang, width, height: 900, colorScheme })));
}

// A page in its look: the layout always, axe where it is the page's turn.
async function check(pane, page, look, withAxe) {
  const tab = await pane.newPage();
  const complaints = [];
  tab.on('console', (m) => { if (m.type() === 'error') { complaints.push(`console: ${m.text()}`); } });
  await tab.setViewportSize({ width: look.width, height: look.height });
  await tab.goto(page.url);
  complaints.push(...(withAxe ? await axe(tab) : []), ...await layout(tab));
  if (!everything) {
    await tab.setViewportSize({ width: 320, height: 800 });
    complaints.push(...(await layout(tab)).map((c) => `at 320: ${c}`));
  }
  await tab.close();
  tap.claim(complaints.length === 0, `${page.kind} ${look.lang} ${look.width} ${look.colorScheme}${withAxe ? '' : ' (layout)'}`,
    `${page.url}\n${complaints.join('\n')}`);
}

// Each page is axe's once, in one language by turns; with `all` in every language and look.
async function checkAll(browser, visitor, pages, lang, turn) {
  for (const look of lookList(lang)) {
    const pane = await context(browser, look);
    await pane.addCookies([...visitor.jar].map(([name, c]) => ({ name, value: c.value, url: visitor.base })));
    const waiting = pages.map((page, i) => [page, everything || i % 3 === turn]);
    await Promise.all([1, 2].map(async () => {
      while (waiting.length > 0) {
        const [page, withAxe] = waiting.shift();
        await check(pane, page, look, withAxe);
      }
    }));
    await pane.close();
  }
}

(async () => {
  const server = await start(demoFolder('pages'), { clock: `${today}T10:00` });
  const browser = await launch();
  const all = [];
  try {
    for (const lang of ['zh', 'en', 'ja']) {
      const home = lang === 'zh' ? '/' : `/${lang}`;
      const visitors = [
        ['visitor', new Visitor(server.url), [home]],
        ['officer', await signedIn(server, 'district', 'officer', lang), [`${lang === 'zh' ? '' : home}/staff`]],
        ['ethics', await signedIn(server, 'district', 'ethics', lang), [`${lang === 'zh' ? '' : home}/staff/readings`]],
        ['admin', await signedIn(server, 'district', 'admin', lang), [`${lang === 'zh' ? '' : home}/staff`]],
      ];
      for (const [who, visitor, starts] of visitors) {
        const { pages, dead } = await crawl(visitor, starts, {
          inside: (url, language) => language === lang && (who === 'visitor' || url.pathname.includes('/staff')),
        });
        tap.claim(pages.length > 2 && dead.length === 0, `${who} ${lang}: ${pages.length} pages and no dead link`, dead.join('\n'));
        pages.sort((one, other) => (one.kind < other.kind ? -1 : 1));
        all.push(...pages.map((page) => ({ ...page, lang })));
        await checkAll(browser, visitor, pages, lang, ['zh', 'en', 'ja'].indexOf(lang));
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
