// checkers — what is said of pages as text: the HTML checkers and the punctuation of zh and ja.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const tap = require('./tap.js');

const tools = path.join(__dirname, '..', 'browser');
const modules = path.join(tools, 'node_modules');
const cjk = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}々〇]';
const halfWidth = new RegExp(`${cjk}[,:;?!()] ?(?=${cjk})|${cjk} ?\\((?=${cjk})|\\((?=${cjk})`, 'gu');

// One run of each checker over all pages at once: starting Java sixty times would be slow.
function html(pages) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bianmin-html-'));
  pages.forEach((page, i) => {
    const name = `${String(i).padStart(3, '0')}${page.kind.replace(/[^\w]+/g, '_')}-${page.lang}.html`;
    fs.writeFileSync(path.join(folder, name), page.html);
  });
  const jar = path.join(modules, 'vnu-jar', 'build', 'dist', 'vnu.jar');
  const vnu = spawnSync('java', ['-jar', jar, '--errors-only', '--format', 'text', folder],
    { encoding: 'utf8', timeout: 300000 });
  tap.claim(vnu.status === 0, `the Nu checker finds nothing in ${pages.length} pages`,
    (vnu.stderr || String(vnu.error)).replaceAll(folder, ''));
  const validate = spawnSync(process.execPath, [path.join(modules, 'html-validate', 'bin', 'html-validate.mjs'),
    '--config', path.join(tools, '.htmlvalidate.json'), '--formatter', 'text', folder], { encoding: 'utf8', timeout: 300000 });
  tap.claim(validate.status === 0, `html-validate finds nothing in ${pages.length} pages`,
    (validate.stdout + validate.stderr).replaceAll(folder, ''));
  fs.rmSync(folder, { recursive: true });
}

// Half-width punctuation among Han and kana, on a zh or ja page; what is code or typed is left out.
function narrow(page) {
  const texts = page.html.replace(/<(script|style|code|pre|textarea)\b[\s\S]*?<\/\1>/g, '\n')
    .replace(/<[^>]*>/g, '\n').split('\n');
  return texts.filter((text) => text.search(halfWidth) >= 0).map((text) => text.trim());
}

function punctuation(pages) {
  const found = pages.filter((page) => page.lang !== 'en')
    .flatMap((page) => narrow(page).map((text) => `${page.lang} ${page.kind}: ${text.slice(0, 120)}`));
  tap.claim(found.length === 0, 'punctuation among Han characters is full-width', [...new Set(found)].join('\n'));
}

module.exports = { html, punctuation };
