// story — reads a person's path out of a .story file and walks it against the real program.
//
// One step a line; a line that begins in the first column names who goes on. Values may hold
// {kept} ones. Every line is a claim; a story ends at its first broken one.
//
//   # what the story shows
//   in a city of its own             before all else: for a story that goes far ahead in time
//   as a citizen                     somebody with cookies of their own
//     open /district/services        GET, redirects followed
//     reload PATH until TEXT         again and again, half a minute at most
//     follow TEXT                    the link with this text
//     fill NAME = VALUE              for the next send; again for a second value
//     attach NAME = png NAME.png     a file for the next send: png, jpeg (with a place in it),
//                                    text (says whatever its name says), large, calendar
//     send [BUTTON] [in WHICH]       the form (that has WHICH in its text or action)
//     sign in DUTY at OFFICE         as someone of the demo city with that duty
//     sign in as clerk3@district     as this one
//     sign in who has case {case} at OFFICE       as its officer, or one of its unit; its page
//     applied for KEY at OFFICE      by the API, with the example of the service: {case} {code}
//     apply for KEY at OFFICE with QUESTION = FILE    the same with a file sent before; see status
//     send file png NAME to PATH     a file for the API, before the case it belongs to
//     open case {case}               its page, by way of the worklist; {page} is its address
//     sign in who leads case {case} at OFFICE     as the head of its unit; its page
//     lose all cookies                 a browser that has forgotten everything
//     remember the page · back       the page as it was, to be sent once more
//     download PATH · bytes begin FF D8 · bytes have no place
//     try to sign in as NAME         whatever comes of it
//     guess 12 codes of {case} at OFFICE
//     change definition KEY to be called NAME     in the form of the administrator; then send
//     in the field NAME change TEXT to TEXT       what stands in a field of the page, for send
//     copy pack district             a copy of packs/demo/district in {pack}
//     in FILE change TEXT to TEXT    in that copy, without .yaml; {newline} begins a line
//     run pack load DIR …            a command of bianmin on this folder; its words are the page,
//                                    its exit code the status
//     status 404 · see TEXT · not TEXT · at PATH
//     keep NAME = /expression/       its first group, out of the page
//     clock +3d                      the office's clock goes on (d h m)
//     get PATH [bearer CODE] · post PATH [key KEY] JSON      the API; then json PATH = VALUE
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor } = require('../lib/visitor.js');
const { someoneWith, passwords, run, root } = require('../lib/server.js');

const files = {
  png: () => Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  text: () => Buffer.from('only words\n'),
  jpeg: () => fs.readFileSync(path.join(__dirname, '..', 'corpus', 'picture', 'place.jpg')),
  pdf: () => Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  calendar: () => fs.readFileSync(path.join(__dirname, '..', 'corpus', 'import', 'dgpa-115-typhoon.csv')),
  large: () => Buffer.alloc(40 * 1024 * 1024, 7),
};

class Story {
  constructor(server, setClock) {
    this.server = server;
    this.setClock = setClock;
    this.people = new Map();
    this.kept = {};
    this.fresh();
  }

  fresh() {
    this.values = {};
    this.attached = {};
  }

  as(name) {
    this.name = name;
    if (!this.people.has(name)) {
      this.people.set(name, new Visitor(this.server.url));
    }
    this.person = this.people.get(name);
  }

  async open(where) { await this.person.get(where); }

  async follow(text) {
    const links = [...this.person.page.matchAll(/<a\b[^>]*\shref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)];
    const found = links.find(([, , inside]) => inside.replace(/<[^>]*>/g, '').includes(text));
    if (!found) {
      throw new Error(`no link "${text}" on ${this.person.at}`);
    }
    await this.person.get(found[1].replace(/&amp;/g, '&'));
  }

  fill(name, value) {
    this.values[name] = name in this.values ? [this.values[name], value].flat() : value;
  }

  attach(name, kind, fileName) {
    const bytes = kind === 'downloaded' ? this.person.bytes : files[kind]();
    this.attached[name] = { bytes, name: fileName, type: 'application/octet-stream' };
  }

