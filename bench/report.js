// report — writes doc/performance.md between marks; what people wrote around stays.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { show, showGoal } = require('./figures.js');
const { chart } = require('./chart.js');

const marks = {
  bench: ['<!-- bench: written by make bench, not by hand -->', '<!-- bench end -->'],
  peers: ['<!-- peers: written by make bench-peers, not by hand -->', '<!-- peers end -->'],
};

function machine() {
  const cpu = os.cpus();
  return `${new Date().toISOString().slice(0, 10)}, ${cpu.length} cores (${cpu[0].model.trim()}), `
    + `${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}`;
}

const asQuick = (quick) => (quick ? ' (a quick look, not for quoting)' : '');

// What stands between the marks of this part is replaced; without marks it comes at the end.
// Without a file it is only shown.
function replacePart(file, part, lines) {
  console.log(lines.join('\n'));
  if (file === null) {
    return;
  }
  const [begin, end] = marks[part];
  let old = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '# Figures\n';
  if (!old.includes(begin)) {
    old += `\n${begin}\n${end}\n`;
  }
  const from = old.indexOf(begin);
  const to = old.indexOf(end, from);
  fs.writeFileSync(file, `${old.slice(0, from)}${[begin, ...lines].join('\n')}\n${old.slice(to)}`);
}

const tableOf = (rows) => ['| # | engine | what | goal | figure | | raw |', '|---|---|---|---|---|---|---|',
  ...rows.map((r) => `| ${r.line} | ${r.engine} | ${r.what} | ${showGoal(r.goal)} | ${r.value === null ? '—' : `**${show(r.value)}**`} | ${r.state} | ${r.raw} |`)];

const tell = (rows) => console.log(tableOf(rows).join('\n'));

// `made`: how the cities came about. Lines without an engine are SQLite's or know none.
function writeReport(doc, rows, { rounds, seconds, quick, load, made }) {
  replacePart(path.join(doc, 'performance.md'), 'bench', [
    `${machine()}, load ${load.toFixed(1)} before the run${load > os.cpus().length / 2 ? ' (busy with other work: not for quoting)' : ''}; medians of ${rounds} alternating runs of ${seconds} s${asQuick(quick)}.`,
    '', ...made.map((m) => `- ${m}`), '',
    '![Figures against their goals](pictures/performance.svg)', '', ...tableOf(rows)]);
  fs.writeFileSync(path.join(doc, 'pictures', 'performance.svg'), chart(rows, new Date().toISOString().slice(0, 10)));
}

const jobs = { view: 'open one case', file: 'file one case' };

function refusedOf(who) {
  return Object.entries(who.filed).map(([at, f]) => `${f.refused > 0 ? `**${f.refused}** of ${f.sent} (${Math.round(100 * f.refused / f.sent)} %)` : `none of ${f.sent}`}`
    + ` with ${at} connection${at === '1' ? '' : 's'}`).join(', ');
}

function peerRow(who) {
  return `| ${who.name} ${who.version} | ${who.setting} | ${who.view.what} (${who.pageBytes} bytes, ${Math.round(who.wireBytes)} with its head) `
    + `| ${who.file.what} | ${refusedOf(who)} | ${who.said}, ${who.stored} | ${who.memory.toFixed(0)} MiB |`;
}

// `lines`: the ratios; `all`: ours first, then the peers, each with what it is and what it did.
function writePeers(file, lines, all, { rounds, seconds, connections, cases, watched, quick, load }) {
  replacePart(file, 'peers', [
    `${machine()}, load ${load.toFixed(1)} before the run${load > os.cpus().length / 2 ? ' (busy with other work: not for quoting)' : ''}; medians of ${rounds} alternating runs of ${seconds} s with ${connections} connections, `
    + `${cases} cases in each, ${watched} of them opened in turn${asQuick(quick)}.`,
    '', '| # | what | goal | figure | | raw |', '|---|---|---|---|---|---|',
    ...lines.map((l) => `| 5 | ${jobs[l.job]} ÷ ${l.beside} | ≥ ${l.goal} | **${show(l.value)}** | ${l.met ? 'met' : 'missed'} | ${l.raw} |`),
    '', '| who | how it runs | the page | the filing | refused | said to be kept, kept | memory (PSS) |', '|---|---|---|---|---|---|---|', ...all.map(peerRow)]);
}

module.exports = { writeReport, writePeers, tableOf, tell };
