// pages — every page once: axe, layout, the HTML checkers, no dead link, one look by turns
// (zh 390 light · en 1280 dark · ja 390 light). With `all` every look for every language.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const tap = require('../lib/tap.js');
const { Visitor } = require('../lib/visitor.js');
const { demoFolder, start, stop, someoneWith, today } = require('../lib/server.js');
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

async function check(browser, visitor, page, look) {
  const pane = await context(browser, look);
  await pane.addCookies([...visitor.jar].map(([name, c]) => ({ name, value: c.value, url: visitor.base })));
  const tab = await pane.newPage();
  const complaints = [];
  tab.on('console', (m) => { if (m.type() === 'error' && !/favicon/.test(m.text())) { complaints.push(`console: ${m.text()}`); } });
  await tab.goto(page.url);
  complaints.push(...await axe(tab), ...await layout(tab));
  if (!everything && look.width > 320) {
    await tab.setViewportSize({ width: 320, height: 800 });
    complaints.push(...(await layout(tab)).map((c) => `at 320: ${c}`));
  }
  await pane.close();
  tap.claim(complaints.length === 0, `${page.kind} ${look.lang} ${look.width} ${look.colorScheme}`, `${page.url}\n${complaints.join('\n')}`);
}

// One run of each checker over all pages at once: starting Java sixty times would be slow.
function checkers(pages) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bianmin-html-'));
  pages.forEach((page, i) => {
    const name = `${String(i).padStart(3, '0')}${page.kind.replace(/[^\w]+/g, '_')}-${page.lang}.html`;
    fs.writeFileSync(path.join(folder, name), page.html);
  });
  const vnu = spawnSync('java', ['-jar', require('vnu-jar'), '--errors-only', '--format', 'text', folder],
    { encoding: 'utf8', timeout: 300000 });
  tap.claim(vnu.status === 0, `the Nu checker finds nothing in ${pages.length} pages`,
    (vnu.stderr || String(vnu.error)).replaceAll(folder, ''));
  const validate = spawnSync(process.execPath, [path.join(__dirname, 'node_modules', 'html-validate', 'bin', 'html-validate.js'),
    '--config', path.join(__dirname, '.htmlvalidate.json'), '--formatter', 'text', folder], { encoding: 'utf8', timeout: 300000 });
  tap.claim(validate.status === 0, `html-validate finds nothing in ${pages.length} pages`,
    (validate.stdout + validate.stderr).replaceAll(folder, ''));
  fs.rmSync(folder, { recursive: true });
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
        ['admin', await signedIn(server, 'district', 'admin', lang), [`${lang === 'zh' ? '' : home}/staff`]],
      ];
      for (const [who, visitor, starts] of visitors) {
        const { pages, dead } = await crawl(visitor, starts, {
          inside: (url, language) => language === lang && (who === 'visitor' || url.pathname.includes('/staff')),
        });
        tap.claim(pages.length > 2 && dead.length === 0, `${who} ${lang}: ${pages.length} pages and no dead link`, dead.join('\n'));
        for (const page of pages) {
          all.push({ ...page, lang });
          for (const look of lookList(lang)) {
            await check(browser, visitor, page, look);
          }
        }
      }
    }
    checkers(all);
  } finally {
    await browser.close();
    await stop(server);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'the pages are checked', error.stack); tap.done(); process.exit(1); });
