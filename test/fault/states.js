// states — many folders as a disk could hold them after the power has gone, each looked at: is it
// sound, is every receipt there that was answered before, is none there twice.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile } = require('node:child_process');
const { program, start, stop } = require('../lib/server.js');
const { kind, modes, random, Disk } = require('./record.js');
const { People } = require('./load.js');

function ran(command, args, options) {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 60000, maxBuffer: 64 << 20, ...options }, (error, out, err) => resolve({ code: error ? error.code ?? -1 : 0, out, err }));
  });
}

// In memory where there is room: a state lives for a tenth of a second.
function workshop() {
  const memory = '/dev/shm';
  let room = 0;
  try { const disk = fs.statfsSync(memory); room = disk.bavail * disk.bsize; } catch { /* none here */ }
  const where = fs.mkdtempSync(path.join(room > (512 << 20) ? memory : os.tmpdir(), 'bianmin-states-'));
  process.on('exit', () => fs.rmSync(where, { recursive: true, force: true }));
  return where;
}

const facts = `ATTACH 'files.db' AS f;
SELECT 'case', number FROM casefile;
SELECT 'unasked', count(*) FROM casefile AS c WHERE NOT EXISTS
  (SELECT 1 FROM case_submission AS s WHERE s.agency_id = c.agency_id AND s.casefile_id = c.id);
SELECT 'file', hex(sha256) FROM f.file WHERE state > 0;`;

async function look(folder) {
  const found = await ran('sqlite3', ['-separator', ' ', 'bianmin.db', facts], { cwd: folder });
  if (found.code !== 0) { throw new Error(`sqlite3: ${found.err}`); }
  const rows = found.out.trim().split('\n').map((line) => line.split(' '));
  const all = (what) => rows.filter(([name]) => name === what).map(([, value]) => value);
  return { cases: all('case'), unasked: Number(all('unasked')[0]), files: new Set(all('file')) };
}

// When each receipt and each file's name was about to be sent: case or file → entry.
function answered(entries) {
  const first = new Map();
  entries.forEach((e, i) => {
    if (e.kind === kind.answer) {
      for (const [, word] of e.bytes.toString('latin1').matchAll(/"(?:case|file)":"([^"]+)"/g)) {
        if (!first.has(word)) { first.set(word, i); }
      }
    }
  });
  return first;
}

class States {
  constructor({ base, entries, people, seed }) {
    Object.assign(this, { base, entries, people, next: random(seed) });
    this.first = answered(entries);
    this.where = workshop();
    this.reserve = path.join(this.where, 'reserve');
    fs.writeFileSync(this.reserve, Buffer.alloc(64 << 20));
    this.sent = new Map(people.applications.filter((a) => a.receipt).map((a) => [a.receipt.case, a]));
    this.untold = [...people.applications.filter((a) => a.receipt).map((a) => a.receipt.case), ...people.uploads.map((u) => u.file)]
      .filter((word) => !this.first.has(word));
    const known = entries.findIndex((e) => e.kind === kind.create);
    this.begin = Math.max(0, known);
  }

  async prepare() {
    const copy = path.join(this.where, 'base');
    fs.cpSync(this.base, copy, { recursive: true, filter: (f) => path.basename(f) !== 'reserve' });
    const before = await look(copy);
    this.before = new Set(before.cases);
    this.unasked = before.unasked;
    fs.rmSync(copy, { recursive: true });
    return this;
  }

  // Half of the cuts lie right behind an answer that gave a receipt, where it hurts most.
  cut() {
    if (this.next() < 0.5) {
      const points = [...this.first.values()];
      return points[Math.floor(this.next() * points.length)] + 1;
    }
    return this.begin + Math.floor(this.next() * (this.entries.length - this.begin + 1));
  }

  lay(folder, state) {
    fs.mkdirSync(folder);
    for (const [name, bytes] of state) {
      fs.writeFileSync(path.join(folder, name), bytes, { mode: name === 'key' ? 0o400 : 0o600 });
    }
    if (folder.startsWith(this.where)) { fs.linkSync(this.reserve, path.join(folder, 'reserve')); }
  }

