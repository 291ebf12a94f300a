// pages — lines 1, 2, 6 and 11: serving pages.
'use strict';

const path = require('node:path');
const { median, percentile, ratio, row } = require('./figures.js');
const { wrk, pagesScript, raw, startNginx, serverMicros, sleep } = require('./measure.js');
const { engineName, statusPages, staffPage, worklistPage } = require('./cities.js');
const fs = require('node:fs');

const rounded = (list) => list.map(Math.round).join(' ');
const against = (ours, theirs) => `${Math.round(median(ours))}/s against ${Math.round(median(theirs))}/s (ours ${rounded(ours)}; nginx ${rounded(theirs)})`;

async function line1({ cities, options }) {
  const server = await cities.server('sqlite', 'demo');
  const page = await raw(`${server.url}/district`);
  const nginx = await startNginx(cities.scratch, page.body);
  const rows = [];
  for (const connections of [64, 512]) {
    const ours = [];
    const theirs = [];
    for (let i = 0; i < options.rounds; i += 1) {
      ours.push(wrk(`${server.url}/district`, { connections, time: options.seconds }).perSecond);
      theirs.push(wrk(nginx.url, { connections, time: options.seconds }).perSecond);
    }
    rows.push(row({ line: 1, what: `cached public page ÷ nginx, ${page.body.length} same bytes, ${connections} connections`,
      goal: ['≥', 1], value: ratio(ours, theirs), raw: against(ours, theirs) }));
  }
  await nginx.stop();
  return rows;
}

async function line2({ cities, options, engine }) {
  const server = await cities.server(engine, 'small');
  const pages = await statusPages(server);
  const script = pagesScript(path.join(cities.scratch, `status-${engine}.lua`), pages);
  const page = await raw(server.url + pages[0].path, { cookie: pages[0].cookie });
  const nginx = await startNginx(cities.scratch, page.body);
  const ours = [];
  const theirs = [];
  let failed = 0;
  for (let i = 0; i < options.rounds; i += 1) {
    const run = wrk(server.url, { script, time: options.seconds });
    failed += run.failed;
    ours.push(run.perSecond);
    theirs.push(wrk(nginx.url, { time: options.seconds }).perSecond);
  }
  await nginx.stop();
  if (failed > 0) {
    throw new Error(`line 2: ${failed} status pages did not come`);
  }
  return [row({ line: 2, engine: engineName[engine], what: `a citizen's status page ÷ nginx static, ${page.body.length} same bytes, 64 connections`,
    goal: ['≥', 0.5], value: ratio(ours, theirs), raw: `${against(ours, theirs)}; ${pages.length} cases in turn` })];
}

// What is asked of both sizes: the page, the name of its route in the log, where to find it.
const grown = [
  { what: 'a citizen\'s status page', route: 'follow.progress', of: statusPages },
  { what: 'a clerk\'s own worklist', route: 'casework.worklist', of: async (s) => [await worklistPage(s, 'clerk@district', 'mine')] },
  { what: 'the open cases of a unit', route: 'casework.worklist', of: async (s) => [await worklistPage(s, 'chief@district', 'unit')] },
  { what: 'all cases of an office, newest first', route: 'casework.worklist', of: async (s) => [await worklistPage(s, 'secretary@district', 'all')] },
  { what: 'the head\'s page', route: 'casework.head', of: async (s) => [await staffPage(s, 'head@district', 'head')] },
];

// The server's own time of one request after the other, from its log: µs.
async function serverTimes(server, script, route, seconds) {
  await sleep(100);
  const from = fs.statSync(server.logFile).size;
  wrk(server.url, { script, connections: 1, time: seconds });
  await sleep(150);
  return serverMicros(server.logFile, from, route);
}

async function growth(context, page) {
  const { cities, options, engine } = context;
  const sides = [];
  for (const size of ['small', 'large']) {
    const server = await cities.server(engine, size);
    const pages = await page.of(server);
    sides.push({ size, server, p50: [], p99: [], rows: pages[0].rows,
      script: pagesScript(path.join(cities.scratch, `${engine}-${size}.lua`), pages) });
    await serverTimes(server, sides.at(-1).script, page.route, 1); // warm
  }
  for (let i = 0; i < options.rounds; i += 1) {
    for (const side of sides) {
      const took = await serverTimes(side.server, side.script, page.route, Math.max(1, options.seconds / 2));
      side.p50.push(percentile(took, 0.5));
      side.p99.push(percentile(took, 0.99));
    }
  }
  const [small, large] = sides;
  return row({ line: 6, engine: engineName[engine], what: `${page.what}, p50 with ${options.large} cases ÷ ${options.small}`,
    goal: ['≤', 1.5], value: ratio(large.p50, small.p50),
    raw: `${Math.round(median(large.p50))} µs against ${Math.round(median(small.p50))} µs (${rounded(large.p50)}; ${rounded(small.p50)}); p99 ${
      Math.round(median(large.p99))} and ${Math.round(median(small.p99))} µs${small.rows ? `; ${large.rows} and ${small.rows} rows` : ''}` });
}

async function line6(context) {
  const rows = [];
  for (const page of grown) {
    rows.push(await growth(context, page));
  }
  return rows;
}

async function line11({ cities }) {
  const server = await cities.server('sqlite', 'demo');
  const br = { 'accept-encoding': 'br' };
  const page = await raw(`${server.url}/district`, br);
  const plain = (await raw(`${server.url}/district`)).body.toString();
  const parts = [...plain.matchAll(/<(?:link rel="(?:stylesheet|icon)"[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)"/g)].map((m) => m[1]);
  let bytes = page.body.length + page.headers;
  for (const part of parts) {
    const answer = await raw(new URL(part, server.url), br);
    bytes += answer.body.length + answer.headers;
  }
  return [
    row({ line: 11, what: 'first public page over the wire with headers, KB', goal: ['≤', 30], value: bytes / 1024, raw: `page ${page.body.length} bytes br` }),
    row({ line: 11, what: 'requests', goal: ['≤', 5], value: 1 + parts.length, raw: parts.join(' ') }),
  ];
}

module.exports = { line1, line2, line6, line11 };
