// bench — the lines of our goals that exist so far (1, 3, 4, 8, 11), measured side by side on
// this machine in one go, written to doc/performance.md. `make bench`; QUICK=1 for a look.
//
// A figure is a ratio of medians from alternating runs (A B A B …), raw figures beside it.
// All servers listen on loopback; load comes from wrk with one thread on the same machine.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { spawn, spawnSync, execFileSync } = require('node:child_process');
const { root, demoFolder, start, stop, today } = require('../test/lib/server.js');
const { writeReport } = require('./report.js');

const pairs = process.env.QUICK ? 2 : 5;
const seconds = process.env.QUICK ? 1 : 4;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bianmin-bench-'));

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function wrk(url, { connections = 64, script, time = seconds } = {}) {
  const args = ['-t1', `-c${connections}`, `-d${time}s`, '--latency', ...(script ? ['-s', script] : []), url];
  const text = execFileSync('wrk', args, { encoding: 'utf8' });
  const toMs = (s) => parseFloat(s) * (/us$/.test(s) ? 0.001 : /ms$/.test(s) ? 1 : 1000);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]),
    p50: toMs(/^\s+50%\s+(\S+)/m.exec(text)[1]),
    p99: toMs(/^\s+99%\s+(\S+)/m.exec(text)[1]),
    failed: Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0)
      + [...(/Socket errors: .*/.exec(text)?.[0] ?? '').matchAll(/(?:connect|read|write|timeout) (\d+)/g)]
        .reduce((sum, [, n]) => sum + Number(n), 0),
  };
}

function raw(url, headers = {}) {
  return new Promise((resolve, reject) => {
    http.get(url, { headers, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (d) => parts.push(d));
      answer.on('end', () => resolve({
        status: answer.statusCode,
        body: Buffer.concat(parts),
        headers: answer.rawHeaders.join(': ').length + 20,
      }));
    }).on('error', reject);
  });
}

// nginx with one worker a core and the same bytes, as its own user's process in scratch.
async function startNginx(bytes) {
  const port = 18081;
  fs.mkdirSync(path.join(scratch, 'www'));
  fs.writeFileSync(path.join(scratch, 'www', 'index.html'), bytes);
  fs.chmodSync(scratch, 0o755);
  fs.writeFileSync(path.join(scratch, 'nginx.conf'), `
worker_processes ${os.cpus().length}; pid ${scratch}/nginx.pid; error_log ${scratch}/error.log; daemon off;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000; open_file_cache max=100; sendfile on; tcp_nopush on;
  types { text/html html; } client_body_temp_path ${scratch}/b; proxy_temp_path ${scratch}/p;
  fastcgi_temp_path ${scratch}/f; uwsgi_temp_path ${scratch}/u; scgi_temp_path ${scratch}/s;
  server { listen 127.0.0.1:${port} backlog=4096; root ${scratch}/www; } }`);
  const child = spawn('nginx', ['-c', path.join(scratch, 'nginx.conf'), '-p', scratch], { stdio: 'ignore' });
  await sleep(700);
  return { child, url: `http://127.0.0.1:${port}/index.html` };
}

async function line1(server) {
  const page = await raw(`${server.url}/district`);
  const nginx = await startNginx(page.body);
  const lines = [];
  for (const connections of [64, 512]) {
    const ours = [];
    const theirs = [];
    for (let i = 0; i < pairs; i += 1) {
      ours.push(wrk(`${server.url}/district`, { connections }).perSecond);
      theirs.push(wrk(nginx.url, { connections }).perSecond);
    }
    lines.push({
      line: 1, what: `cached public page ÷ nginx, ${page.body.length} same bytes, ${connections} connections`,
      value: median(ours) / median(theirs), goal: '≥ 1.0', met: median(ours) / median(theirs) >= 1,
      raw: `${Math.round(median(ours))}/s against ${Math.round(median(theirs))}/s (ours ${ours.map(Math.round).join(' ')}; nginx ${theirs.map(Math.round).join(' ')})`,
    });
  }
  nginx.child.kill('SIGTERM');
  return lines;
}

// `store-bench` prints lines name<TAB>value; bare and writer in alternating runs.
function line3() {
  const program = path.join(root, 'build', 'store-bench');
  const result = spawnSync(program, process.env.QUICK ? ['--quick'] : [], { encoding: 'utf8', cwd: scratch, timeout: 600000 });
  if (result.status !== 0) {
    throw new Error(`store-bench: ${result.stderr}`);
  }
  const figures = Object.fromEntries(result.stdout.trim().split('\n').filter((l) => l.includes('\t')).map((l) => l.split('\t')));
  const ratio = Number(figures.ratio);
  return { bare: Number(figures.bare_per_second), lines: [{
    line: 3, what: 'durable submissions inside the process (writer only) ÷ bare batch limit of SQLite',
    value: ratio, goal: '≥ 0.5', met: ratio >= 0.5,
    raw: `${figures.writer_per_second}/s against ${figures.bare_per_second}/s (writer ${figures.writer_runs}; bare ${figures.bare_runs})`,
  }] };
}

function syncP99() {
  const file = path.join(scratch, 'sync');
  const fd = fs.openSync(file, 'w');
  const took = [];
  for (let i = 0; i < 400; i += 1) {
    fs.writeSync(fd, Buffer.alloc(4096, i), 0, 4096, i * 4096);
    const before = process.hrtime.bigint();
    fs.fdatasyncSync(fd);
    took.push(Number(process.hrtime.bigint() - before) / 1e6);
  }
  fs.closeSync(fd);
  return took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)];
}

