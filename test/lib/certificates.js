// certificates — a chain as an office has it, made by openssl into a folder of a test's own:
// a root, one between, and certificates with whatever can be wrong about them.
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

class Certificates {
  constructor(folder) {
    this.folder = folder;
  }

  at(name) { return path.join(this.folder, name); }

  openssl(...args) {
    execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  authority(name) {
    this.openssl('req', '-x509', ...key, '-keyout', `${name}.key`, '-out', `${name}.crt`, '-days', '30', '-subj', `/CN=${name}`,
      '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign');
  }

  // One that `by` vouches for.
  certificate(name, by, { days = 30, extra }) {
    this.openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`, '-addext', extra);
    this.openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial', '-days', String(days),
      '-copy_extensions', 'copy', '-out', `${name}.crt`);
  }

  // root ─ between ─ good · other (another name) · expired; stranger ─ foreign.
  usual() {
    this.authority('root');
    this.authority('stranger');
    this.certificate('between', 'root', { extra: 'basicConstraints=critical,CA:TRUE' });
    this.certificate('good', 'between', { extra: 'subjectAltName=DNS:localhost' });
    this.certificate('other', 'between', { extra: 'subjectAltName=DNS:database.example' });
    this.certificate('expired', 'between', { extra: 'subjectAltName=DNS:localhost', days: -1 });
    this.certificate('foreign', 'stranger', { extra: 'subjectAltName=DNS:localhost' });
    return this;
  }

  // What a server shows: its own certificate and those up to its root.
  chain(name, ...rest) {
    return { key: fs.readFileSync(this.at(`${name}.key`)),
      cert: [name, ...rest].map((one) => fs.readFileSync(this.at(`${one}.crt`), 'utf8')).join('') };
  }
}

module.exports = { Certificates };
