// server — starts the real program on a scratch instance and ends it by its process id.
'use strict';

const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');
// What people run; BIANMIN names another one. Only a build with the seam believes in a clock
// of ours, so a test that sets it gets the one under the sanitizers.
const program = process.env.BIANMIN || path.join(root, 'build', 'bianmin');
const seamed = process.env.BIANMIN_SEAM || path.join(root, 'build-asan', 'bianmin');
// The day of the demo city in tests: a Monday, 115 (2026) 3 月 2 日.
const today = '2026-03-02';

function run(args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', timeout: 300000, ...options });
  if (result.error) {
    throw result.error;
  }
  return result;
}

const begun = [];
process.on('exit', () => {
  for (const folder of begun) {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

// A folder of this test's own, gone when the test ends.
function scratch(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `bianmin-${name}-`));
  if (!process.env.BIANMIN_KEEP) {
    begun.push(folder);
  }
  return folder;
}

function made(args) {
  const result = run(args);
  if (result.status !== 0) {
    throw new Error(`bianmin ${args.join(' ')}: ${result.stdout}\n${result.stderr}`);
  }
  return result.stdout;
}

// The private PostgreSQL of this run (test/lib/each), or undefined: SQLite. `at(name)` is the
// address of one of its databases.
const cluster = process.env.BIANMIN_TEST_SERVER;
let databases = 0;

function at(name) {
  return `${cluster}${cluster.includes('?') ? '&' : '?'}dbname=${name}`;
}

function sql(text, name) {
  const result = spawnSync('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-c', text, name ? at(name) : cluster],
    { encoding: 'utf8', timeout: 60000 });
  if (result.status !== 0) {
    throw new Error(`psql: ${result.stderr}`);
  }
  return result.stdout.trim();
}

// A database of this test's own, as a copy of another one or empty. They go with the cluster.
function database(template = 'template0') {
  databases += 1;
  const name = `test_${process.pid}_${databases}`;
  sql(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  return name;
}

function moveTo(folder, name) {
  const file = path.join(folder, 'settings.yaml');
  const text = fs.readFileSync(file, 'utf8').replace(/^database: .*$/m, `database: '${at(name)}'`);
  fs.writeFileSync(file, text);
}

// A demo city; copied from one made before by test/lib/each, since filling takes seconds.
function demoFolder(name) {
  const kept = cluster ? process.env.BIANMIN_DEMO_KEPT_POSTGRES : process.env.BIANMIN_DEMO_KEPT;
  const folder = path.join(scratch(name), 'city');
  if (kept && fs.existsSync(path.join(kept, 'settings.yaml'))) {
    fs.cpSync(kept, folder, { recursive: true });
    if (cluster) {
      moveTo(folder, database('city'));
    }
  } else if (cluster) {
    made(['init', '--demo', '--today', today, '--data', folder, '--database', at(database())]);
  } else {
    made(['init', '--demo', '--today', today, '--data', folder]);
  }
  return folder;
}

// Resolves when it prints where it listens. `logTo`: a file for its log, for who cannot read
// along (a full pipe would hold the program up). `clock`: the instant it should believe in.
// `using`: another program than ours.
function start(folder, { clock, env = {}, args = [], logTo, using } = {}) {
  const environment = { ...process.env, ...env };
  if (clock) {
    environment.BIANMIN_CLOCK = path.join(path.dirname(folder), 'clock');
    fs.writeFileSync(environment.BIANMIN_CLOCK, clock);
  }
  const child = spawn(using ?? (clock ? seamed : program), ['serve', '--data', folder, '--listen', '127.0.0.1:0', ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', logTo ? fs.openSync(logTo, 'a') : 'pipe'],
  });
  const server = { child, folder, log: '', output: '' };
  child.stderr?.on('data', (d) => { server.log += d; });
  server.ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`not ready after 60 s\n${server.output}\n${server.log}`));
    }, 60000);
    child.stdout.on('data', (d) => {
      server.output += d;
      const found = /listening on (http:\/\/\S+)/.exec(server.output);
      if (found) {
        clearTimeout(late);
        server.url = found[1].replace(/\/$/, '');
        resolve(server);
      }
    });
    server.ended.then(({ code, signal }) => {
      clearTimeout(late);
      reject(new Error(`ended with ${code ?? signal}\n${server.output}\n${server.log}`));
    });
  });
}

async function stop(server, signal = 'SIGTERM') {
  if (server.child.exitCode === null && server.child.signalCode === null) {
    server.child.kill(signal);
  }
  return server.ended;
}

// [{name, password, duties}] of the demo city.
function passwords(folder) {
  return fs.readFileSync(path.join(folder, 'passwords'), 'utf8').split('\n')
    .filter((line) => line.includes('\t') && !line.startsWith('#'))
    .map((line) => {
      const [name, password, duties] = line.split('\t');
      return { name, password, duties: (duties || '').split(/[ ,]+/) };
    });
}

function someoneWith(folder, office, duty) {
  const found = passwords(folder).find((p) => p.name.endsWith(`@${office}`) && p.duties.includes(duty));
  if (!found) {
    throw new Error(`nobody at ${office} has the duty ${duty}`);
  }
  return found;
}

// A second program on the same database: a folder of its own with the same key and settings.
function joined(folder, name, key = path.join(folder, 'key')) {
  const other = path.join(scratch('node'), name);
  fs.mkdirSync(other, { mode: 0o700 });
  fs.copyFileSync(key, path.join(other, 'key'));
  fs.chmodSync(path.join(other, 'key'), 0o400);
  fs.copyFileSync(path.join(folder, 'settings.yaml'), path.join(other, 'settings.yaml'));
  return other;
}

module.exports = {
  root, program, today, run, made, scratch, demoFolder, cluster, sql, database, at,
  start, stop, passwords, someoneWith, joined,
};
