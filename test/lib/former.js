// former — an office of a version that was released, from what test/corpus/instances keeps.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { root, run, scratch, cluster, database, at } = require('./server.js');

const corpus = path.join(root, 'test', 'corpus', 'instances');
const filler = path.join(root, 'build-asan', 'fixture');

const versions = () => fs.readdirSync(corpus).filter((name) => fs.existsSync(path.join(corpus, name, 'rows'))).sort();

// An instance of that version: its folder and, on a server, the name of its database.
function former(version, under = scratch('version')) {
  const folder = path.join(under, 'office');
  const name = cluster ? database() : undefined;
  fs.mkdirSync(folder, { mode: 0o700 });
  fs.copyFileSync(path.join(corpus, version, 'key'), path.join(folder, 'key'));
  fs.chmodSync(path.join(folder, 'key'), 0o400);
  fs.writeFileSync(path.join(folder, 'settings.yaml'), `listen: 127.0.0.1:0\n${name ? `database: '${at(name)}'\n` : ''}`);
  const filled = spawnSync(filler, ['load', path.join(corpus, version, 'rows'), folder, ...(name ? [at(name)] : [])],
    { encoding: 'utf8' });
  if (filled.status !== 0) {
    throw new Error(`fixture ${version}: ${filled.stderr}`);
  }
  return { folder, name };
}

// A command on an office, to its end: {status, says}.
function command({ folder }, ...words) {
  const ran = run([...words, '--data', folder], { timeout: 60000 });
  return { status: ran.status, says: `${ran.stdout}${ran.stderr}` };
}

module.exports = { corpus, versions, former, command };
