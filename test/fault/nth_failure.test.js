// n-th failure — the n-th write, sync or truncation of the real program fails, once or from then
// on: an I/O error, a full disk, half a write. Nobody is told "kept" wrongly: the answer is a
// receipt or 503 with Retry-After; who sends again with the same key gets one receipt, the one
// given before if there was one. Then the power goes: what a failed sync covered may be missing
// although later syncs said "done", and every receipt is there all the same. `seed=N` repeats.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { run, demoFolder, stop } = require('../lib/server.js');
const { file, step, library, Orders, startShimmed } = require('./shim.js');
const { People } = require('./load.js');
const { modes, read, random } = require('./record.js');
const { States, brief, isWrong, look } = require('./states.js');

const whole = process.argv.includes('all');
const given = process.argv.find((word) => /^seed=\d+$/.test(word));
const seed = given ? Number(given.slice(5)) : Math.floor(Math.random() * 2 ** 31);
const next = random(seed);
// Milliseconds that are a minute to the program while copies fail.
const minute = 150;

const ways = [
  { story: 'a write fails', steps: step.write, most: 120 },
  { story: 'a write fails that has taken half', steps: step.write, taken: 1, most: 120 },
  { story: 'a write is short', steps: step.write, taken: 2, most: 120 },
  { story: 'the disk is full for a write', steps: step.write, code: 'ENOSPC', most: 120 },
  { story: 'every write fails from then on', steps: step.write, sticky: true, most: 60 },
  { story: 'the disk is full from then on', steps: step.write, code: 'ENOSPC', taken: 1, sticky: true, most: 60 },
  { story: 'a sync fails', steps: step.sync, most: 8 },
  { story: 'every sync fails from then on', steps: step.sync, sticky: true, most: 5 },
  { story: 'a sync finds the disk full', steps: step.sync, code: 'ENOSPC', most: 8 },
  { story: 'every step fails from then on', steps: 7, sticky: true, most: 60 },
];
// While the log is copied into a database.
const copies = [
  { story: 'a write of the copy fails', steps: step.write, most: 40 },
  { story: 'every write of the copy fails', steps: step.write, sticky: true, most: 40 },
  { story: 'the disk is full for the copy', steps: step.write, code: 'ENOSPC', taken: 1, sticky: true, most: 40 },
  { story: 'the truncation after the copy fails', steps: step.truncate, most: 1 },
  { story: 'the sync after the copy fails', steps: step.sync, most: 2 },
  { story: 'every sync after the copy fails', steps: step.sync, sticky: true, most: 1 },
];
const starts = [...ways, { story: 'the folder cannot be synced', files: file.other, steps: step.sync, most: 1 },
  { story: 'nothing can be written besides', files: file.other, steps: step.write, most: 1 }];

// The server, its people and its disk through all rounds.
class Office {
  constructor() {
    this.folder = demoFolder('nth');
    this.beside = path.dirname(this.folder);
    this.base = path.join(this.beside, 'base');
    fs.cpSync(this.folder, this.base, { recursive: true, filter: (f) => path.basename(f) !== 'reserve' });
    this.orders = new Orders(path.join(this.beside, 'orders'));
    this.records = [];
    this.log = path.join(this.beside, 'log');
  }

  shim() {
    this.records.push(path.join(this.beside, `record${this.records.length}`));
    return { record: this.records.at(-1), orders: this.orders };
  }

  async start() {
    this.server = await startShimmed(this.folder, { ...this.shim(), hurry: this.hurry, logTo: this.log });
    this.people ??= new People(this.server);
    this.people.move(this.server);
    if (!this.people.example) { await this.people.prepare(); }
  }

  // While nothing is under way, so that the record has no half entry.
  async again(signal) {
    const ended = await stop(this.server, signal);
    this.orders.off();
    await this.start();
    return ended;
  }

  // It has ended by itself, as it must when a database cannot be synced: somebody starts it.
  async ifEnded(answers) {
    if (answers.some((a) => a.status === 0)) {
      await Promise.race([this.server.ended, new Promise((resolve) => { setTimeout(resolve, 5000); })]);
    }
    if (this.server.child.exitCode === null) { return false; }
    this.orders.off();
    this.ends = (this.ends ?? 0) + 1;
    await this.start();
    return true;
  }

