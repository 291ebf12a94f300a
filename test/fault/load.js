// load — people who send applications, some with a file, and keep what they were answered.
'use strict';

const http = require('node:http');
const crypto = require('node:crypto');

function ask(agent, url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent }, (answer) => {
      const pieces = [];
      answer.on('data', (d) => pieces.push(d));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(pieces).toString() }));
      answer.on('error', reject);
    });
    request.on('error', reject);
    request.setTimeout(60000, () => request.destroy(new Error(`no answer in 60 s: ${url}`)));
    request.end(body);
  });
}

class People {
  constructor(server) {
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    this.applications = []; // {key, body, receipt}
    this.uploads = []; // {file, sha256}
    this.move(server);
  }

  // To the server that has been started again.
  move(server) {
    this.url = server.url;
  }

  async prepare() {
    this.example = JSON.parse((await ask(this.agent, `${this.url}/api/v1/district/services/zoning`)).text).example;
  }

  application(file) {
    const answers = file ? { ...this.example.answers, map: { file } } : this.example.answers;
    const one = { key: crypto.randomUUID(), body: JSON.stringify({ ...this.example, answers }), receipt: null };
    this.applications.push(one);
    return one;
  }

  // Answers, {status: 0} when the connection broke. A receipt is kept in `one`; if there was one
  // already it is compared.
  async send(one, url = this.url) {
    let answer;
    try {
      answer = await ask(this.agent, `${url}/api/v1/district/services/zoning/cases`,
        { method: 'POST', body: one.body, headers: { 'content-type': 'application/json', 'idempotency-key': one.key } });
    } catch {
      return { status: 0 };
    }
    if (answer.status === 201) {
      const receipt = JSON.parse(answer.text);
      answer.same = one.receipt === null || (receipt.case === one.receipt.case && receipt.code === one.receipt.code);
      answer.receipt = receipt;
      one.receipt ??= receipt;
    }
    return answer;
  }

  async upload(bytes) {
    const line = crypto.randomUUID();
    const pdf = Buffer.concat([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n'), crypto.randomBytes(bytes), Buffer.from('\n%%EOF\n')]);
    const body = Buffer.concat([Buffer.from(`--${line}\r\ncontent-disposition: form-data; name="file"; filename="map.pdf"\r\n`
      + 'content-type: application/pdf\r\n\r\n'), pdf, Buffer.from(`\r\n--${line}--\r\n`)]);
    let answer;
    try {
      answer = await ask(this.agent, `${this.url}/api/v1/district/files`, {
        method: 'POST', body, headers: { 'content-type': `multipart/form-data; boundary=${line}`, 'content-length': body.length },
      });
    } catch {
      return { status: 0 };
    }
    if (answer.status === 201) {
      answer.file = JSON.parse(answer.text).file;
      this.uploads.push({ file: answer.file, sha256: crypto.createHash('sha256').update(pdf).digest('hex').toUpperCase() });
    }
    return answer;
  }

  // `count` applications, `abreast` at a time; every `fileEvery`-th with a file of `bytes`.
  async crowd(count, { abreast = 12, fileEvery = 0, bytes = 0 } = {}) {
    const answers = [];
    let next = 0;
    const walk = async () => {
      while (next < count) {
        const number = next;
        next += 1;
        const file = fileEvery > 0 && number % fileEvery === 0 ? (await this.upload(bytes)).file : undefined;
        answers.push(await this.send(this.application(file)));
      }
    };
    await Promise.all(Array.from({ length: abreast }, walk));
    return answers;
  }

  end() {
    this.agent.destroy();
  }
}

module.exports = { People };
