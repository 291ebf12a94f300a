// cities — instances of both engines and of any size, made when first asked for, their servers
// started, and all of it gone in the end. PostgreSQL is a private cluster with fsync on.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { execFileSync, spawnSync } = require('node:child_process');
const { root, made, start, stop, today, passwords } = require('../test/lib/server.js');
const { Visitor } = require('../test/lib/visitor.js');

const engineName = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };
const followedAtMost = 64;

class Cities {
  constructor(scratch, options) {
    Object.assign(this, { scratch, options, servers: new Map(), filled: new Map(), times: [] });
  }

  // The address of an empty database of this name.
  database(name) {
    if (!this.cluster) {
      this.cluster = path.join(this.scratch, 'postgresql');
      fs.chmodSync(this.scratch, 0o755);
      this.address = execFileSync(path.join(root, 'test', 'lib', 'postgres'), ['start', this.cluster, String(process.pid)],
        { encoding: 'utf8', env: { ...process.env, DURABLE: '1', MORE: 'shared_buffers=256MB max_wal_size=4GB checkpoint_timeout=15min' } }).trim();
    }
    this.psql('bianmin', `CREATE DATABASE ${name}`);
    return this.address.replace('/bianmin?', `/${name}?`);
  }

  psql(database, sql) {
    const program = path.join(execFileSync('sh', ['-c', 'ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1'], { encoding: 'utf8' }).trim(), 'psql');
    return execFileSync(program, ['-qXAt', this.address.replace('/bianmin?', `/${database}?`), '-c', sql],
      { encoding: 'utf8', env: { ...process.env, PGOPTIONS: '-c client_min_messages=error' } }).trim();
  }

  // `kind`: demo, small, large. The folder of the instance.
  folder(engine, kind) {
    const name = `${engine}_${kind}`;
    if (this.filled.get(name) === null) {
      throw new Error(`there is no city ${name}: see above`);
    }
    if (!this.filled.has(name)) {
      this.filled.set(name, null); // until it is made
      const folder = path.join(this.scratch, name);
      const where = engine === 'sqlite' ? [] : ['--database', this.database(name)];
      made(['init', ...(kind === 'demo' ? ['--demo', '--today', today] : []), '--data', folder, ...where]);
      if (kind !== 'demo') {
        this.fill(engine, kind, folder);
      }
      this.filled.set(name, folder);
    }
    return this.filled.get(name);
  }

  fill(engine, kind, folder) {
    const cases = this.options[kind];
    console.error(`# ${engineName[engine]}: a city of ${cases} cases is made`);
    const result = spawnSync(path.join(root, 'build', 'bench-fill'), ['--data', folder, '--cases', String(cases), '--seed', String(this.options.seed)],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    if (result.status !== 0) {
      throw new Error(`bench-fill: ${result.status ?? result.signal}`);
    }
    const told = Object.fromEntries(result.stdout.trim().split('\n').map((l) => l.split('\t')));
    console.error(`# ${told.seconds} s`);
    this.times.push(`${engineName[engine]}: ${told.cases} cases, ${told.open} of them open, ${told.events} events of ${told.years} years in ${told.seconds} s (seed ${told.seed})`);
    if (engine === 'postgresql') {
      // What autovacuum does within minutes.
      this.psql(`${engine}_${kind}`, 'VACUUM ANALYZE');
    }
  }

  async server(engine, kind) {
    const name = `${engine}_${kind}`;
    if (!this.servers.has(name)) {
      const folder = this.folder(engine, kind);
      const logFile = path.join(this.scratch, `${name}.log`);
      this.servers.set(name, Object.assign(await start(folder, { logTo: logFile }), { logFile }));
    }
    return this.servers.get(name);
  }

  async stopServer(engine, kind) {
    const name = `${engine}_${kind}`;
    if (this.servers.has(name)) {
      await stop(this.servers.get(name));
      this.servers.delete(name);
    }
  }

  async end() {
    await Promise.all([...this.servers.values()].map((s) => stop(s)));
    if (this.cluster) {
      execFileSync(path.join(root, 'test', 'lib', 'postgres'), ['stop', this.cluster]);
    }
    fs.rmSync(this.scratch, { recursive: true, force: true });
  }
}

const cookiesOf = (visitor) => [...visitor.jar].map(([k, v]) => `${k}=${v.value}`).join('; ');

// Status pages of citizens who have entered number and code: [{ path, cookie }].
async function statusPages(server) {
  const lines = fs.readFileSync(path.join(server.folder, 'followed'), 'utf8').trim().split('\n').map((l) => l.split('\t'));
  const every = Math.ceil(lines.length / followedAtMost);
  const pages = [];
  for (const [office, number, code] of lines.filter((_, i) => i % every === 0)) {
    const visitor = new Visitor(server.url);
    await visitor.get(`/${office}/status`);
    await visitor.send({ number, code }, { which: 'status' });
    visitor.is(200).see(number);
    pages.push({ path: `/${office}/status/${number}`, cookie: cookiesOf(visitor) });
  }
  return pages;
}

// A page of somebody who is signed in; how many cases it shows.
async function staffPage(server, name, page) {
  const who = passwords(server.folder).find((p) => p.name === name);
  const visitor = new Visitor(server.url);
  await visitor.get('/staff/sign-in');
  await visitor.send({ name: who.name, password: who.password });
  visitor.is(200);
  const where = `${new URL(visitor.at).pathname.replace(/\/$/, '')}/${page}`;
  await visitor.get(where);
  visitor.is(200);
  return { path: where, cookie: cookiesOf(visitor), rows: (visitor.page.match(/\/staff\/cases\//g) ?? []).length };
}

const worklistPage = (server, name, list) => staffPage(server, name, `worklist?list=${list}`);

module.exports = { Cities, engineName, statusPages, staffPage, worklistPage };
