// shim — starts the real program with the shim between it and its disk.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { root, start } = require('../lib/server.js');

const library = process.env.BIANMIN_SHIM || path.join(root, 'build-asan', 'fault-shim.so');
const file = { main: 1, mainLog: 2, files: 4, filesLog: 8, other: 16, databases: 15 };
const step = { write: 1, sync: 2, truncate: 4 };
// The places of struct shim_orders (shim.h).
const order = { countdown: 0, files: 8, steps: 16, code: 24, sticky: 32, taken: 40, failed: 48, seen: 56 };
const errno = { EIO: 5, ENOSPC: 28, killed: -1 };

// A page shared with the program: set() orders the n-th step to fail, read() tells what was.
class Orders {
  constructor(where) {
    this.path = where;
    this.fd = fs.openSync(where, 'w+');
    fs.writeSync(this.fd, Buffer.alloc(4096), 0, 4096, 0);
  }

  put(name, value) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(value));
    fs.writeSync(this.fd, bytes, 0, 8, order[name]);
  }

  get(name) {
    const bytes = Buffer.alloc(8);
    fs.readSync(this.fd, bytes, 0, 8, order[name]);
    return Number(bytes.readBigInt64LE());
  }

  set({ n, files = file.databases, steps, code = 'EIO', sticky = false, taken = 0 }) {
    this.put('countdown', 0);
    for (const [name, value] of Object.entries({ files, steps, code: errno[code], sticky: sticky ? 1 : 0, taken, failed: 0, seen: 0 })) {
      this.put(name, value);
    }
    this.put('countdown', n);
  }

  off() {
    this.put('countdown', 0);
  }
}

// The environment of a program on `folder` behind the shim.
// `record`: a file for what happens. `swallow`: files whose syncs are answered and not done.
// `hurry`: milliseconds in which a minute is over, so that the log is copied all the time.
function shimmed(folder, { record, orders, swallow, hurry, env } = {}) {
  return {
    ...env,
    LD_PRELOAD: library,
    SHIM_FOLDER: folder,
    ...(record ? { SHIM_RECORD: record } : {}),
    ...(orders ? { SHIM_ORDERS: orders.path } : {}),
    ...(hurry ? { SHIM_HURRY: String(hurry) } : {}),
    ...(swallow ? { SHIM_SWALLOW: String(swallow) } : {}),
    // A program under the sanitizers would refuse to come second.
    ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ? `${process.env.ASAN_OPTIONS}:` : ''}verify_asan_link_order=0`,
  };
}

function startShimmed(folder, options = {}) {
  return start(folder, { ...options, env: shimmed(folder, options) });
}

module.exports = { library, file, step, Orders, shimmed, startShimmed };
