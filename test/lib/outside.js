// outside — those the courier goes to, as servers of a test's own on this machine: the gateway
// of registers, the payment provider, the alert feed. TLS with a chain; each can be good, or
// wrong in a way that a test names.
'use strict';

const crypto = require('node:crypto');
const https = require('node:https');

const hmac = (secret, text) => crypto.createHmac('sha256', secret).update(text).digest('hex');

class Other {
  constructor({ chain, secret = 'a secret of sixteen signs or more' }) {
    this.secret = secret;
    this.asked = []; // {url, body, signature} of every request that came through
    this.mode = 'good';
    this.server = https.createServer(chain, (request, answer) => {
      const pieces = [];
      request.on('data', (d) => pieces.push(d));
      request.on('end', () => {
        const body = Buffer.concat(pieces).toString();
        this.asked.push({ url: request.url, body, signature: request.headers['x-signature'] });
        this.reply(request.url, body, answer);
      });
    });
    this.server.on('tlsClientError', () => {});
    this.sockets = new Set();
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => {});
    });
  }

  async open(port = 0) {
    await new Promise((resolve) => { this.server.listen(port, '127.0.0.1', resolve); });
    this.port = this.server.address().port;
    this.url = `https://localhost:${this.port}`;
    return this;
  }

  // Nobody is there any more; `open(port)` brings it back at the same place.
  async close() {
    const closed = new Promise((resolve) => { this.server.close(resolve); });
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  show(chain) { this.server.setSecureContext(chain); }

  // The ways of being wrong that all have in common; true: it has answered.
  wrong(mode, answer) {
    switch (mode) {
      case 'slow': return true; // never
      case 'garbage': answer.end('<html>Welcome to the portal</html>'); return true;
      case 'error': answer.writeHead(500).end('no'); return true;
      case 'redirect': answer.writeHead(302, { location: 'https://localhost:1/elsewhere' }).end(); return true;
      case 'cut': answer.writeHead(200, { 'content-length': 5000 }); answer.write('{'); answer.socket.destroy(); return true;
      case 'huge': answer.writeHead(200, { 'content-length': 900000000 }); answer.write('x'); return true;
      default: return false;
    }
  }
}

// Answers questions about people and places. `by(question)` may name another mode for one.
class Gateway extends Other {
  reply(url, body, answer) {
    const question = JSON.parse(body);
    const mode = this.by?.(question) ?? this.mode;
    if (this.wrong(mode, answer)) { return; }
    const said = JSON.stringify({
      id: mode === 'replayed' ? '0000000000001' : question.id,
      found: mode !== 'nothing', reference: 'LAND-7', as_of: '2026-03-02',
      items: mode === 'nothing' ? [] : [{ label: { zh: '使用分區', en: 'Zone', ja: '用途地域' }, value: mode === 'markup' ? '<script>alert(1)</script>' : '住宅區' }],
    });
    const signature = mode === 'unsigned' ? 'ab'.repeat(32) : hmac(this.secret, said);
    answer.writeHead(200, { 'content-type': 'application/json', 'x-signature': signature });
    answer.end(said);
  }
}

// Knows what became of each order; tells it when asked, or by `word` as the body of a callback.
class Provider extends Other {
  constructor(options) {
    super(options);
    this.shop = options.shop ?? '0001';
    this.orders = new Map(); // order → {state, amount, reference}
  }

  word(order, { office = 'district', state = 'paid', amount, reference = `P-${order}`, at = 1770000000000, shop = this.shop, secret = this.secret } = {}) {
    const text = `shop=${shop}&office=${office}&order=${order}&state=${state}&amount=${amount}&reference=${reference}&at=${at}`;
    return JSON.stringify({ shop, office, order, state, amount, reference, at, sign: hmac(secret, text) });
  }

  reply(url, body, answer) {
    const { order, office, shop, sign } = JSON.parse(body);
    const known = this.orders.get(order) ?? { state: 'begun', amount: 0 };
    if (this.wrong(this.mode, answer)) { return; }
    if (!url.endsWith('/orders') || sign !== hmac(this.secret, `shop=${shop}&office=${office}&order=${order}`)) {
      answer.writeHead(403).end('{}');
      return;
    }
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end(this.mode === 'forged' ? this.word(order, { office, ...known, secret: 'somebody else altogether' })
      : this.mode === 'of another' ? this.word('0000000000001', { office, ...known })
        : this.word(order, { office, ...known }));
  }
}

const escaped = (text) => text.replace(/[<&]/g, (c) => ({ '<': '&lt;', '&': '&amp;' }[c]));

// A feed of alerts as the national one writes it; `entries` is what stands in it now.
class Feed extends Other {
  constructor(options) {
    super(options);
    this.entries = []; // {id, updated, expires, status, msgType, summary}
  }

  reply(url, body, answer) {
    if (this.wrong(this.mode, answer)) { return; }
    const bomb = this.mode === 'entities' ? '<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' : '';
    const entry = (e) => `<entry>${Object.entries(e).map(([name, text]) => `<${name}>${escaped(text)}</${name}>`).join('')}</entry>`;
    answer.writeHead(200, { 'content-type': 'application/atom+xml' });
    answer.end(`<?xml version="1.0" encoding="utf-8"?>${bomb}<feed xmlns="http://www.w3.org/2005/Atom">${this.entries.map(entry).join('')}${bomb ? '&b;' : ''}</feed>`);
  }
}

module.exports = { Gateway, Provider, Feed, hmac };
