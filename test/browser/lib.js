// lib — a real Chromium on the demo city: pages, axe, layout, checkers.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

// Three looks by turns, as `make check` does; `make proof` takes all.
const looks = {
  zh: { lang: 'zh', width: 390, height: 844, colorScheme: 'light' },
  en: { lang: 'en', width: 1280, height: 900, colorScheme: 'dark' },
  ja: { lang: 'ja', width: 390, height: 844, colorScheme: 'light' },
};

function context(browser, look, more = {}) {
  return browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colorScheme, locale: 'zh-TW', timezoneId: 'Asia/Taipei', ...more,
  });
}

const prefix = (lang) => (lang === 'zh' ? '' : `/${lang}`);

// Violations as lines; empty when there are none.
async function axe(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return result.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`);
}

// What axe does not see: sideways scroll, small targets, images that did not come.
async function layout(page) {
  return page.evaluate(() => {
    const found = [];
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) {
      const culprits = [...document.querySelectorAll('body *')]
        .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest('.scroll'))
        .slice(0, 3).map((e) => `${e.tagName}.${e.className}`);
      found.push(`scrolls sideways by ${wide} px: ${culprits.join(', ')}`);
    }
    for (const e of document.querySelectorAll('button:not(.vh), input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, .btn')) {
      const box = e.getBoundingClientRect();
      if (box.width > 2 && box.height > 2 && box.height < 24) {
        found.push(`target of ${Math.round(box.height)} px: ${e.outerHTML.slice(0, 80)}`);
      }
    }
    if (document.querySelectorAll('h1').length !== 1) {
      found.push(`${document.querySelectorAll('h1').length} h1`);
    }
    return found;
  });
}

module.exports = { launch, looks, context, prefix, axe, layout, path };