  async send(button, which) {
    const { values, attached } = this;
    this.fresh();
    await this.person.send(values, { button, which, files: attached });
  }

  async signIn(who) {
    await this.person.get('/staff/sign-in');
    await this.person.send({ name: who.name, password: who.password });
    this.person.is(200);
  }

  // Cases are assigned by load: nobody knows before to whom.
  // Signs in one after the other of those with this duty until one has the case in a list.
  async signInWhoSees(number, office, duties, lists) {
    const { name } = this;
    for (const who of passwords(this.server.folder).filter((p) => p.name.endsWith(`@${office}`)
      && duties.some((duty) => p.duties.includes(duty)))) {
      this.people.delete(name);
      this.as(name);
      await this.signIn(who);
      for (const list of lists) {
        await this.person.get(`/staff/worklist?list=${list}&number=${number}`);
        if (new RegExp(`<a [^>]*>\\s*${number}`).test(this.person.page)) {
          await this.follow(number);
          this.kept.page = new URL(this.person.at).pathname;
          return;
        }
      }
    }
    throw new Error(`case ${number} is nobody's at ${office}`);
  }

  async applyWith(service, office, files) {
    const where = `/api/v1/${office}/services/${service}`;
    await this.api('GET', where, {});
    const { example } = JSON.parse(this.person.page);
    Object.assign(example.answers, files);
    await this.api('POST', `${where}/cases`, { key: crypto.randomUUID(), body: JSON.stringify(example) });
  }

  async sendFile(kind, fileName, where) {
    const body = new FormData();
    body.append('file', new Blob([files[kind]()]), fileName);
    await this.person.ask('POST', where, { body });
  }

  async applied(service, office) {
    await this.applyWith(service, office, {});
    this.person.is(201);
    const receipt = JSON.parse(this.person.page);
    this.kept.case = receipt.case;
    this.kept.code = receipt.code;
    this.kept.due = receipt.due;
  }

  async openCase(number) {
    await this.person.get('/staff/worklist');
    const lists = new Set([...this.person.page.matchAll(/[?;&]list=(\w+)/g)].map(([, list]) => list));
    for (const list of lists) {
      await this.person.get(`/staff/worklist?list=${list}&number=${number}`);
      if (this.person.status === 200 && new RegExp(`<a [^>]*>\\s*${number}`).test(this.person.page)) {
        await this.follow(number);
        this.kept.page = new URL(this.person.at).pathname;
        return;
      }
    }
    throw new Error(`case ${number} is in none of the lists ${[...lists].join(', ')}`);
  }

  // What a job does beside the people comes a little later.
  async reloadUntil(where, text) {
    for (let i = 0; i < 60; i += 1) {
      await this.person.get(where);
      if (this.person.page.includes(text)) { return; }
      await new Promise((resolve) => { setTimeout(resolve, 500); });
    }
    this.person.see(text);
  }

  // Back in the browser: the page as it was, to be sent once more.
  remember() { this.before = { page: this.person.page, at: this.person.at }; }

  back() { Object.assign(this.person, this.before); }

  async download(where) {
    await this.person.ask('GET', where.replace(/&amp;/g, '&'));
  }

  bytesBegin(wanted) {
    const found = this.person.bytes.subarray(0, wanted.split(' ').length).toString('hex');
    if (found !== wanted.replace(/ /g, '').toLowerCase()) {
      throw new Error(`the file begins with ${found}`);
    }
  }

  // A place in EXIF is found by its entry (tag 8825, one LONG) or the whole segment.
  bytesWithoutPlace() {
    if (this.person.bytes.includes('Exif') || this.person.bytes.includes(Buffer.from('25880400', 'hex'))) {
      throw new Error('the file still says where it was taken');
    }
  }

  async tryToSignIn(name) {
    const { password } = passwords(this.server.folder).find((p) => p.name === name);
    await this.person.get('/staff/sign-in');
    await this.person.send({ name, password }, { which: 'sign-in' });
  }

  async guess(times, number, office) {
    for (let i = 0; i < times; i += 1) {
      await this.person.get(`/${office}/status`);
      await this.person.send({ number, code: String(100000000000 + i) }, { which: 'status' });
    }
  }

