// measure — what the lines of the bench measure with: load, single requests, memory, syncs,
// nginx, and taking turns.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { spawn, execFileSync } = require('node:child_process');
const { percentile } = require('./figures.js');

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// Options of `make bench ARGS="--lines 2,6 --rounds 3"`; QUICK=1 for a look.
function options(argv) {
  const quick = Boolean(process.env.QUICK);
  const found = { rounds: quick ? 2 : 5, seconds: quick ? 1 : 4, small: 10000, large: quick ? 30000 : 1000000,
    lines: null, engines: 'sqlite,postgresql', seed: 20260301, quick };
  for (let i = 0; i < argv.length; i += 2) {
    const name = argv[i].replace(/^--/, '');
    if (!(name in found) || argv[i + 1] === undefined) {
      throw new Error(`bench: what is ${argv[i]}? There are --lines --engines --rounds --seconds --small --large --seed`);
    }
    found[name] = /^\d+$/.test(argv[i + 1]) && name !== 'lines' ? Number(argv[i + 1]) : argv[i + 1];
  }
  found.lines = found.lines === null ? null : String(found.lines).split(',').map(Number);
  found.engines = String(found.engines).split(',');
  return found;
}

function wrkArgs(url, { connections = 64, script, time }) {
  return ['-t1', `-c${connections}`, `-d${time}s`, '--latency', ...(script ? ['-s', script] : []), url];
}

function wrkRead(text) {
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

const wrk = (url, how) => wrkRead(execFileSync('wrk', wrkArgs(url, how), { encoding: 'utf8' }));

// For several at the same time.
function wrkBeside(url, how) {
  const child = spawn('wrk', wrkArgs(url, how), { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (d) => { text += d; });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(wrkRead(text)) : reject(new Error(`wrk: ${code}\n${text}`))));
  });
}

const lua = (s) => `[====[${s}]====]`;

// Pages that are asked for in turn, with their cookies: [{ path, cookie }].
function pagesScript(file, pages) {
  fs.writeFileSync(file, `
local list, made, n = {
${pages.map((p) => `  { ${lua(p.path)}, ${lua(p.cookie)} },`).join('\n')}
}, {}, 0
function init()
  for i, p in ipairs(list) do made[i] = wrk.format("GET", p[1], { Cookie = p[2] }) end
end
function request()
  n = n + 1
  return made[n % #made + 1]
end`);
  return file;
}

// The same body again and again, each with a key of its own; now and then with a pause, or
// (`among`) one between so many pages.
function submitScript(file, { name, body, path: where, delay, among = 1, pages = [] }) {
  fs.writeFileSync(file, `
local n, made = 0, {}
local body = ${lua(body)}
local head = { ["Content-Type"] = "application/json" }
local pages = {
${pages.map((p) => `  { ${lua(p.path)}, ${lua(p.cookie)} },`).join('\n')}
}
function init()
  for i, p in ipairs(pages) do made[i] = wrk.format("GET", p[1], { Cookie = p[2] }) end
end
function request()
  n = n + 1
  if n % ${among} ~= 0 then return made[n % #made + 1] end
  head["Idempotency-Key"] = string.format("%s-%d-%d", "${name}", os.time(), n)
  return wrk.format("POST", ${lua(where)}, head, body)
end
${delay ? `function delay() return math.random(1, ${delay * 2}) end` : ''}`);
  return file;
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
async function startNginx(scratch, bytes, port = 18081) {
  const folder = fs.mkdtempSync(path.join(scratch, 'nginx-'));
  fs.writeFileSync(path.join(folder, 'index.html'), bytes);
  fs.chmodSync(scratch, 0o755);
  fs.chmodSync(folder, 0o755);
  fs.writeFileSync(path.join(folder, 'nginx.conf'), `
worker_processes ${os.cpus().length}; pid ${folder}/nginx.pid; error_log ${folder}/error.log; daemon off;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000; open_file_cache max=100; sendfile on; tcp_nopush on;
  types { text/html html; } client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen 127.0.0.1:${port} backlog=4096; root ${folder}; } }`);
  const child = spawn('nginx', ['-c', path.join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
  const over = new Promise((resolve) => child.on('close', resolve));
  const url = `http://127.0.0.1:${port}/index.html`;
  for (let tries = 0; tries < 50; tries += 1) {
    await sleep(100);
    const there = await raw(url).catch(() => null);
    if (there?.status === 200 && there.body.equals(Buffer.from(bytes))) {
      return { url, stop: () => { child.kill('SIGTERM'); return over; } };
    }
  }
  child.kill('SIGTERM');
  throw new Error('nginx does not answer (make deps)');
}

// p99 of an fdatasync after 4 KiB, in ms.
function syncP99(folder) {
  const fd = fs.openSync(path.join(folder, 'sync'), 'w');
  const took = [];
  for (let i = 0; i < 400; i += 1) {
    fs.writeSync(fd, Buffer.alloc(4096, i), 0, 4096, i * 4096);
    const before = process.hrtime.bigint();
    fs.fdatasyncSync(fd);
    took.push(Number(process.hrtime.bigint() - before) / 1e6);
  }
  fs.closeSync(fd);
  return percentile(took, 0.99);
}

function pssMiB(pid) {
  const family = [pid, ...execFileSync('sh', ['-c', `cat /proc/${pid}/task/*/children`], { encoding: 'utf8' }).trim().split(/\s+/).filter(Boolean)];
  return family.reduce((sum, one) => sum + Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))[1]), 0) / 1024;
}

// What the server itself took for the pages of a route, in µs, from its log since `from`. Whose
// asker had gone (status 0: the load's last) was not answered.
function serverMicros(logFile, from, route) {
  const fd = fs.openSync(logFile, 'r');
  const text = Buffer.alloc(fs.fstatSync(fd).size - from);
  fs.readSync(fd, text, 0, text.length, from);
  fs.closeSync(fd);
  return text.toString('utf8').split('\n').filter((l) => l.includes(`"${route}"`)).map((l) => JSON.parse(l))
    .filter((entry) => entry.status !== 0).map((entry) => {
      if (entry.status !== 200) {
        throw new Error(`${route} was answered ${entry.status}`);
      }
      return entry.us;
    });
}

module.exports = { sleep, options, wrk, wrkBeside, pagesScript, submitScript, raw, startNginx, syncP99, pssMiB, serverMicros };
