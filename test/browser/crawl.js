// crawl — every page that can be reached by links, as a visitor or as staff; dead links.
//
// Pages that differ only in office, id, case number or query are one kind: at most `most` of a
// kind are kept, so that the checks see each page and not each case. Services keep their keys
// where `each` says so, since each brings questions of its own; not their sheets.
'use strict';

const { forms } = require('../lib/visitor.js');

function kind(address, each = true) {
  const url = new URL(address);
  return url.pathname
    .replace(/\/services\/\w+(?=\/(sheets|files|list)\b)/, '/services/{key}')
    .replace(/\/staff\/intake\/services\/\w+/, '/staff/intake/services/{key}')
    .replace(each ? /^$/ : /\/(services|apply)\/\w+/, '/$1/{key}')
    .replace(/\/[0-9A-Z]{20,}(?=\/|$)/, '/{token}')
    .replace(/\/\d{4}-\d\d\.(pdf|odt|csv)$/, '/{month}.$1')
    .replace(/\/[0-9A-HJKMNP-TV-Z]{13}(?=\/|$)/gi, '/{id}')
    .replace(/\/[A-Z]{2}-\d{3}-\d{6}-\d(?=\/|$)/g, '/{number}')
    .replace(/^\/(en|ja)(?=\/|$)/, '')
    .replace(/^\/(district|household|health|cityhall)(?=\/|$)/, '/{agency}') + (url.search ? '?' : '');
}

const isPage = (visitor) => (visitor.headers.get('content-type') || '').startsWith('text/html');

async function crawl(visitor, starts, { inside, most = 1, each = true, leave = /sign-out|\/assets\// } = {}) {
  const waiting = starts.map((address) => ({ address, from: 'start', isForm: false }));
  const seen = new Set();
  const kinds = new Map();
  const pages = [];
  const dead = [];
  while (waiting.length > 0) {
    const { address, from, isForm } = waiting.shift();
    const url = new URL(address, visitor.base);
    url.hash = '';
    if (seen.has(url.href) || url.origin !== visitor.base || leave.test(url.pathname)) {
      continue;
    }
    seen.add(url.href);
    const key = kind(url.href, each);
    const language = /^\/(en|ja)(\/|$)/.exec(url.pathname)?.[1] ?? 'zh';
    const met = kinds.get(key) ?? 0;
    if (inside && !inside(url, language)) {
      continue;
    }
    if (met >= most + 2) {
      continue;
    }
    kinds.set(key, met + 1);
    await visitor.ask('GET', url.href);
    if (visitor.status === 303 || visitor.status === 302) {
      waiting.push({ address: new URL(visitor.headers.get('location'), url).href, from: url.href });
      continue;
    }
    // A form sent empty may say what is missing: that is a page too.
    if (visitor.status !== 200 && !(isForm && visitor.status === 422)) {
      dead.push(`${url.pathname}${url.search} (${visitor.status}) from ${from}`);
      continue;
    }
    if (!isPage(visitor)) {
      continue;
    }
    if (met < most) {
      pages.push({ url: url.href, kind: key, html: visitor.page });
    }
    const ids = new Set([...visitor.page.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]));
    for (const [, href] of visitor.page.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)) {
      const plain = href.replace(/&amp;/g, '&');
      if (plain.startsWith('#')) {
        if (plain.length > 1 && !ids.has(plain.slice(1))) {
          dead.push(`${plain} on ${url.pathname}: no such place`);
        }
      } else if (!/^(mailto|tel|https?):/.test(plain) || plain.startsWith(visitor.base)) {
        waiting.push({ address: new URL(plain, url).href, from: url.pathname });
      }
    }
    for (const form of forms(visitor.page)) {
      if (/get/i.test(form.method || 'get') && form.action) {
        waiting.push({ address: new URL(form.action, url).href, from: url.pathname, isForm: true });
      }
    }
  }
  return { pages, dead };
}

module.exports = { crawl, kind };