  // The administrator's form with the definition in it: its name is changed, for `send`.
  async changed(key, name) {
    const page = this.person.page;
    const row = [...page.matchAll(/href="([^"]*definitions\/load[^"]*)"/g)].find(([, href]) => href.includes(key));
    if (!row) {
      throw new Error(`no definition ${key} can be changed on ${this.person.at}`);
    }
    await this.person.get(row[1].replace(/&amp;/g, '&'));
    const [, source] = this.person.form('definitions/load').fields.find(([field]) => field === 'source');
    this.fill('source', source.replace(/^name:.*$/m, `name: { zh: ${name}, en: New name, ja: ${name} }`));
  }

  changeField(name, from, to) {
    const [, value] = this.person.form().fields.find(([field]) => field === name) ?? [];
    if (!value || !value.includes(from)) {
      throw new Error(`"${from}" does not stand in ${name} on ${this.person.at}`);
    }
    this.fill(name, value.replace(from, to));
  }

  copyPack(office) {
    this.kept.pack = path.join(path.dirname(this.server.folder), `pack-${office}`);
    fs.cpSync(path.join(root, 'packs', 'demo', office), this.kept.pack, { recursive: true });
  }

  changeInPack(name, from, to) {
    const file = path.join(this.kept.pack, `${name}.yaml`);
    const source = fs.readFileSync(file, 'utf8');
    if (!source.includes(from)) {
      throw new Error(`"${from}" is not in ${name}.yaml`);
    }
    fs.writeFileSync(file, source.replaceAll(from, to.replaceAll('{newline}', '\n')));
  }

  command(line) {
    const [name, ...rest] = line.split(' ');
    const ran = run([...(name === 'pack' ? [name, rest.shift()] : [name]), ...rest, '--data', this.server.folder],
      { cwd: root });
    this.person.page = `${ran.stdout}${ran.stderr}`;
    this.person.status = ran.status;
    this.person.at = line;
  }

  keep(name, expression) {
    const found = new RegExp(expression).exec(this.person.page);
    if (!found) {
      throw new Error(`/${expression}/ is not on ${this.person.at}\n${this.person.page.slice(0, 600)}`);
    }
    [, this.kept[name]] = found;
  }

  async api(method, where, { bearer, key, body }) {
    const headers = {};
    if (bearer) { headers.authorization = `Bearer ${bearer}`; }
    if (key) { headers['idempotency-key'] = key; }
    if (body) { headers['content-type'] = 'application/json'; }
    const answer = await fetch(new URL(where, this.server.url), { method, headers, body });
    this.person.status = answer.status;
    this.person.headers = answer.headers;
    this.person.page = await answer.text();
    this.person.at = new URL(where, this.server.url).href;
  }

  json(where, wanted) {
    const value = where.split('.').reduce((v, k) => (v == null ? v : v[k]), JSON.parse(this.person.page));
    if (String(value) !== wanted) {
      throw new Error(`${where} is ${JSON.stringify(value)}, not ${wanted}`);
    }
  }

  located(where) {
    const url = new URL(this.person.at);
    if (url.pathname + url.search !== where && url.pathname !== where) {
      throw new Error(`at ${url.pathname}${url.search}, not ${where} (${this.person.status})`);
    }
  }
}

