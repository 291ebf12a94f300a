// Walks every story of this folder on one demo city whose clock goes on; a story that begins
// with "in a city of its own" has one, because it goes far ahead. On both engines.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { demoFolder, start, stop, today } = require('../lib/server.js');
const checkers = require('../lib/checkers.js');
const { Visitor } = require('../lib/visitor.js');
const { kind } = require('../browser/crawl.js');
const { Story, walk } = require('./story.js');

// Each kind of page that the stories meet, refusals too, once a language: for the checkers.
const pages = new Map();
Visitor.everyPage = (visitor, method) => {
  if (!/^text\/html/.test(visitor.headers.get('content-type') || '')) {
    return;
  }
  const lang = /^\/(en|ja)(\/|$)/.exec(new URL(visitor.at).pathname)?.[1] ?? 'zh';
  const key = `${method} ${kind(visitor.at)} ${visitor.status} ${lang}`;
  if (!pages.has(key)) {
    pages.set(key, { kind: key, lang, html: visitor.page });
  }
};

// A demo city at work, and how its clock is set.
async function city(name) {
  const folder = demoFolder(name);
  const server = await start(folder, { clock: `${today}T10:00` });
  let ahead = 0;
  const setClock = async (ms) => {
    ahead += ms;
    const at = new Date(Date.parse(`${today}T10:00:00Z`) + ahead).toISOString().slice(0, 16);
    fs.writeFileSync(path.join(path.dirname(folder), 'clock'), at);
    await new Promise((resolve) => { setTimeout(resolve, 1200); });
  };
  return { server, setClock };
}

async function tell(name, text, { server, setClock }) {
  let broken = false;
  const claim = (ok, what, why) => { broken = true; tap.claim(ok, `${name}: ${what}`, why); };
  await walk(text, new Story(server, setClock), claim);
  if (!broken) {
    tap.claim(true, name.replace(/_/g, ' ').replace('.story', ''));
  }
}

(async () => {
  const wanted = process.argv.slice(2).filter((name) => name !== 'all');
  const stories = fs.readdirSync(__dirname).filter((name) => name.endsWith('.story')
    && (wanted.length === 0 || wanted.some((w) => name.includes(w)))).sort()
    .map((name) => ({ name, text: fs.readFileSync(path.join(__dirname, name), 'utf8') }));
  const alone = ({ text }) => /^in a city of its own$/m.test(text);
  const shared = await city('story');
  for (const { name, text } of stories.filter((story) => !alone(story))) {
    await tell(name, text, shared);
  }
  await stop(shared.server);
  for (const { name, text } of stories.filter(alone)) {
    const own = await city('story');
    await tell(name, text, own);
    await stop(own.server);
  }
  if (wanted.length === 0) {
    checkers.html([...pages.values()]);
    checkers.punctuation([...pages.values()]);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'the stories are walked', error.stack); tap.done(); process.exit(1); });
