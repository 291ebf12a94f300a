// upload — SIGKILL in the middle of uploads: nothing half is linked to a case, the start after
// it is clean, and who uploads again gets through. On both engines.
'use strict';

const http = require('node:http');
const crypto = require('node:crypto');
const tap = require('../lib/tap.js');
const { run, demoFolder, start, stop } = require('../lib/server.js');

const clients = 20;
const pdf = Buffer.concat([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n'), crypto.randomBytes(8 << 20), Buffer.from('\n%%EOF\n')]);

const multipart = (bytes) => {
  const line = crypto.randomUUID();
  return {
    type: `multipart/form-data; boundary=${line}`,
    body: Buffer.concat([Buffer.from(`--${line}\r\ncontent-disposition: form-data; name="file"; filename="map.pdf"\r\ncontent-type: application/pdf\r\n\r\n`),
      bytes, Buffer.from(`\r\n--${line}--\r\n`)]),
  };
};

// Sends `share` of the body, the rest only if the server lives; null when it does not.
function upload(server, { share = 1, onPart = () => {} } = {}) {
  const { type, body } = multipart(pdf);
  return new Promise((resolve) => {
    const request = http.request(`${server.url}/api/v1/district/files`, {
      method: 'POST', headers: { 'content-type': type, 'content-length': body.length },
    }, (answer) => {
      let text = '';
      answer.on('data', (d) => { text += d; });
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    request.on('error', () => resolve(null));
    request.write(body.subarray(0, Math.floor(body.length * share)), onPart);
    if (share === 1) { request.end(); }
  });
}

(async () => {
  const folder = demoFolder('upload');
  let server = await start(folder);
  let parts = 0;
  const sending = Array.from({ length: clients }, (_, i) => upload(server, { share: i < 5 ? 1 : 0.6, onPart: () => { parts += 1; } }));
  const first = await Promise.race(sending);
  tap.claim(first && first.status === 201, 'a whole upload is taken', JSON.stringify(first));
  while (parts < clients / 2) { await new Promise((resolve) => { setTimeout(resolve, 10); }); }
  await stop(server, 'SIGKILL');
  const answers = await Promise.all(sending);
  tap.claim(answers.some((a) => a === null), `killed in the middle: ${answers.filter(Boolean).length} of ${clients} were answered`);

  server = await start(folder);
  const { example } = await (await fetch(`${server.url}/api/v1/district/services/zoning`)).json();
  const submit = async (file) => {
    const answer = await fetch(`${server.url}/api/v1/district/services/zoning/cases`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ ...example, answers: { ...example.answers, map: { file } } }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const kept = await submit(JSON.parse(first.text).file);
  tap.claim(kept.status === 201, 'the one that was answered can be handed in after the start', kept.text);
  const guessed = await submit('0000000000000');
  tap.claim(guessed.status === 422, 'one that never came is a mistake at its question', guessed.text);
  const again = await upload(server);
  tap.claim(again && again.status === 201, 'who uploads again gets through', JSON.stringify(again));
  tap.claim((await stop(server)).code === 0, 'stops in order', server.log.slice(-1500));
  const check = run(['check', '--data', folder]);
  tap.claim(check.status === 0, 'bianmin check says sound', check.stdout);
  tap.done();
})().catch((error) => { tap.claim(false, 'uploads are killed', error.stack); tap.done(); process.exit(1); });
