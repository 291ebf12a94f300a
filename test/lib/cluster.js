// cluster — a private PostgreSQL for a test that breaks it: killed, full, followed by standbys.
// A test that only needs one that works asks server.js for a database.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { root } = require('./server.js');

const script = path.join(root, 'test/lib/postgres');
const memory = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();

function programs() {
  return path.join('/usr/lib/postgresql', fs.readdirSync('/usr/lib/postgresql').sort((a, b) => a - b).pop(), 'bin');
}

// PostgreSQL's own programs refuse to be root.
function asPostgres(name, args, options = {}) {
  const own = process.getuid() === 0 ? ['setpriv', '--reuid', 'postgres', '--regid', 'postgres', '--init-groups'] : [];
  const [first, ...rest] = [...own, path.join(programs(), name), ...args];
  const result = spawnSync(first, rest, { encoding: 'utf8', cwd: '/', timeout: 60000, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  if (result.status !== 0) {
    throw new Error(`${name}: ${result.stderr}`);
  }
  return result.stdout.trim();
}

function psql(folder, port, database, texts) {
  const result = spawnSync('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-p', String(port), '-U', 'postgres', database,
    ...texts.flatMap((text) => ['-c', text])], { encoding: 'utf8', timeout: 60000 });
  if (result.status !== 0) {
    throw new Error(result.stderr || 'psql: no answer');
  }
  return result.stdout.trim();
}

// The processes of the server whose data lie in `data`: all of it at once, as when its machine
// goes. By their numbers, nobody else's.
function killServer(data, signal = 'SIGKILL') {
  const first = Number(fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(first)], { encoding: 'utf8' }).stdout.split('\n').map(Number).filter(Boolean);
  for (const pid of signal === 'SIGKILL' ? [first, ...children] : [first]) {
    try { process.kill(pid, signal); } catch { /* gone before */ }
  }
  const isThere = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
  for (const pid of [first, ...children]) {
    while (signal === 'SIGKILL' && isThere(pid)) { spawnSync('sleep', ['0.02']); }
  }
}

// A server that follows another one by streaming.
class Standby {
  constructor(cluster, name) {
    this.data = path.join(cluster.folder, name);
    this.log = path.join(cluster.folder, `${name}.log`);
    this.port = cluster.port;
    asPostgres('pg_basebackup', ['-d', `host=${cluster.folder} port=${this.port} user=postgres application_name=${name}`, '-D', this.data, '-R', '-c', 'fast', '--no-sync']);
    fs.appendFileSync(path.join(this.data, 'postgresql.conf'), `unix_socket_directories = '${this.data}'\nsynchronous_standby_names = ''\n`);
    this.start();
  }

  // Its output goes to a file: a pipe would stay open with it.
  start() {
    asPostgres('pg_ctl', ['-D', this.data, '-w', '-l', this.log, 'start']);
  }

  stop() {
    asPostgres('pg_ctl', ['-D', this.data, '-m', 'immediate', '-w', 'stop']);
  }

  promote() {
    asPostgres('pg_ctl', ['-D', this.data, '-w', 'promote']);
  }

  // The process that sends on what comes from the first server: stopped, it answers nobody.
  receiver() {
    return Number(this.sql('postgres', 'SELECT pid FROM pg_stat_wal_receiver'));
  }

  sql(database, ...texts) {
    return psql(this.data, this.port, database, texts);
  }
}

class Cluster {
  // `more`: settings, "name=value …". `folder`: where; one of its own else.
  // `env`: of the server.
  constructor({ durable = true, port, more = '', folder, env = {} } = {}) {
    this.folder = folder ?? fs.mkdtempSync(path.join(memory, 'bianmin-pg-'));
    this.port = port ?? 5432;
    this.env = { ...process.env, ...env, DURABLE: durable ? '1' : '', PORT: port ? String(port) : '', MORE: more };
    this.standbys = [];
  }

  script(what, ...rest) {
    const result = spawnSync(script, [what, this.folder, ...rest], { encoding: 'utf8', env: this.env, timeout: 120000 });
    if (result.status !== 0) {
      throw Object.assign(new Error(`${what}: ${result.stderr}`), { missing: result.status === 77 });
    }
    return result.stdout.trim();
  }

  // False: no server program is installed here.
  start() {
    try {
      this.script('start', String(process.pid));
      return true;
    } catch (error) {
      if (error.missing) { return false; }
      throw error;
    }
  }

  get data() { return path.join(this.folder, 'data'); }

  kill() { killServer(this.data); }

  again() { this.script('again'); }

  // Settings that hold from now on; `name=value`.
  set(...settings) {
    this.sql('postgres', ...settings.map((one) => `ALTER SYSTEM SET ${one.slice(0, one.indexOf('='))} = '${one.slice(one.indexOf('=') + 1)}'`),
      'SELECT pg_reload_conf()');
  }

  standby(name) {
    const one = new Standby(this, name);
    this.standbys.push(one);
    return one;
  }

  answers() {
    try { this.sql('postgres', 'SELECT 1'); return true; } catch { return false; }
  }

  // In the end; what has been stopped before is no matter.
  stop() {
    for (const one of this.standbys) {
      try { killServer(one.data); } catch { /* it is not running */ }
    }
    spawnSync(script, ['stop', this.folder], { encoding: 'utf8', env: this.env });
  }

  sql(database, ...texts) {
    return psql(this.folder, this.port, database, texts);
  }

  at(database, { user = 'bianmin', host = this.folder, more = '' } = {}) {
    return `postgresql://${user}@/${database}?host=${host}&port=${this.port}${more}`;
  }
}

module.exports = { Cluster, asPostgres, killServer };
