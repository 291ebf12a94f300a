// settings — of a test's instance: what settings.yaml says of others, changed before a start.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

// Each key once; what stood there before goes.
function settle(folder, values) {
  const file = path.join(folder, 'settings.yaml');
  const kept = fs.readFileSync(file, 'utf8').split('\n')
    .filter((line) => !(line.split(':')[0] in values) && line.trim() !== '');
  fs.writeFileSync(file, `${[...kept, ...Object.entries(values).map(([key, value]) => `${key}: ${value}`)].join('\n')}\n`);
}

// A file that only its owner reads; its name is what the setting wants.
function secretFile(folder, name, secret) {
  fs.writeFileSync(path.join(folder, `${name}.secret`), `${secret}\n`, { mode: 0o600 });
  return `${name}.secret`;
}

module.exports = { settle, secretFile };
