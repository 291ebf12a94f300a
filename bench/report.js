// report — writes doc/performance.md between its two marks; what people wrote around stays.
'use strict';

const fs = require('node:fs');
const os = require('node:os');

const begin = '<!-- bench: written by make bench, not by hand -->';
const end = '<!-- bench end -->';

function show(n) {
  return Math.abs(n) >= 100 ? n.toFixed(0) : n.toFixed(2);
}

function writeReport(file, lines, { pairs, seconds, quick }) {
  const rows = lines.map((l) => `| ${l.line} | ${l.what} | ${l.goal} | **${show(l.value)}** | ${l.met ? 'met' : 'missed'} | ${l.raw} |`);
  const cpu = os.cpus();
  const text = [begin,
    `${new Date().toISOString().slice(0, 10)}, ${cpu.length} cores (${cpu[0].model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}; `
    + `medians of ${pairs} alternating runs of ${seconds} s${quick ? ' (a quick look, not for quoting)' : ''}.`,
    '', '| # | what | goal | figure | | raw |', '|---|---|---|---|---|---|', ...rows, end].join('\n');
  const old = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : `# Figures\n\n${begin}\n${end}\n`;
  const from = old.indexOf(begin);
  const to = old.indexOf(end);
  fs.writeFileSync(file, old.slice(0, from) + text + old.slice(to + end.length));
  console.log(rows.join('\n'));
}

module.exports = { writeReport };