  entries() {
    console.log(`# ${this.records.length} lives, ${this.records.reduce((sum, file) => sum + fs.statSync(file).size, 0) >> 20} MiB of record`);
    return this.records.flatMap(read);
  }
}

const isRefusal = (answer) => answer.status === 503 && Number(answer.headers['retry-after']) > 0;
const said = (answer) => `${answer.status} ${(answer.text ?? '').slice(0, 200)}`;

// People whose applications meet the failure; then the disk is well again and they ask once more.
async function round(office, way, n) {
  const { people, orders } = office;
  const wrong = [];
  const mine = Array.from({ length: 6 }, () => people.application());
  orders.set({ ...way, n });
  const uploading = people.upload(way.files === file.main + file.mainLog ? 1000 : 300000);
  const answers = await Promise.all(mine.map((one) => people.send(one)));
  answers.push(await uploading);
  const failed = orders.get('failed');
  const ended = await office.ifEnded(answers);
  wrong.push(...answers.filter((a) => a.status !== 201 && !isRefusal(a) && !(ended && a.status === 0)).map((a) => `while it failed: ${said(a)}`));
  if (way.kill && !ended) {
    // Rows of which nobody was told may be there now.
    await office.again('SIGKILL');
  }
  orders.off();
  wrong.push(...await askAgain(people, mine));
  return { n, wrong, failed, refused: answers.filter((a) => a.status === 503).length };
}

// Everybody gets a receipt now, the one given before if there was one.
async function askAgain(people, mine) {
  const wrong = [];
  for (const one of mine) {
    let answer = await people.send(one);
    for (let tries = 0; tries < 20 && isRefusal(answer); tries += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 100); });
      answer = await people.send(one);
    }
    if (answer.status !== 201 || !answer.same) { wrong.push(`asked again: ${said(answer)}, not ${JSON.stringify(one.receipt)}`); }
  }
  return wrong;
}

// A crowd, and the copying of its log, which meets the failure.
async function copyRound(office, way, n) {
  const { people, orders } = office;
  const before = people.applications.length;
  const answers = [];
  orders.set({ ...way, n });
  let ended = false;
  for (let tries = 0; tries < 12 && orders.get('failed') === 0 && !ended; tries += 1) {
    answers.push(...way.files === file.files
      ? await Promise.all(Array.from({ length: 5 }, () => people.upload(1000000)))
      : await people.crowd(16, { abreast: 8 }));
    await new Promise((resolve) => { setTimeout(resolve, 2 * minute); });
    ended = answers.some((a) => a.status === 0) || office.server.child.exitCode !== null;
  }
  // More of them on a log that could not be copied.
  if (!ended) { answers.push(...await people.crowd(10)); }
  const failed = orders.get('failed');
  ended = await office.ifEnded(answers);
  orders.off();
  const wrong = answers.filter((a) => a.status !== 201 && !isRefusal(a) && !(ended && a.status === 0)).map((a) => `while it failed: ${said(a)}`);
  wrong.push(...await askAgain(people, people.applications.slice(before)));
  return { n, wrong, failed, refused: answers.filter((a) => a.status === 503).length, ended };
}

// Which n: the first ones and some by the seed; with `all` more of both.
function numbers(most, few, many = 8) {
  const [first, others] = whole ? [many, many] : [1, few - 1];
  return [...new Set([...Array.from({ length: Math.min(first, most) }, (_, i) => i + 1), ...Array.from({ length: others }, () => 1 + Math.floor(next() * most))])];
}

async function rounds(office, way, story, few, one = round) {
  const results = [];
  for (const n of numbers(way.most, few, one === round ? 3 : 2)) { results.push(await one(office, way, n)); }
  const wrong = results.filter((r) => r.wrong.length > 0);
  const [hit, refused] = ['failed', 'refused'].map((word) => results.reduce((sum, r) => sum + (r[word] > 0 ? 1 : 0), 0));
  tap.claim(wrong.length === 0 && hit > 0, `${story}: a receipt or 503, the same later (${results.length} rounds, ${hit} hit, ${refused} refused${results.some((r) => r.ended) ? ', it ended by itself' : ''})`,
    wrong.slice(0, 5).map((r) => `n=${r.n}: ${r.wrong.slice(0, 3).join('; ')}`).join('\n') || 'no step failed');
}

