// chart — the rows of the report as a picture: how far each figure is beyond its goal, on a
// logarithmic scale. Black on white or white on black as the reader's machine has it.
'use strict';

const { reach, show, showGoal } = require('./figures.js');

const wide = 960;
const left = 470; // where the bars' ground begins
const right = 860;
const rowHigh = 24;
const head = 64;
const least = 1 / 4;
const most = 16;

const escape = (s) => String(s).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const place = (n) => left + (right - left)
  * (Math.log(Math.min(most, Math.max(least, n))) - Math.log(least)) / (Math.log(most) - Math.log(least));
// Han signs are twice as wide as others; there are none, but a long line must not reach the bars.
const short = (s, signs) => (s.length > signs ? `${s.slice(0, signs - 1)}…` : s);

const style = `
  text { font: 13px "Noto Sans", system-ui, sans-serif; fill: #15212b }
  .head { font-size: 17px; font-weight: 600 } .small { font-size: 12px; fill: #475560 } .end { text-anchor: end } .middle { text-anchor: middle }
  .ground { fill: #fff } .rule { stroke: #c6d1d3 } .goal { stroke: #15212b; stroke-width: 2 }
  .met { fill: #0a5860 } .missed { fill: #b3261e }
  @media (prefers-color-scheme: dark) {
    text { fill: #e8eef0 } .small { fill: #b6c2c8 } .ground { fill: #10191f } .rule { stroke: #3b4b55 } .goal { stroke: #e8eef0 }
    .met { fill: #7fd0cb } .missed { fill: #ff9b91 }
  }`;

function bar(r, i) {
  const y = head + i * rowHigh;
  const [from, to] = [place(1), place(reach(r))].sort((a, b) => a - b);
  const name = `${r.line}  ${r.engine ? `${r.engine}: ` : ''}${r.what}`;
  return `  <text x="12" y="${y + 16}">${escape(short(name, 64))}</text>
  <rect class="${r.met ? 'met' : 'missed'}" x="${from.toFixed(1)}" y="${y + 5}" width="${Math.max(2, to - from).toFixed(1)}" height="14" rx="2"/>
  <text class="small" x="${right + 12}" y="${y + 16}">${escape(`${show(r.value)} (${showGoal(r.goal)})`)}</text>`;
}

function chart(rows, date) {
  const shown = rows.filter((r) => reach(r) !== null);
  const high = head + shown.length * rowHigh + 40;
  const scale = [0.25, 0.5, 1, 2, 4, 8, 16].map((n) => `  <line class="${n === 1 ? 'goal' : 'rule'}" x1="${place(n).toFixed(1)}" x2="${place(n).toFixed(1)}" y1="${head}" y2="${high - 32}"/>
  <text class="small middle" x="${place(n).toFixed(1)}" y="${high - 14}">${n === 1 ? 'goal' : n < 1 ? `1/${1 / n}` : `${n} ×`}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" role="img" aria-label="Figures against their goals, ${escape(date)}">
  <style>${style}
  </style>
  <rect class="ground" width="${wide}" height="${high}"/>
  <text class="head" x="12" y="26">Figures against their goals</text>
  <text class="small" x="12" y="46">to the right of the line: better than the goal; to the left: missed; ${escape(date)}</text>
${[...scale, ...shown.map(bar)].join('\n')}
</svg>
`;
}

module.exports = { chart };
