// writes — lines 3, 4 and 12: keeping submissions; two nodes beside one.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { root, start, stop } = require('../test/lib/server.js');
const { median, row } = require('./figures.js');
const { wrk, wrkBeside, submitScript, raw, syncP99 } = require('./measure.js');
const { engineName, statusPages, worklistPage } = require('./cities.js');

const rounded = (list) => list.map(Math.round).join(' ');

// `store-bench` prints lines name<TAB>value; bare and writer in alternating runs. Once for both
// lines that need it.
function store(context) {
  const { cities, options, engine } = context;
  context.bare ??= {};
  if (!context.bare[engine]) {
    const args = [...(options.quick ? ['--quick'] : []), ...(engine === 'sqlite' ? [] : ['--database', cities.database('store_bench')])];
    const result = spawnSync(path.join(root, 'build', 'store-bench'), args, { encoding: 'utf8', cwd: cities.scratch, timeout: 900000 });
    if (result.status !== 0) {
      throw new Error(`store-bench: ${result.status ?? result.signal} ${result.stderr}`);
    }
    context.bare[engine] = Object.fromEntries(result.stdout.trim().split('\n').filter((l) => l.includes('\t')).map((l) => l.split('\t')));
  }
  return context.bare[engine];
}

function line3(context) {
  const f = store(context);
  return [row({ line: 3, engine: engineName[context.engine], what: 'durable submissions inside the process (writer only) ÷ bare batch limit of the engine',
    goal: ['≥', 0.5], value: Number(f.ratio),
    raw: `${f.writer_per_second}/s against ${f.bare_per_second}/s (writer ${f.writer_runs}; bare ${f.bare_runs})` })];
}

async function submission(server) {
  const where = '/api/v1/district/services/zoning';
  return { path: `${where}/cases`, body: JSON.stringify(JSON.parse((await raw(server.url + where)).body).example) };
}

async function line4(context) {
  const { cities, options, engine } = context;
  const bare = Number(store(context).bare_per_second);
  const server = await cities.server(engine, 'demo');
  const what = await submission(server);
  const script = (name, delay) => submitScript(path.join(cities.scratch, `${name}.lua`), { ...what, name, delay });
  const load = (connections, file) => wrk(server.url, { connections, script: file, time: options.seconds });
  const full = [];
  for (let i = 0; i < options.rounds; i += 1) {
    full.push(load(256, script(`full${i}`)));
  }
  const rate = median(full.map((f) => f.perSecond));
  const p50 = median(full.map((f) => f.p50));
  const p99 = median(full.map((f) => f.p99));
  const delay = Math.max(1, Math.round(64 / (rate / 4) * 1000));
  const calm = [];
  for (let i = 0; i < options.rounds; i += 1) {
    calm.push(load(64, script(`calm${i}`, delay)));
  }
  const sync = syncP99(cities.scratch);
  const most = Math.round(Math.max(10, 50 * sync));
  const refused = full.concat(calm).reduce((sum, f) => sum + f.failed, 0);
  const of = { line: 4, engine: engineName[engine] };
  return [
    row({ ...of, what: 'durable submissions over HTTP, the whole path, 256 clients ÷ bare limit', goal: ['≥', 0.2], value: rate / bare,
      raw: `${Math.round(rate)}/s against ${Math.round(bare)}/s (${rounded(full.map((f) => f.perSecond))}); ${refused} refused` }),
    row({ ...of, what: 'p99 ÷ p50 at that rate', goal: ['≤', 4], value: p99 / p50, raw: `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms` }),
    row({ ...of, what: 'p99 in ms at a quarter of that rate', goal: ['≤', most], value: median(calm.map((f) => f.p99)),
      raw: `${Math.round(median(calm.map((f) => f.perSecond)))}/s; fdatasync p99 ${sync.toFixed(2)} ms` }),
  ];
}

// A second program on the same database: a folder of its own with the same key and settings.
async function secondNode(cities, first) {
  const folder = path.join(cities.scratch, 'second_node');
  fs.mkdirSync(folder, { mode: 0o700 });
  for (const name of ['key', 'settings.yaml']) {
    fs.copyFileSync(path.join(first.folder, name), path.join(folder, name));
    fs.chmodSync(path.join(folder, name), fs.statSync(path.join(first.folder, name)).mode);
  }
  return start(folder, { logTo: path.join(cities.scratch, 'second_node.log') });
}

// Mostly looking, one submission in twenty: the same load on one node, or half on each.
async function line12({ cities, options }) {
  const first = await cities.server('postgresql', 'small');
  const what = await submission(first);
  const pages = [...await statusPages(first), await worklistPage(first, 'clerk@district', 'mine')];
  const second = await secondNode(cities, first);
  const run = async (name, targets) => {
    const loads = await Promise.all(targets.map((server, i) => wrkBeside(server.url, { connections: 32, time: options.seconds,
      script: submitScript(path.join(cities.scratch, `mixed${i}.lua`), { ...what, name: `${name}${i}`, among: 20, pages }) })));
    return { perSecond: loads.reduce((sum, l) => sum + l.perSecond, 0), failed: loads.reduce((sum, l) => sum + l.failed, 0) };
  };
  const one = [];
  const two = [];
  try {
    await run('warm', [first, second]);
    for (let i = 0; i < options.rounds; i += 1) {
      one.push(await run(`one${i}`, [first, first]));
      two.push(await run(`two${i}`, [first, second]));
    }
  } finally {
    await stop(second);
  }
  const rates = (list) => list.map((r) => r.perSecond);
  return [row({ line: 12, engine: engineName.postgresql, what: 'two program nodes ÷ one, mixed load (a submission in 20 pages), 64 connections',
    value: median(rates(two)) / median(rates(one)),
    raw: `${Math.round(median(rates(two)))}/s against ${Math.round(median(rates(one)))}/s (two ${rounded(rates(two))}; one ${rounded(rates(one))}); ${
      one.concat(two).reduce((sum, r) => sum + r.failed, 0)} refused; all on one machine with its database and the load` })];
}

module.exports = { line3, line4, line12 };