  // What is wrong with one state; empty when nothing is.
  async judge(folder, cut, deep) {
    const check = await ran(program, ['check', '--data', folder]);
    const wrong = { unsound: check.code !== 0 || !check.out.trim().endsWith('sound') ? check.out.split('\n').filter((l) => !l.startsWith('ok')).join(' ') + check.err : '' };
    const found = await look(folder).catch((error) => { wrong.unsound += error.message; return { cases: [], unasked: this.unasked, files: new Set() }; });
    const cases = new Set(found.cases);
    const told = (word) => this.first.get(word) < cut;
    wrong.receipts = [...this.sent.keys()].filter((one) => told(one) && !cases.has(one));
    wrong.files = this.people.uploads.filter((u) => told(u.file) && !found.files.has(u.sha256));
    wrong.nobodys = found.cases.filter((one) => !this.before.has(one) && !this.sent.has(one));
    wrong.twice = found.cases.length - cases.size + Math.abs(found.unasked - this.unasked);
    wrong.deep = deep ? await this.again(folder, cases, told).catch((error) => error.message) : '';
    return wrong;
  }

  // The server starts on it; who was answered and asks again gets the same receipt, who was not
  // gets one too, and nobody shares one.
  async again(folder, cases, told) {
    const server = await start(folder);
    const people = new People(server);
    const asked = [...this.sent].filter(([one]) => told(one)).slice(-20);
    const others = [...this.sent].filter(([one, a]) => !told(one) && !JSON.parse(a.body).answers.map?.file).slice(0, 10);
    const said = [];
    for (const [one, a] of [...asked, ...others]) {
      const answer = await people.send({ ...a, receipt: told(one) || cases.has(one) ? a.receipt : null });
      if (answer.status !== 201 || !answer.same) { said.push(`${one}: ${answer.status} ${answer.text}`); }
    }
    people.end();
    const ended = await stop(server);
    const after = await look(folder);
    const fresh = others.filter(([one]) => !cases.has(one)).length;
    if (after.cases.length !== cases.size + fresh) { said.push(`${after.cases.length} cases, not ${cases.size} and ${fresh} more`); }
    if (ended.code !== 0) { said.push(`ended with ${ended.code}: ${server.log.slice(-500)}`); }
    return said.join('; ');
  }

  // `each` states in each mode, every `deepEvery`-th with a server on it. {mode: [wrong…]}
  async walk({ each, deepEvery = 0, among = modes, hands = Math.min(4, os.availableParallelism()) }) {
    const plan = among.flatMap((mode) => Array.from({ length: each }, (_, i) => ({ mode, cut: this.cut(), deep: deepEvery > 0 && i % deepEvery === 0 })));
    plan.sort((a, b) => a.cut - b.cut);
    const disk = new Disk(this.base, this.entries);
    const results = Object.fromEntries(among.map((mode) => [mode, []]));
    let number = 0;
    const hand = async () => {
      while (number < plan.length) {
        const { mode, cut, deep } = plan[number];
        const folder = path.join(this.where, String(number));
        number += 1;
        // Built at once, before another hand lets the disk go on.
        this.lay(folder, disk.to(cut).state(mode, this.next));
        const wrong = await this.judge(folder, cut, deep);
        results[mode].push({ ...wrong, cut, isDeep: deep, folder });
        if (!process.env.BIANMIN_KEEP || !isWrong(wrong)) { fs.rmSync(folder, { recursive: true }); }
      }
    };
    await Promise.all(Array.from({ length: hands }, hand));
    return results;
  }
}

function isWrong(w) {
  return Boolean(w.unsound || w.receipts.length || w.files.length || w.nobodys.length || w.twice || w.deep);
}

// One state for a person to look at.
function brief(w) {
  const few = Object.fromEntries(['receipts', 'files', 'nobodys'].map((name) => [name, [w[name].length, ...w[name].slice(0, 2)]]));
  return JSON.stringify({ ...w, ...few, unsound: w.unsound.slice(0, 300), deep: w.deep.slice(0, 300) });
}

module.exports = { States, brief, isWrong, look };