// Each kind of line: how it reads and what it does.
const steps = [
  [/^reload (\S+) until (.+)$/, (s, [where, text]) => s.reloadUntil(where, text)],
  [/^open (\S+)$/, (s, [where]) => s.open(where)],
  [/^follow (.+)$/, (s, [text]) => s.follow(text)],
  [/^fill (\S+) = ?(.*)$/, (s, [name, value]) => s.fill(name, value)],
  [/^attach (\S+) = (\w+) (.+)$/, (s, [name, kind, file]) => s.attach(name, kind, file)],
  [/^open case (\S+)$/, (s, [number]) => s.openCase(number)],
  [/^applied for (\w+) at (\w+)$/, (s, [service, office]) => s.applied(service, office)],
  [/^apply for (\w+) at (\w+) with (\w+) = (\S+)$/, (s, [service, office, question, file]) => s.applyWith(service, office,
    { [question]: { file, name: 'map.png' } })],
  [/^send file (\w+) (\S+) to (\S+)$/, (s, [kind, file, where]) => s.sendFile(kind, file, where)],
  [/^remember the page$/, (s) => s.remember()],
  [/^lose all cookies$/, (s) => s.person.jar.clear()],
  [/^back$/, (s) => s.back()],
  [/^download (\S+)$/, (s, [where]) => s.download(where)],
  [/^bytes begin ([0-9A-F ]+)$/, (s, [wanted]) => s.bytesBegin(wanted)],
  [/^bytes have no place$/, (s) => s.bytesWithoutPlace()],
  [/^try to sign in as (\S+)$/, (s, [name]) => s.tryToSignIn(name)],
  [/^guess (\d+) codes of (\S+) at (\w+)$/, (s, [n, number, office]) => s.guess(Number(n), number, office)],
  [/^change definition (\w+) to be called (.+)$/, (s, [key, name]) => s.changed(key, name)],
  [/^in the field (\w+) change (.+) to (.+)$/, (s, [name, from, to]) => s.changeField(name, from, to)],
  [/^copy pack (\w+)$/, (s, [office]) => s.copyPack(office)],
  [/^in (\w+) change (.+) to (.+)$/, (s, [name, from, to]) => s.changeInPack(name, from, to)],
  [/^run (.+)$/, (s, [line]) => s.command(line)],
  [/^sign in as (\S+)$/, (s, [name]) => s.signIn(passwords(s.server.folder).find((p) => p.name === name))],
  [/^sign in who has case (\S+) at (\w+)$/, (s, [number, office]) => s.signInWhoSees(number, office, ['officer'], ['mine', 'new'])],
  [/^sign in who leads case (\S+) at (\w+)$/, (s, [number, office]) => s.signInWhoSees(number, office, ['unit_head'], ['unit', 'new'])],
  [/^send(?: (?!in )(.+?))?(?: in (.+))?$/, (s, [button, which]) => s.send(button, which)],
  [/^sign in (\w+) at (\w+)$/, (s, [duty, office]) => s.signIn(someoneWith(s.server.folder, office, duty))],
  [/^status (\d+)$/, (s, [n]) => s.person.is(Number(n))],
  [/^see (.+)$/, (s, [text]) => s.person.see(text)],
  [/^not (.+)$/, (s, [text]) => s.person.notSee(text)],
  [/^at (\S+)$/, (s, [where]) => s.located(where)],
  [/^keep (\w+) = \/(.+)\/$/, (s, [name, expression]) => s.keep(name, expression)],
  [/^clock \+(\d+)([dhm])$/, (s, [n, unit]) => s.setClock(Number(n) * { d: 86400e3, h: 3600e3, m: 60e3 }[unit])],
  [/^get (\S+)(?: bearer (\S+))?$/, (s, [where, bearer]) => s.api('GET', where, { bearer })],
  [/^post (\S+)(?: key (\S+))? (.+)$/, (s, [where, key, body]) => s.api('POST', where, { key, body })],
  [/^json (\S+) = (.*)$/, (s, [where, wanted]) => s.json(where, wanted)],
];

async function walk(text, story, claim) {
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim().replace(/\{(\w+)\}/g, (all, name) => story.kept[name] ?? all);
    if (line === '' || line.startsWith('#') || line === 'in a city of its own') {
      continue;
    }
    const who = /^as (.+)$/.exec(line);
    if (who) {
      story.as(who[1]);
      continue;
    }
    const step = steps.map(([pattern, act]) => [pattern.exec(line), act]).find(([m]) => m);
    try {
      if (!step) {
        throw new Error('no such step');
      }
      await step[1](story, step[0].slice(1));
    } catch (error) {
      claim(false, `line ${index + 1}: ${raw.trim()}`, error.message);
      return false;
    }
  }
  return true;
}

module.exports = { Story, walk };