async function line4(server, bare) {
  const service = JSON.parse((await raw(`${server.url}/api/v1/district/services/zoning`)).body);
  const script = (name, delay) => {
    const file = path.join(scratch, `${name}.lua`);
    fs.writeFileSync(file, `
local n = 0
local body = [==[${JSON.stringify(service.example)}]==]
local head = { ["Content-Type"] = "application/json" }
function request()
  n = n + 1
  head["Idempotency-Key"] = string.format("%s-%d-%d", "${name}", os.time(), n)
  return wrk.format("POST", nil, head, body)
end
${delay ? `function delay() return math.random(1, ${delay * 2}) end` : ''}`);
    return file;
  };
  const url = `${server.url}/api/v1/district/services/zoning/cases`;
  const full = [];
  for (let i = 0; i < pairs; i += 1) {
    full.push(wrk(url, { connections: 256, script: script(`full${i}`) }));
  }
  const rate = median(full.map((f) => f.perSecond));
  const p50 = median(full.map((f) => f.p50));
  const p99 = median(full.map((f) => f.p99));
  const delay = Math.max(1, Math.round(64 / (rate / 4) * 1000));
  const calm = [];
  for (let i = 0; i < pairs; i += 1) {
    calm.push(wrk(url, { connections: 64, script: script(`calm${i}`, delay) }));
  }
  const sync = syncP99();
  const calmP99 = median(calm.map((f) => f.p99));
  const refused = full.concat(calm).reduce((sum, f) => sum + f.failed, 0);
  return [
    { line: 4, what: 'durable submissions over HTTP, the whole path, 256 clients ÷ bare limit', value: rate / bare,
      goal: '≥ 0.2', met: rate / bare >= 0.2,
      raw: `${Math.round(rate)}/s against ${Math.round(bare)}/s (${full.map((f) => Math.round(f.perSecond)).join(' ')}); ${refused} refused` },
    { line: 4, what: 'p99 ÷ p50 at that rate', value: p99 / p50, goal: '≤ 4', met: p99 / p50 <= 4, raw: `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms` },
    { line: 4, what: 'p99 in ms at a quarter of that rate', value: calmP99, goal: `≤ ${Math.max(10, 50 * sync).toFixed(0)}`,
      met: calmP99 <= Math.max(10, 50 * sync),
      raw: `${Math.round(median(calm.map((f) => f.perSecond)))}/s; fdatasync p99 ${sync.toFixed(2)} ms` },
  ];
}

function pssMiB(pid) {
  const family = [pid, ...execFileSync('sh', ['-c', `cat /proc/${pid}/task/*/children`], { encoding: 'utf8' }).trim().split(/\s+/).filter(Boolean)];
  return family.reduce((sum, one) => sum + Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))[1]), 0) / 1024;
}

async function line8(server) {
  const calm = pssMiB(server.child.pid);
  const port = Number(new URL(server.url).port);
  const sockets = [];
  const many = 10000;
  for (let i = 0; i < many; i += 1) {
    sockets.push(net.connect(port, '127.0.0.1'));
    sockets[i].on('error', () => {});
    if (i % 500 === 499) { await sleep(50); }
  }
  await sleep(1500);
  const open = sockets.filter((s) => s.readyState === 'open').length;
  const crowded = pssMiB(server.child.pid);
  sockets.forEach((s) => s.destroy());
  return [
    { line: 8, what: 'memory (PSS, helper process included) after start with the demo city, MiB', value: calm, goal: '≤ 64', met: calm <= 64, raw: '' },
    { line: 8, what: `the same with ${open} idle connections, MiB`, value: crowded, goal: '≤ 256', met: crowded <= 256 && open === many, raw: '' },
  ];
}

async function line11(server) {
  const br = { 'accept-encoding': 'br' };
  const page = await raw(`${server.url}/district`, br);
  const plain = (await raw(`${server.url}/district`)).body.toString();
  const parts = [...plain.matchAll(/<(?:link rel="(?:stylesheet|icon)"[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)"/g)].map((m) => m[1]);
  let bytes = page.body.length + page.headers;
  for (const part of parts) {
    const answer = await raw(new URL(part, server.url), br);
    bytes += answer.body.length + answer.headers;
  }
  return [
    { line: 11, what: 'first public page over the wire with headers, KB', value: bytes / 1024, goal: '≤ 30', met: bytes <= 30 * 1024, raw: `page ${page.body.length} bytes br` },
    { line: 11, what: 'requests', value: 1 + parts.length, goal: '≤ 5', met: parts.length < 5, raw: parts.join(' ') },
  ];
}

(async () => {
  const lines = [];
  const { bare, lines: store } = line3();
  lines.push(...store);
  const server = await start(demoFolder('bench'), { logTo: path.join(scratch, 'log') });
  try {
    lines.unshift(...await line8(server), ...await line1(server));
    lines.push(...await line4(server, bare), ...await line11(server));
  } finally {
    await stop(server);
  }
  lines.sort((a, b) => a.line - b.line);
  writeReport(path.join(root, 'doc', 'performance.md'), lines, { pairs, seconds, today, quick: Boolean(process.env.QUICK) });
  fs.rmSync(scratch, { recursive: true });
})().catch((error) => { console.error(error.stack); process.exit(1); });
