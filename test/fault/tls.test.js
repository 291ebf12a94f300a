// tls — the connection to the database is encrypted and the server is who it says: a chain of
// certificates as an office has it, with everything that can be wrong about it, each told in
// a sentence that says what to do.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const tap = require('../lib/tap.js');
const { run, made, scratch, today, start, stop } = require('../lib/server.js');
const { Certificates } = require('../lib/certificates.js');
const { Cluster } = require('../lib/cluster.js');
const { People } = require('./load.js');

const port = 20000 + (process.pid % 20000);
const cluster = new Cluster({ port });
const desk = scratch('tls');
const inDesk = (name) => path.join(desk, name);
const certificates = new Certificates(desk);

// The server shows `name`'s certificate and those up to its root from now on; undefined: TLS is off.
function show(name, ...chain) {
  if (!name) {
    cluster.set('ssl=off');
    return;
  }
  const to = (file) => path.join(cluster.data, file);
  fs.writeFileSync(to('server.crt'), [name, ...chain].map((one) => fs.readFileSync(inDesk(`${one}.crt`), 'utf8')).join(''));
  fs.copyFileSync(inDesk(`${name}.key`), to('server.key'));
  const { uid, gid } = fs.statSync(cluster.data);
  for (const file of ['server.crt', 'server.key']) {
    fs.chownSync(to(file), uid, gid);
    fs.chmodSync(to(file), 0o600);
  }
  cluster.set('ssl=on', 'ssl_cert_file=server.crt', 'ssl_key_file=server.key');
  // A worker that is begun after the reload shows it.
  spawnSync('sleep', ['0.3']);
}

function prepare() {
  certificates.usual();
  // Over the network encrypted connections only; our own questions come by the socket.
  fs.writeFileSync(path.join(cluster.data, 'pg_hba.conf'),
    'local all all trust\nhostssl all bianmin 127.0.0.1/32 trust\nhostssl all bianmin ::1/128 trust\n');
  cluster.sql('postgres', 'SELECT pg_reload_conf()');
}

const full = `&sslmode=verify-full&sslrootcert=${inDesk('root.crt')}`;
const address = (more, user) => cluster.at('bianmin', { host: 'localhost', more, user });

function settings(folder, more, user) {
  fs.writeFileSync(path.join(folder, 'settings.yaml'), `listen: 127.0.0.1:0\ndatabase: '${address(more, user)}'\ndatabase_wait_seconds: 0\n`);
}

function claimRefused(folder, story, more, sentence, user) {
  settings(folder, more, user);
  const result = run(['serve', '--data', folder, '--listen', '127.0.0.1:0'], { timeout: 30000 });
  tap.claim(result.status === 1 && sentence.test(result.stdout), `${story} is refused, and what to do is said`, result.stdout + result.stderr);
}

// How the program's connections stand at the server: [encrypted, in the clear].
const connections = () => cluster.sql('postgres', `SELECT count(*) FILTER (WHERE ssl AND version = 'TLSv1.3'), count(*) FILTER (WHERE NOT ssl)
  FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'bianmin'`).split('|').map(Number);

async function sent(people) {
  const one = people.application();
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await people.send(one);
    if (answer.status === 201) { return true; }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return false;
}

async function trusted(folder) {
  settings(folder, full);
  const server = await start(folder);
  const people = new People(server);
  await people.prepare();
  const [begun, [closed, open]] = [await sent(people), connections()];
  tap.claim(begun && closed >= 3 && open === 0, `a good chain is trusted, and all ${closed} connections are encrypted`, `${begun} ${closed} ${open}`);
  cluster.kill();
  cluster.again();
  const [kept, [again, clear]] = [await sent(people), connections()];
  tap.claim(kept && again >= 1 && clear === 0, 'after the server has come back they are made anew behind the closed sandbox, encrypted too', `${kept} ${again} ${clear}\n${server.log.slice(-1500)}`);

  // The office forgot to renew it: what stands goes on, what is made anew is refused and logged.
  show('expired', 'between');
  tap.claim(await sent(people), 'a certificate that expires meanwhile ends no connection that stands');
  cluster.kill();
  cluster.again();
  const late = people.application();
  const answer = await people.send(late);
  for (let tries = 0; tries < 50 && !/certificate verify failed/.test(server.log); tries += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  tap.claim(answer.status === 503 && Number(answer.headers['retry-after']) > 0 && /certificate verify failed/.test(server.log), 'none is made with it: 503, and the log says why',
    `${answer.status} ${server.log.slice(-1500)}`);
  show('good', 'between');
  let status = 0;
  for (let tries = 0; tries < 200 && status !== 201; tries += 1) { ({ status } = await people.send(late)); }
  tap.claim(status === 201, 'renewed there, all goes on without a restart of ours', status);
  people.end();
  const ended = await stop(server);
  tap.claim(ended.code === 0, 'it stops in order', JSON.stringify(ended) + server.log.slice(-1500));
}

(async () => {
  if (!cluster.start()) {
    tap.skip('TLS to the database', 'no PostgreSQL server program is installed');
    tap.done();
    return;
  }
  prepare();
  show('good', 'between');
  const folder = path.join(desk, 'city');
  made(['init', '--demo', '--today', today, '--data', folder, '--database', address(full)]);
  await trusted(folder);

  claimRefused(folder, 'a server that takes TLS only, and an address that forbids it', '&sslmode=disable', /takes encrypted connections only\. Write sslmode=verify-full/);
  claimRefused(folder, 'a user for whom there is no rule at all', '', /refuses this user or this password/, 'nobody');
  settings(folder, '');
  const checked = run(['check', '--data', folder]);
  tap.claim(checked.status === 0, 'an address that says nothing of TLS is encrypted where the server wants it', checked.stdout);
  claimRefused(folder, 'an authority whose file is not there', `&sslmode=verify-full&sslrootcert=${inDesk('none.crt')}`, /not there\. Write its path as sslrootcert/);
  claimRefused(folder, 'a chain of another authority than the address names', `&sslmode=verify-full&sslrootcert=${inDesk('stranger.crt')}`, /not trusted: .*Renew it there, or name its authority/);
  show('foreign');
  claimRefused(folder, 'a certificate of an authority that nobody named', full, /not trusted: .*Renew it there, or name its authority/);
  show('good');
  claimRefused(folder, 'a chain with its middle missing', full, /not trusted: .*Renew it there, or name its authority/);
  show('other', 'between');
  claimRefused(folder, 'a certificate for another name', full, /for another name\. Write the name/);
  show('expired', 'between');
  claimRefused(folder, 'an expired certificate', full, /it has expired, or .*Renew it there/);
  show();
  claimRefused(folder, 'an address that wants TLS, and a server without', full, /offers no encrypted connection.*Switch TLS on there/);
  show('good', 'between');
  settings(folder, full);
  const check = run(['check', '--data', folder]);
  tap.claim(check.status === 0 && check.stdout.trim().endsWith('sound'), 'with all as it was, bianmin check says sound', check.stdout);
})().catch((error) => { tap.claim(false, 'TLS is tried', error.stack); })
  .finally(() => { cluster.stop(); tap.done(); process.exit(); });