// The server starts on a failing disk, or says in words why not; afterwards all is well.
async function failingStarts(office) {
  const wrong = [];
  let [refused, begun] = [0, 0];
  await office.again('SIGTERM');
  await office.people.crowd(10);
  await stop(office.server, 'SIGKILL');
  for (const way of starts) {
    for (const n of numbers(Math.min(way.most, 12), 2, 3)) {
      office.orders.set({ ...way, n });
      const server = await startShimmed(office.folder, { ...office.shim(), logTo: office.log }).catch((error) => ({ error: error.message }));
      if (server.error) {
        refused += 1;
        if (!/ended with 1\n/.test(server.error) || !/[a-z]{3,} [a-z]{3,}/.test(server.error) || /\(null\)|not ready/.test(server.error)) { wrong.push(`${way.story}, n=${n}: ${server.error.slice(0, 300)}`); }
      } else {
        begun += 1;
        office.people.move(server);
        const one = office.people.application();
        const answer = await office.people.send(one);
        if (answer.status !== 201 && !isRefusal(answer)) { wrong.push(`${way.story}, n=${n}: ${said(answer)}`); }
        await stop(server, 'SIGKILL');
      }
      office.orders.off();
    }
  }
  await office.start();
  wrong.push(...await askAgain(office.people, office.people.applications.filter((a) => !a.receipt)));
  tap.claim(wrong.length === 0, `on a failing disk it starts or says why not (${begun} began, ${refused} did not)`, wrong.slice(0, 5).join('\n'));
}

async function claimKept(office, when) {
  const { people, folder } = office;
  const ended = await stop(office.server);
  const check = run(['check', '--data', folder]);
  tap.claim(ended.code === 0 && check.status === 0, `${when}: it stops in order, \`bianmin check\` says sound`, JSON.stringify(ended) + check.stdout.split('\n').filter((l) => !l.startsWith('ok')).join('\n'));
  const found = await look(folder);
  const sent = people.applications.filter((a) => a.receipt).map((a) => a.receipt.case);
  const missing = sent.filter((one) => !found.cases.includes(one));
  tap.claim(missing.length === 0 && new Set(sent).size === sent.length, `${when}: all ${sent.length} receipts are records, each its own`, missing.slice(0, 5));
  const lost = people.uploads.filter((u) => !found.files.has(u.sha256));
  tap.claim(lost.length === 0, `${when}: all ${people.uploads.length} files that were answered are there`, JSON.stringify(lost.slice(0, 3)));
}

(async () => {
  if (!fs.existsSync(library)) {
    tap.skip('n-th failure', `no ${path.basename(library)}: make asan`);
    tap.done();
    return;
  }
  console.log(`# seed=${seed}`);
  const office = new Office();
  await office.start();
  for (const way of ways) {
    await rounds(office, { ...way, files: file.main + file.mainLog }, way.story, 4);
    await rounds(office, { ...way, files: file.files + file.filesLog }, `files: ${way.story}`, 3);
  }
  office.hurry = minute;
  await office.again('SIGTERM');
  for (const way of copies) {
    await rounds(office, { ...way, files: file.main }, way.story, 2, copyRound);
    if (whole || way.steps === step.sync) { await rounds(office, { ...way, files: file.files }, `files: ${way.story}`, 1, copyRound); }
  }
  office.hurry = 0;
  await office.again('SIGTERM'); // with a small log, which each start writes once more
  for (const way of ways.filter((w) => w.sticky)) {
    await rounds(office, { ...way, kill: true, most: 6 }, `${way.story}, and the program is killed`, 3);
  }
  await failingStarts(office);
  await office.people.crowd(30);
  await claimKept(office, 'after all of it');
  office.people.end();

  const states = await new States({ base: office.base, entries: office.entries(), people: office.people, seed }).prepare();
  const results = await states.walk({ each: whole ? 60 : 6, deepEvery: 20 });
  for (const mode of modes) {
    const wrong = results[mode].filter(isWrong);
    tap.claim(wrong.length === 0, `${mode}: the power goes after failed syncs, ${results[mode].length} states, all receipts there, all sound`,
      wrong.slice(0, 5).map(brief).join('\n'));
  }
  tap.done();
})().catch((error) => { tap.claim(false, 'steps fail', error.stack); tap.done(); process.exit(1); });
