// peers — line 5 of our goals: what an office would pick instead (Redmine, Request Tracker,
// Fossil) and this program, side by side: opening one case, filing one case. `make bench-peers`
// installs the peers from Debian and writes its part of doc/performance.md; QUICK=1 for a look,
// and with names (ARGS=fossil) only those are measured and nothing is written.
//
// Each has the same number of cases with the same words, is warm, and answers in turn (A B C D,
// A B C D, …) to wrk with one thread; nothing is cached in front of any of them. The scripts in
// test/peers say how each is set up and what its two jobs are.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { execFileSync } = require('node:child_process');
const { root, demoFolder, start, stop } = require('../test/lib/server.js');
const { Visitor } = require('../test/lib/visitor.js');
const { writePeers } = require('./report.js');

const quick = Boolean(process.env.QUICK);
const rounds = quick ? 2 : 5;
const seconds = quick ? 2 : 6;
const connections = 32;
const cases = quick ? 300 : 1000;
const watched = 50; // cases that are opened in turn
const chosen = process.argv.slice(2);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bianmin-peers-'));
fs.chmodSync(scratch, 0o755); // the peers have a user of their own

const goals = {
  view: { Redmine: 1000, 'Request Tracker': 800, Fossil: 40 },
  file: { Redmine: 300, 'Request Tracker': 600, Fossil: 30 },
};
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// A connection for each: a server may close one that waits while we start the next server.
function ask(address, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const length = body ? { 'Content-Length': Buffer.byteLength(body) } : {};
    http.request(address, { method, agent: false, headers: { ...headers, ...length } }, (answer) => {
      const parts = [];
      answer.on('data', (d) => parts.push(d));
      answer.on('error', reject);
      answer.on('end', () => resolve({
        status: answer.statusCode, text: Buffer.concat(parts).toString(),
        head: Object.entries(answer.headers).map((h) => h.join(': ')).join('\n'),
      }));
    }).on('error', reject).end(body);
  });
}

// ---- believable cases, the same for all ----

const names = ['王小美', '陳大同', '林志明', '黃淑芬', '張家豪', '李雅婷', '吳俊傑', '劉怡君', '蔡宗翰', '楊佩珊', '許文雄'];
const sections = ['青埔段', '三角林段', '水汴頭段', '大牛欄段', '石頭段', '興南段', '內壢段'];
const purposes = [['sale', '買賣'], ['loan', '貸款'], ['other', '其他']];

function caseNumber(i) {
  const [purpose, purposeText] = purposes[i % 2];
  return {
    name: names[i % names.length], section: sections[i % sections.length], parcel: 1 + (i * 37) % 1900,
    mobile: `09${String(10000000 + (i * 7919) % 89999999).slice(0, 8)}`, purpose, purposeText,
  };
}

const subjectOf = (c) => `土地使用分區證明 ${c.section} ${c.parcel} 地號 ${c.name}`;
const textOf = (c) => [`申請人: ${c.name}`, '身分證統一編號: A123456789', `行動電話: ${c.mobile}`, '電子郵件: someone@example.com',
  `地段: ${c.section}`, `地號: ${c.parcel}-4`, '筆數: 1', `用途: ${c.purposeText}`, '份數: 1', '領取方式: 親自領取'].join('\n');

// ---- ours, described as the peers describe themselves ----

