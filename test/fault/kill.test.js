// kill — SIGKILL in the middle of 1,000 concurrent submissions: every receipt given is there,
// none twice, `bianmin check` says sound. three rounds, ten with `all`. On both engines.
'use strict';

const http = require('node:http');
const crypto = require('node:crypto');
const tap = require('../lib/tap.js');
const { run, demoFolder, start, stop } = require('../lib/server.js');

const clients = 1000;
const rounds = process.argv.includes('all') ? 10 : 3;

function ask(url, { method = 'GET', headers = {}, body, agent } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent }, (answer) => {
      let text = '';
      answer.on('data', (d) => { text += d; });
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
      answer.on('error', reject);
    });
    request.on('error', reject);
    request.setTimeout(60000, () => request.destroy(new Error('no answer in 60 s')));
    request.end(body);
  });
}

// Sends every submission; answers go into `receipts` by key as they arrive. A refusal for
// want of room (503) is tried again, a broken connection is left for after the restart.
async function sendAll(server, body, keys, receipts, onReceipt = () => {}) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
  const url = `${server.url}/api/v1/district/services/zoning/cases`;
  await Promise.all(keys.map(async (key) => {
    for (let tries = 0; tries < 50 && !receipts.has(key); tries += 1) {
      try {
        const answer = await ask(url, {
          method: 'POST', body, agent,
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
        });
        if (answer.status === 201) {
          receipts.set(key, JSON.parse(answer.text));
          onReceipt();
        } else if (answer.status === 503) {
          await new Promise((resolve) => { setTimeout(resolve, 100); });
        } else {
          throw Object.assign(new Error(`${answer.status} ${answer.text}`), { final: true });
        }
      } catch (error) {
        if (error.final) { throw error; }
        return;
      }
    }
  }));
  agent.destroy();
}

async function round(folder, number) {
  let server = await start(folder);
  const example = JSON.parse((await ask(`${server.url}/api/v1/district/services/zoning`)).text).example;
  const body = JSON.stringify(example);
  const keys = Array.from({ length: clients }, () => crypto.randomUUID());
  const before = new Map();
  // Somewhere in the middle: at once when a part of the receipts has been given.
  const part = 20 + Math.floor(Math.random() * 200);
  await sendAll(server, body, keys, before, () => {
    if (before.size === part) { server.child.kill('SIGKILL'); }
  });
  await server.ended;
  const kept = new Map(before);
  tap.claim(kept.size < clients, `round ${number}: killed in the middle (${kept.size} of ${clients} receipts, asked at ${part})`);

  server = await start(folder);
  const after = new Map();
  await sendAll(server, body, keys, after);
  tap.claim(after.size === clients, `round ${number}: after the restart everybody has a receipt`, `${after.size}`);
  const changed = [...kept].filter(([key, receipt]) => JSON.stringify(after.get(key)) !== JSON.stringify(receipt));
  tap.claim(changed.length === 0, `round ${number}: who asks again gets the receipt given before the kill`,
    JSON.stringify(changed.slice(0, 3).map(([key, r]) => [r, after.get(key)])));
  const numbers = new Set([...after.values()].map((r) => r.case));
  tap.claim(numbers.size === clients, `round ${number}: no case twice`, `${numbers.size} of ${clients}`);
  let readable = 0;
  for (const receipt of after.values()) {
    const answer = await ask(`${server.url}/api/v1/district/cases/${encodeURIComponent(receipt.case)}`,
      { headers: { authorization: `Bearer ${receipt.code}` } });
    readable += answer.status === 200 && JSON.parse(answer.text).case === receipt.case ? 1 : 0;
  }
  tap.claim(readable === clients, `round ${number}: every receipt opens its case`, `${readable} of ${clients}`);
  const ended = await stop(server);
  tap.claim(ended.code === 0, `round ${number}: stops in order`, JSON.stringify(ended) + server.log.slice(-2000));
  const check = run(['check', '--data', folder]);
  tap.claim(check.status === 0 && check.stdout.trim().endsWith('sound'), `round ${number}: bianmin check says sound`,
    check.stdout + check.stderr);
}

(async () => {
  const folder = demoFolder('kill');
  for (let number = 1; number <= rounds; number += 1) {
    await round(folder, number);
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'kill test runs', error.stack); tap.done(); process.exit(1); });
