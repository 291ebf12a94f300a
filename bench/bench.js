// bench — the lines of our goals that exist so far, measured side by side on this machine in
// one go, written to doc/performance.md and doc/pictures/performance.svg.
//
//   make bench                                       all, some twenty minutes
//   make bench ARGS="--lines 2,6 --rounds 3"         only told, the document stays
//   make bench ARGS="--large 10000000"               growth to ten million cases (an hour)
//
// --engines sqlite,postgresql · --rounds · --seconds (a run) · --small · --large (cases) · --seed;
// QUICK=1 for a look. A figure is a ratio of medians from alternating runs (A B A B …), raw
// figures beside it. All servers listen on loopback; load comes from wrk on the same machine.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { root } = require('../test/lib/server.js');
const { row } = require('./figures.js');
const { options: read } = require('./measure.js');
const { Cities, engineName } = require('./cities.js');
const { line1, line2, line6, line11 } = require('./pages.js');
const { line3, line4, line12 } = require('./writes.js');
const { line8, line8start } = require('./memory.js');
const { writeReport, tell } = require('./report.js');

// In this order: what needs a quiet start first, the large cities last.
const steps = [
  { line: 3, each: true, run: line3 },
  { line: 8, each: true, run: line8 },
  { line: 1, run: line1 },
  { line: 11, run: line11 },
  { line: 4, each: true, run: line4 },
  { line: 2, each: true, run: line2 },
  { line: 12, needs: 'postgresql', run: line12 },
  { line: 6, each: true, run: line6 },
  { line: 8, each: true, run: line8start },
];

const missing = [
  [6, 'growth: search', 'comes with search'],
  [6, 'growth: dashboard, quarterly check', 'comes with reports'],
  [7, 'search over 100,000 documents', 'comes with search'],
  [9, 'a call at the counter to 2,000 displays, p99', 'comes with the counter'],
  [10, 'import of a plan; yearly report over 1 million cases', 'comes with plans and reports'],
].map(([line, what, state]) => row({ line, what, state }));

// One line that breaks is told as broken; the others go on, and the exit status says it.
async function measure(context, step, engine, rows) {
  const began = Date.now();
  try {
    rows.push(...await step.run(Object.assign(context, { engine })));
  } catch (error) {
    context.broken = true;
    console.error(error.stack);
    rows.push(row({ line: step.line, engine: step.each ? engineName[engine] : '', what: step.run.name, state: 'could not be measured', raw: error.message.split('\n')[0] }));
  }
  console.error(`# line ${step.line}${step.each ? `, ${engineName[engine]}` : ''}: ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

async function main() {
  const options = read(process.argv.slice(2));
  const cities = new Cities(fs.mkdtempSync(path.join(os.tmpdir(), 'bianmin-bench-')), options);
  const context = { cities, options };
  const load = os.loadavg()[0];
  const rows = [];
  try {
    for (const step of steps.filter((s) => options.lines === null || options.lines.includes(s.line))) {
      const engines = step.each ? options.engines : [step.needs ?? 'sqlite'];
      for (const engine of engines.filter((e) => options.engines.includes(e))) {
        await measure(context, step, engine, rows);
      }
    }
  } finally {
    await cities.end();
  }
  rows.push(...missing.filter((m) => options.lines === null || options.lines.includes(m.line)));
  const sorted = rows.map((r, i) => [r, i]).sort(([a, i], [b, k]) => a.line - b.line || i - k).map(([r]) => r);
  if (options.lines === null) {
    writeReport(path.join(root, 'doc'), sorted, { ...options, load, made: cities.times });
  } else {
    tell(sorted);
  }
  process.exitCode = context.broken ? 1 : 0;
}

main().catch((error) => { console.error(error.stack); process.exitCode = 1; });
