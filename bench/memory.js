// memory — line 8: memory of a server, and its start with many cases.
'use strict';

const net = require('node:net');
const path = require('node:path');
const { start, stop } = require('../test/lib/server.js');
const { median, row } = require('./figures.js');
const { sleep, raw, pssMiB } = require('./measure.js');
const { engineName } = require('./cities.js');

const many = 10000;

async function crowd(server) {
  const port = Number(new URL(server.url).port);
  const sockets = [];
  for (let i = 0; i < many; i += 1) {
    sockets.push(net.connect(port, '127.0.0.1'));
    sockets[i].on('error', () => {});
    if (i % 500 === 499) { await sleep(50); }
  }
  await sleep(1500);
  const open = sockets.filter((s) => s.readyState === 'open').length;
  const mib = pssMiB(server.child.pid);
  sockets.forEach((s) => s.destroy());
  return { open, mib };
}

async function line8({ cities, engine }) {
  const server = await start(cities.folder(engine, 'demo'), { logTo: path.join(cities.scratch, 'memory.log') });
  const calm = pssMiB(server.child.pid);
  const crowded = await crowd(server);
  await stop(server);
  const of = { line: 8, engine: engineName[engine] };
  return [
    row({ ...of, what: 'memory (PSS, helper process included) after start with the demo city, MiB', goal: ['≤', 64], value: calm }),
    // Fewer than asked for would be another figure.
    row({ ...of, what: `the same with ${many} idle connections, MiB`, goal: ['≤', 256], value: crowded.open === many ? crowded.mib : null,
      raw: crowded.open === many ? '' : `only ${crowded.open} connections came about` }),
  ];
}

// From the first instruction to the first page of an office, over and over.
async function line8start({ cities, options, engine }) {
  const folder = cities.folder(engine, 'large');
  const took = [];
  await cities.stopServer(engine, 'large');
  for (let i = 0; i < options.rounds; i += 1) {
    const began = process.hrtime.bigint();
    const server = await start(folder, { logTo: path.join(cities.scratch, 'start.log') });
    const answer = await raw(`${server.url}/district`);
    took.push(Number(process.hrtime.bigint() - began) / 1e9);
    await stop(server);
    if (answer.status !== 200) {
      throw new Error(`line 8: the first answer was ${answer.status}`);
    }
  }
  return [row({ line: 8, engine: engineName[engine], what: `start to first answer with ${options.large} cases, s`, goal: ['≤', 1],
    value: median(took), raw: took.map((s) => s.toFixed(2)).join(' ') })];
}

module.exports = { line8, line8start };
