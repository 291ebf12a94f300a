// Is what the bench works out from its runs right, and can a row be shown better than it is?
'use strict';

const assert = require('node:assert');
const { test, done } = require('../test/lib/tap.js');
const { median, percentile, ratio, row, reach, show } = require('./figures.js');
const { chart } = require('./chart.js');
const { tableOf } = require('./report.js');

(async () => {
  await test('a median is the middle one, or between the two middle ones', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(median([7]), 7);
  });
  await test('one wild run of five changes no ratio', () => {
    assert.equal(ratio([10, 10, 10, 10, 9000], [5, 5, 5, 5, 5]), 2);
  });
  await test('runs that come in are not put in another order', () => {
    const runs = [3, 1, 2];
    median(runs);
    assert.deepEqual(runs, [3, 1, 2]);
  });
  await test('of a hundred times the 99th is p99, of one time that one', () => {
    assert.equal(percentile(Array.from({ length: 100 }, (_, i) => i + 1), 0.99), 99);
    assert.equal(percentile([4], 0.99), 4);
  });
  await test('a goal is met at its very value and missed beside it', () => {
    assert.equal(row({ line: 1, what: '', goal: ['≥', 1], value: 1 }).state, 'met');
    assert.equal(row({ line: 1, what: '', goal: ['≥', 1], value: 0.999 }).state, 'missed');
    assert.equal(row({ line: 6, what: '', goal: ['≤', 1.5], value: 1.5 }).state, 'met');
    assert.equal(row({ line: 6, what: '', goal: ['≤', 1.5], value: 1.51 }).state, 'missed');
  });
  await test('what was not measured is never met', () => {
    for (const value of [undefined, null, NaN, Infinity]) {
      const r = row({ line: 7, what: '', goal: ['≤', 10], value });
      assert.equal(r.state, 'not measured');
      assert.equal(r.met, null);
      assert.equal(reach(r), null);
    }
    assert.equal(row({ line: 7, what: '', goal: ['≤', 1], state: 'does not exist yet' }).state, 'does not exist yet');
  });
  await test('how far beyond a goal counts the same for more and for less', () => {
    assert.equal(reach({ goal: ['≥', 0.5], value: 1 }), 2);
    assert.equal(reach({ goal: ['≤', 64], value: 32 }), 2);
    assert.equal(reach({ goal: ['≤', 64], value: 128 }), 0.5);
  });
  await test('a table shows engine, goal and state of each row, and a dash for no figure', () => {
    const text = tableOf([
      row({ line: 3, engine: 'SQLite', what: 'submissions', goal: ['≥', 0.5], value: 0.731, raw: '37/s' }),
      row({ line: 7, what: 'search', state: 'does not exist yet' }),
    ]).join('\n');
    assert.match(text, /\| 3 \| SQLite \| submissions \| ≥ 0\.5 \| \*\*0\.73\*\* \| met \| 37\/s \|/);
    assert.match(text, /\| 7 \|  \| search \|  \| — \| does not exist yet \|  \|/);
    assert.equal(show(1234.5), '1235');
  });
  await test('the chart is well formed, has a bar a measured row and none else', () => {
    const svg = chart([
      row({ line: 1, what: 'pages & <more>', goal: ['≥', 1], value: 0.5 }),
      row({ line: 6, engine: 'SQLite', what: 'growth', goal: ['≤', 1.5], value: 1 }),
      row({ line: 7, what: 'search', goal: ['≤', 1] }),
    ], '2026-03-02');
    assert.equal(svg.match(/<rect class="(met|missed)"/g).length, 2);
    assert.equal(svg.match(/<rect class="missed"/g).length, 1);
    assert.ok(svg.includes('pages &amp; &lt;more&gt;'));
    assert.ok(!svg.includes('search'));
  });
  done();
})();
