// park — SIGTERM while 500 connections are parked: each gets its answer, the program ends in
// order, and what was answered with a receipt is kept.
'use strict';

const net = require('node:net');
const crypto = require('node:crypto');
const tap = require('../lib/tap.js');
const { run, demoFolder, start, stop } = require('../lib/server.js');

const clients = 500;

// A raw connection, so that nothing retries behind our back: resolves with what came back.
function submit(port, request) {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (d) => { text += d; });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
    socket.setTimeout(60000, () => socket.destroy());
  });
}

(async () => {
  const folder = demoFolder('park');
  const server = await start(folder);
  const port = Number(new URL(server.url).port);
  const service = await (await fetch(`${server.url}/api/v1/district/services/zoning`)).json();
  const body = JSON.stringify(service.example);
  const asked = Array.from({ length: clients }, () => submit(port, [
    'POST /api/v1/district/services/zoning/cases HTTP/1.1', 'host: localhost',
    'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`,
    `idempotency-key: ${crypto.randomUUID()}`, 'connection: close', '', body].join('\r\n')));
  // In the middle: some have their receipt, most have not.
  for (let i = 0; i < 5000 && (server.log.match(/"route":"api.apply"/g) || []).length < 20; i += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 2); });
  }
  const ended = await stop(server, 'SIGTERM');
  const answers = await Promise.all(asked);
  const receipts = answers.filter((t) => t.startsWith('HTTP/1.1 201'));
  const busy = answers.filter((t) => t.startsWith('HTTP/1.1 503'));
  const whole = answers.filter((t) => t === '' || /^HTTP\/1\.1 (201|503)[\s\S]*\r\n\r\n[\s\S]+/.test(t));
  tap.claim(ended.code === 0, 'the program ends by itself with 0', JSON.stringify(ended) + server.log.slice(-2000));
  tap.claim(whole.length === clients, 'nobody gets half an answer',
    answers.filter((t) => !whole.includes(t)).slice(0, 2).join('\n'));
  tap.claim(receipts.length > 0, `${receipts.length} receipts, ${busy.length} told to come again, ${answers.filter((t) => t === '').length} not let in`);
  const again = await start(folder);
  let kept = 0;
  for (const text of receipts) {
    const receipt = JSON.parse(text.slice(text.indexOf('{')).replace(/\}[^}]*$/, '}'));
    const answer = await fetch(`${again.url}/api/v1/district/cases/${receipt.case}`, { headers: { authorization: `Bearer ${receipt.code}` } });
    kept += answer.status === 200 ? 1 : 0;
  }
  tap.claim(kept === receipts.length, 'every receipt is a record after the start', `${kept} of ${receipts.length}`);
  await stop(again);
  const check = run(['check', '--data', folder]);
  tap.claim(check.status === 0, 'bianmin check says sound', check.stdout);
  tap.done();
})().catch((error) => { tap.claim(false, 'the parking test runs', error.stack); tap.done(); process.exit(1); });