async function startOurs() {
  const server = await start(demoFolder('ours'), { logTo: path.join(scratch, 'ours.log') });
  const service = JSON.parse((await ask(`${server.url}/api/v1/district/services/zoning`)).text);
  const body = (c) => JSON.stringify({
    answers: { ...service.example.answers, name: c.name, section: c.section, parcel_main: c.parcel, mobile: c.mobile, purpose: c.purpose },
    contact: { ...service.example.contact, name: c.name, telephone: c.mobile },
  });
  return {
    name: 'Bianmin', version: 'this tree', setting: 'one process as `bianmin serve` starts it; SQLite, each answer after fdatasync',
    url: server.url, pids: [server.child.pid],
    file: {
      what: 'the interface for programs: a whole form through rules, sealing, events, number and receipt; answers with number and lookup code',
      path: '/api/v1/district/services/zoning/cases', status: 201, id: '"case":"([^"]+)","code":"([^"]+)"',
      headers: { 'Content-Type': 'application/json' }, cookies: [], onceKey: true, body,
    },
    view: { what: 'the applicant\'s status page: his sealed cookie opened, lookup code checked, way of the case, answers unsealed and masked' },
    count: () => Number(execFileSync('sqlite3', [path.join(server.folder, 'bianmin.db'), 'SELECT count(*) FROM casefile'], { encoding: 'utf8' })),
    stop: () => stop(server),
    // Number and code are entered once, as by a citizen with his receipt.
    async page([number, code]) {
      const visitor = new Visitor(server.url);
      await visitor.get('/district/status');
      await visitor.send({ number, code }, { which: 'status' });
      visitor.is(200).see(number);
      return { path: `/district/status/${number}`, headers: { Cookie: [...visitor.jar].map(([k, v]) => `${k}=${v.value}`).join('; ') }, sees: number };
    },
  };
}

// ---- a peer, by its script ----

function startPeer(name) {
  const script = path.join(root, 'test', 'peers', name);
  const folder = path.join(scratch, name);
  const run = (verb) => execFileSync(script, [verb, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const peer = { stop: () => run('stop'), count: () => Number(run('count').trim()) };
  try {
    run('start');
  } catch (error) {
    peer.stop();
    throw error;
  }
  Object.assign(peer, JSON.parse(fs.readFileSync(path.join(folder, 'job.json'), 'utf8')));
  const template = peer.file.body;
  const inside = /json/.test(peer.file.headers['Content-Type']) ? (s) => JSON.stringify(s).slice(1, -1) : encodeURIComponent;
  peer.file.body = (c) => template.replace('{subject}', () => inside(subjectOf(c))).replace('{text}', () => inside(textOf(c)));
  let turn = 0;
  peer.page = async ([id], c) => ({
    path: peer.view.path.replace('{id}', id), sees: c.name,
    headers: withCookie(peer.view, turn++),
  });
  peer.pids = peer.pids.map((file) => Number(fs.readFileSync(file, 'utf8').split('\n')[0]));
  return peer;
}

const withCookie = (job, i) => (job.cookies.length ? { ...job.headers, Cookie: job.cookies[i % job.cookies.length] } : job.headers);

// ---- filling and looking ----

async function fileOne(who, i) {
  const c = caseNumber(i);
  const headers = { ...withCookie(who.file, i), ...(who.file.onceKey ? { 'Idempotency-Key': `seed-${i}` } : {}) };
  for (let tries = 0; tries < 20; tries += 1) {
    const answer = await ask(who.url + who.file.path, { method: 'POST', headers, body: who.file.body(c) });
    const all = `${answer.head}\n\n${answer.text}`;
    const found = new RegExp(who.file.id).exec(all);
    if (answer.status === who.file.status && found) {
      return { id: found.slice(1), c };
    }
    who.lastRefusal = `${answer.status} ${all.slice(-400)}`;
  }
  throw new Error(`${who.name} takes no case: ${who.lastRefusal}`);
}

// Up to `cases` in all; the pages of `watched` of them are remembered.
async function fill(who) {
  const missing = cases - who.count();
  const made = [];
  let next = 0;
  const hand = async () => {
    while (next < missing) {
      const i = next;
      next += 1;
      made[i] = await fileOne(who, i);
    }
  };
  await Promise.all([hand(), hand(), hand(), hand()]);
  const every = Math.floor(made.length / watched);
  who.pages = [];
  for (let i = 0; i < watched; i += 1) {
    who.pages.push(await who.page(made[i * every].id, made[i * every].c));
  }
  who.held = who.count();
  who.filed = {};
}

// The page is what we think it is; its size on the wire, for comparing with what wrk reads.
async function look(who) {
  for (const page of who.pages) {
    const answer = await ask(who.url + page.path, { headers: page.headers });
    if (answer.status !== 200 || !answer.text.includes(page.sees)) {
      throw new Error(`${who.name}: ${page.path} is ${answer.status} and not the page of ${page.sees}`);
    }
    who.pageBytes = Buffer.byteLength(answer.text);
  }
}

function familyOf(pids) {
  const family = [...pids];
  for (let i = 0; i < family.length; i += 1) {
    try {
      family.push(...execFileSync('sh', ['-c', `cat /proc/${family[i]}/task/*/children`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
        .trim().split(/\s+/).filter(Boolean).map(Number));
    } catch { /* it ended meanwhile */ }
  }
  return family;
}

// The sum of a figure over all its processes; what ends meanwhile counts nothing.
function overFamily(pids, figure) {
  return familyOf(pids).reduce((sum, pid) => {
    try { return sum + figure(`/proc/${pid}`); } catch { return sum; }
  }, 0);
}

const memoryMiB = (pids) => overFamily(pids, (dir) => Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`${dir}/smaps_rollup`, 'utf8'))[1])) / 1024;

// Hundredths of a second of processor, those of ended children included.
const workOf = (pids) => overFamily(pids, (dir) => fs.readFileSync(`${dir}/stat`, 'utf8').replace(/^.*\) /, '')
  .split(' ').slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0));

