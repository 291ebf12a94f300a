// hostile — requests that no browser sends: each gets a short, whole refusal, and the program
// goes on serving.
'use strict';

const net = require('node:net');
const tap = require('../lib/tap.js');
const { demoFolder, start, stop } = require('../lib/server.js');

// What comes back within `ms`; the connection may be closed by the other side.
function say(port, bytes, ms = 5000) {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    const end = setTimeout(() => socket.destroy(), ms);
    socket.on('data', (d) => {
      text += d.toString('latin1');
      const head = /^HTTP\/1\.1 \d+[\s\S]*?\r\n\r\n/.exec(text);
      const length = head && /content-length: (\d+)/i.exec(head[0]);
      if (length && text.length >= head[0].length + Number(length[1])) { socket.destroy(); }
    });
    socket.on('error', () => {});
    socket.on('close', () => { clearTimeout(end); resolve({ text, status: Number(/^HTTP\/1\.\d (\d+)/.exec(text)?.[1] ?? 0) }); });
  });
}

const get = (path, ...more) => [`GET ${path} HTTP/1.1`, 'host: localhost', ...more, 'connection: close', '', ''].join('\r\n');
const post = (path, body, ...more) => [`POST ${path} HTTP/1.1`, 'host: localhost', `content-length: ${Buffer.byteLength(body)}`, ...more, 'connection: close', '', body].join('\r\n');
const form = 'content-type: application/x-www-form-urlencoded';
const apply = '/api/v1/district/services/zoning/cases';

const chunked = (pieces) => `POST ${apply} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${('40000\r\n' + 'a'.repeat(0x40000) + '\r\n').repeat(pieces)}`;

const rows = [
  ['a path that climbs finds nothing', get('/assets/../../../etc/passwd'), [400, 404]],
  ['a path that climbs in disguise finds nothing', get('/assets/%2e%2e/%2e%2e/etc/passwd'), [400, 404]],
  ['a NUL in the path is refused', get('/district/%00services'), [400, 404]],
  ['broken UTF-8 in the path is refused', get('/district/%ff%fe'), [400, 404]],
  ['broken UTF-8 in a query is refused', get('/district/services?q=%ff%fe'), [400]],
  ['a bad percent sign is refused', get('/district/services?q=%zz'), [400]],
  ['an unknown page is not found', get('/district/nothing-here'), [404]],
  ['an unknown office is not found', get('/atlantis/services'), [404]],
  ['an unknown method is refused', get('/district/services').replace('GET', 'BREW'), [400, 405, 501]],
  ['PUT is not allowed', get('/district/services').replace('GET', 'PUT'), [405]],
  ['a header of 100 KB is refused', get('/', `x: ${'a'.repeat(100000)}`), [0, 400, 413, 431]],
  ['ten thousand headers are refused', get('/', ...Array.from({ length: 10000 }, (_, i) => `x${i}: 1`)), [0, 400, 413, 431]],
  ['two lengths are refused', post(apply, '{}', 'content-type: application/json').replace('content-length: 2', 'content-length: 2\r\ncontent-length: 3'), [400]],
  ['length and chunks together are refused', post(apply, '0\r\n\r\n', 'content-type: application/json', 'transfer-encoding: chunked'), [400]],
  ['a form from a foreign page is refused', post('/staff/sign-in', 'name=a&password=b', form, 'origin: https://evil.example'), [403]],
  ['a form that a foreign page sends is refused', post('/staff/sign-in', 'name=a&password=b', form, 'sec-fetch-site: cross-site'), [403]],
  ['JSON that is none is told so', post(apply, '{"answers":', 'content-type: application/json', 'idempotency-key: k1'), [400, 422]],
  ['JSON nested a thousand deep is refused', post(apply, '['.repeat(1000) + ']'.repeat(1000), 'content-type: application/json', 'idempotency-key: k2'), [400, 422]],
  ['an application of 20 MB is refused while it arrives', `POST ${apply} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 20000000\r\nconnection: close\r\n\r\n${'a'.repeat(300000)}`, [413]],
  ['a chunked body of 1 MB is refused', chunked(4) + '0\r\n\r\n', [413]],
  ['a chunked body without end is cut off', chunked(200), [0, 413]],
  ['a return address elsewhere is not followed', get('/staff/sign-in?next=https://evil.example/'), [200]],
  ['line ends in a query do not become headers', get('/district/services?q=a%0d%0aset-cookie:%20x=1'), [200, 400]],
];

(async () => {
  const server = await start(demoFolder('hostile'));
  const port = Number(new URL(server.url).port);
  for (const [name, bytes, wanted] of rows) {
    const answer = await say(port, bytes);
    tap.claim(wanted.includes(answer.status) && !/\r\nset-cookie: x=1/i.test(answer.text) && !/root:x:/.test(answer.text),
      name, `${answer.status}, not ${wanted}: ${answer.text.slice(0, 300)}`);
  }
  const half = Array.from({ length: 200 }, () => net.connect(port, '127.0.0.1', function slow() { this.write('GET / HTTP/1.1\r\nhost: lo'); }).on('error', () => {}));
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  const calm = await say(port, get('/district/services'));
  tap.claim(calm.status === 200, 'two hundred who never finish asking do not hold up the next one', calm.text.slice(0, 200));
  half.forEach((s) => s.destroy());
  const head = calm.text.slice(0, calm.text.indexOf('\r\n\r\n')).toLowerCase();
  for (const [name, pattern] of [
    ['content-security-policy without unsafe', /content-security-policy: (?!.*unsafe)[^\r]*default-src 'none'/],
    ['frames are refused', /frame-ancestors 'none'/], ['types are not guessed', /x-content-type-options: nosniff/],
    ['addresses are not told on', /referrer-policy: /]]) {
    tap.claim(pattern.test(head), name, head);
  }
  const ended = await stop(server);
  tap.claim(ended.code === 0, 'stops in order', JSON.stringify(ended) + server.log.slice(-1500));
  tap.done();
})().catch((error) => { tap.claim(false, 'the hostile test runs', error.stack); tap.done(); process.exit(1); });