// ---- load ----

const lua = (s) => `[====[${s}]====]`;

// Requests in turn; how many were answered as they should be is counted by status.
function wrkScript(file, { requests, status, onceKey }) {
  const list = requests.map((r) => `{${lua(r.method)}, ${lua(r.path)}, {${
    Object.entries(r.headers).map(([k, v]) => `[ ${lua(k)} ] = ${lua(v)}`).join(', ')}}, ${r.body ? lua(r.body) : 'nil'}}`).join(',\n');
  fs.writeFileSync(file, `
local list = {
${list}}
local made, n, threads = {}, 0, {}
right = 0
function setup(thread) threads[#threads + 1] = thread end
function init()
  for i, r in ipairs(list) do made[i] = wrk.format(r[1], r[2], r[3], r[4]) end
end
function request()
  n = n + 1
  ${onceKey ? `local r = list[n % #list + 1]
  r[3]["Idempotency-Key"] = "${onceKey}-" .. n
  return wrk.format(r[1], r[2], r[3], r[4])` : 'return made[n % #made + 1]'}
end
${status ? `function response(status) if status == ${status} then right = right + 1 end end` : ''}
function done(all, latency)
  local e = all.errors
  print(string.format("figures %d %d %d %d %d %d", all.requests, all.duration, all.bytes,
    threads[1]:get("right"), e.status, e.connect + e.read + e.write + e.timeout))
  print(string.format("times %d %d", latency:percentile(50), latency:percentile(99)))
end
`);
  return file;
}

function load(who, script, time = seconds, at = connections) {
  const text = execFileSync('wrk', ['-t1', `-c${at}`, `-d${time}s`, '--timeout', '60s', '-s', script, who.url], { encoding: 'utf8' });
  const [requests, took, bytes, right, refused, broken] = /figures (.*)/.exec(text)[1].split(' ').map(Number);
  const [p50, p99] = /times (.*)/.exec(text)[1].split(' ').map((us) => Number(us) / 1000);
  return { requests, seconds: took / 1e6, bytes, right, refused, broken, p50, p99 };
}

function viewOnce({ who }, time) {
  const script = wrkScript(path.join(scratch, 'view.lua'), {
    requests: who.pages.map((p) => ({ method: 'GET', path: p.path, headers: p.headers })) });
  const run = load(who, script, time);
  // Another page (a way to the sign-in, a fault) would have another size.
  const bytes = run.bytes / Math.max(1, run.requests);
  who.wireBytes ??= bytes;
  if (run.refused > 0 || Math.abs(bytes / who.wireBytes - 1) > 0.2) {
    throw new Error(`${who.name} did not show its page: ${JSON.stringify(run)}`);
  }
  return { ...run, perSecond: run.requests / run.seconds };
}

let batch = 0;
function fileOnce({ who, at }, time) {
  batch += 1;
  const requests = Array.from({ length: 64 }, (_, i) => ({
    method: 'POST', path: who.file.path, headers: withCookie(who.file, i), body: who.file.body(caseNumber(1000 + i)) }));
  const run = load(who, wrkScript(path.join(scratch, 'file.lua'),
    { requests, status: who.file.status, onceKey: who.file.onceKey && `run${batch}` }), time, at);
  const sums = who.filed[at] ??= { sent: 0, right: 0, refused: 0 };
  sums.sent += run.requests;
  sums.right += run.right;
  sums.refused += run.requests - run.right + run.broken;
  return { ...run, perSecond: run.right / run.seconds };
}

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// What wrk no longer waits for is still worked on: that is over before the next one's turn.
async function settle(who) {
  let before = workOf(who.pids);
  for (let calm = 0, tries = 0; calm < 2 && tries < 50; tries += 1) {
    await pause(250);
    const now = workOf(who.pids);
    calm = Math.abs(now - before) <= 1 ? calm + 1 : 0;
    before = now;
  }
}

// A B C D, A B C D, …; a first round warms and does not count.
async function byTurns(runners, once) {
  runners.forEach((one) => { one.runs = []; });
  for (let i = 0; i <= rounds; i += 1) {
    for (const one of runners) {
      const run = once(one, i === 0 ? Math.min(seconds, 3) : seconds);
      one.runs.push(...i === 0 ? [] : [run]);
      await settle(one.who);
    }
  }
  return runners;
}

const rate = (one) => median(one.runs.map((r) => r.perSecond));
const show = (n) => (n >= 100 ? n.toFixed(0) : n.toFixed(1));
const rawOf = (one) => `${show(rate(one))}/s (${one.runs.map((r) => show(r.perSecond)).join(' ')}; p50 ${median(one.runs.map((r) => r.p50)).toFixed(1)} ms${
  one.at === connections ? '' : `; ${one.at} connection`})`;

// A peer that does better with fewer connections is compared by its best.
function linesOf(job, [ours, ...peers], runners) {
  const bestOf = (who) => runners.filter((one) => one.who === who).sort((a, b) => rate(b) - rate(a));
  const [mine] = bestOf(ours);
  return peers.map((who) => {
    const [best, ...others] = bestOf(who);
    const value = rate(mine) / rate(best);
    const goal = goals[job][who.name];
    return { job, beside: who.name, value, goal, met: value >= goal,
      raw: `${rawOf(mine)} against ${[best, ...others].map(rawOf).join('; also ')}` };
  });
}

async function startAll(all) {
  for (const name of chosen.length > 0 ? chosen : ['redmine', 'rt', 'fossil']) {
    console.log(`starting ${name}`);
    all.push(startPeer(name));
  }
  all.unshift(await startOurs());
  for (const who of all) {
    console.log(`filling ${who.name} ${who.version}`);
    await fill(who);
    await look(who);
  }
}

// What was said to be kept is kept: by ours always, by a peer it is told.
function countKept(all) {
  for (const who of all) {
    who.stored = who.count() - who.held;
    who.said = Object.values(who.filed).reduce((sum, f) => sum + f.right, 0);
  }
  const [ours] = all;
  const refused = Object.values(ours.filed).reduce((sum, f) => sum + f.refused, 0);
  if (refused > 0 || ours.stored < ours.said) {
    throw new Error(`of ours ${refused} were refused, ${ours.stored} of ${ours.said} are there`);
  }
}

async function main() {
  const before = os.loadavg()[0];
  const all = [];
  const end = async () => {
    for (const who of all.splice(0)) { await who.stop(); }
    fs.rmSync(scratch, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => end().then(() => process.exit(1)));
  }
  try {
    await startAll(all);
    const views = await byTurns(all.map((who) => ({ who, at: connections })), viewOnce);
    all.forEach((who) => { who.memory = memoryMiB(who.pids); });
    const files = await byTurns(all.flatMap((who) => [connections, ...(who.file.alsoAt ?? [])].map((at) => ({ who, at }))), fileOnce);
    countKept(all);
    writePeers(chosen.length > 0 ? null : path.join(root, 'doc', 'performance.md'),
      [...linesOf('view', all, views), ...linesOf('file', all, files)], all,
      { rounds, seconds, connections, cases, watched, quick, load: before });
  } finally {
    await end();
  }
}

main().catch((error) => { console.error(error.stack); process.exit(1); });
