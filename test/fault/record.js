// record — reads what the shim wrote down (shim.h) and rebuilds the folder as a disk could hold
// it after the power has gone at any moment of it.
//
// What a finished sync covers is there: of a file the writes before the sync began, of the
// folder the names made, changed and taken away before it. Everything else is open. What was
// open when a sync FAILED stays open for good: the kernel has marked it clean, so that a later
// sync says "done" and writes nothing of it. A sync that only TELLS of such a failure (Linux:
// once for each open descriptor) makes nothing safe and takes nothing away: it has written what
// came behind the failure, and stopped before the file's size; the next sync ends both well.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const kind = { folder: 1, open: 2, create: 3, write: 4, truncate: 5, syncBegin: 6, syncEnd: 7, unlink: 8, rename: 9, answer: 10, swallowed: 11, syncTold: 12 };
const sector = 512;
// Memory that SQLite makes anew, and ballast.
const leftOut = (name) => name.endsWith('-shm') || name === 'reserve';

function read(file) {
  const all = fs.readFileSync(file);
  const entries = [];
  // The last entry may be cut off when the program was killed while it was written.
  for (let at = 0; at + 32 <= all.length;) {
    const bytes = all.readUInt32LE(at + 4);
    if (at + 32 + bytes > all.length) { break; }
    entries.push({
      kind: all.readUInt32LE(at),
      file: Number(all.readBigUInt64LE(at + 8)),
      at: Number(all.readBigUInt64LE(at + 16)),
      begin: Number(all.readBigUInt64LE(at + 24)),
      bytes: all.subarray(at + 32, at + 32 + bytes),
    });
    at += 32 + bytes;
  }
  return entries;
}

// Randomness that a seed repeats (mulberry32).
function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6D2B79F5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(list, next) {
  const all = [...list];
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

// Bytes that grow. What lies between the old end and a write behind it is zero, or whatever the
// disk had there before.
class Image {
  constructor(bytes, filth) {
    this.bytes = Buffer.from(bytes);
    this.size = bytes.length;
    this.filth = filth;
  }

  resize(size) {
    if (size > this.bytes.length) {
      const more = Buffer.alloc(Math.max(size, this.bytes.length * 2));
      this.bytes.copy(more, 0, 0, this.size);
      this.bytes = more;
    }
    for (let at = this.size; at < size; at += this.filth ? this.filth.length : size) {
      this.bytes.fill(0, at, size);
      this.filth?.copy(this.bytes, at, 0, Math.min(size - at, this.filth.length));
    }
    this.size = size;
  }

  apply(op) {
    if (op.size !== undefined) {
      this.resize(op.size);
      return;
    }
    if (op.at + op.bytes.length > this.size) { this.resize(op.at + op.bytes.length); }
    op.bytes.copy(this.bytes, op.at);
  }

  whole() {
    return this.bytes.subarray(0, this.size);
  }
}

// A write in pieces that a disk takes or leaves one by one.
function sectors(op) {
  if (op.size !== undefined) { return [op]; }
  const pieces = [];
  for (let from = 0; from < op.bytes.length;) {
    const to = Math.min(op.bytes.length, from + sector - ((op.at + from) % sector));
    pieces.push({ at: op.at + from, bytes: op.bytes.subarray(from, to) });
    from = to;
  }
  return pieces;
}

// What of the open writes of one file has reached the disk.
const reached = {
  lost: () => [],
  torn: (open, next) => {
    const whole = Math.floor(next() * (open.length + 1));
    const torn = whole < open.length ? sectors(open[whole]).filter(() => next() < 0.5) : [];
    return [...open.slice(0, whole), ...torn];
  },
  reordered: (open, next) => {
    const share = next();
    return shuffled(open.filter(() => next() < share), next);
  },
  mixed: (open, next) => {
    const share = next();
    const pieces = open.flatMap((op) => (next() < 0.5 ? [op] : sectors(op).filter(() => next() < 0.7)));
    const some = pieces.filter(() => next() < share);
    return next() < 0.5 ? some : shuffled(some, next);
  },
  all: (open) => open,
};
const modes = ['lost', 'torn', 'reordered', 'mixed'];

// What is left of an open write where a later step has reached the disk for sure. A file has one
// size: an older one does not come back.
function without(op, later) {
  if (op.size !== undefined) { return []; }
  const from = later.size ?? later.at;
  const to = later.size !== undefined ? Infinity : later.at + later.bytes.length;
  if (op.at >= to || op.at + op.bytes.length <= from) { return [op]; }
  return [{ ...op, bytes: op.bytes.subarray(0, Math.max(0, from - op.at)) },
    { ...op, at: Math.max(op.at, to), bytes: op.bytes.subarray(Math.min(op.bytes.length, Math.max(0, to - op.at))) }]
    .filter((piece) => piece.bytes.length > 0);
}

class Disk {
  // `folder`: as it was, and lay safely, when the record began.
  constructor(folder, entries) {
    this.entries = entries;
    this.at = 0;
    this.names = new Map();
    for (const name of fs.readdirSync(folder)) {
      const file = path.join(folder, name);
      if (!leftOut(name) && fs.statSync(file).isFile()) {
        this.names.set(name, { safe: new Image(fs.readFileSync(file)), open: [] });
      }
    }
    this.live = new Map(this.names);
    this.openNames = [];
    this.byInode = new Map();
    this.begins = [];
    this.failedSyncs = 0;
  }

  // Goes on until `cut` entries have happened.
  to(cut) {
    for (; this.at < cut; this.at += 1) { this.step(this.entries[this.at], this.at); }
    return this;
  }

  rename(change, index) {
    change(this.live);
    this.openNames.push({ index, change });
  }

  step(e, index) {
    const file = this.byInode.get(e.file);
    const name = () => e.bytes.toString();
    switch (e.kind) {
      case kind.folder: // a process begins, and counts its syncs from 0
        this.folderInode = e.file;
        this.begins = [];
        break;
      case kind.open:
        if (!leftOut(name()) && !this.byInode.has(e.file)) { this.byInode.set(e.file, this.live.get(name())); }
        break;
      case kind.create: {
        if (leftOut(name())) { break; }
        const made = { safe: new Image(Buffer.alloc(0)), open: [] };
        const called = name();
        this.byInode.set(e.file, made);
        this.rename((names) => names.set(called, made), index);
        break;
      }
      case kind.unlink: {
        const called = name();
        if (!leftOut(called)) {
          for (const [inode, one] of this.byInode) { if (one === this.live.get(called)) { this.byInode.delete(inode); } }
          this.rename((names) => names.delete(called), index);
        }
        break;
      }
      case kind.rename: {
        const [from, to] = name().split('\0');
        const moved = this.live.get(from);
        this.rename((names) => { names.delete(from); names.set(to, moved); }, index);
        break;
      }
      case kind.write:
        file?.open.push({ index, at: e.at, bytes: e.bytes });
        break;
      case kind.truncate:
        file?.open.push({ index, size: e.at });
        break;
      case kind.syncBegin:
        this.begins.push(index);
        break;
      case kind.syncEnd:
        this.synced(file, this.begins[e.begin], e, index);
        break;
      default:
    }
  }

  synced(file, begun, e, index) {
    if (e.file === this.folderInode) {
      this.openNames = this.openNames.filter(({ index: made, change }) => {
        if (e.at === 0 && made < begun) { change(this.names); return false; }
        return true;
      });
    } else if (file && e.at !== 0) {
      this.failedSyncs += 1;
      for (const op of file.open) { op.limbo ??= index; }
    } else if (file) {
      file.open = this.kept(file, begun);
    }
  }

  // What stays open after a sync that ended well.
  kept(file, begun) {
    const safe = [];
    let open = [];
    for (const op of file.open) {
      if (op.limbo > begun) { throw new Error('the shim let a sync end well while another of its file failed'); }
      (op.index < begun && op.limbo === undefined ? safe : open).push(op);
    }
    for (const op of safe) {
      file.safe.apply(op);
      if (open.length > 0) { open = open.flatMap((old) => (old.limbo !== undefined && old.index < op.index ? without(old, op) : [old])); }
    }
    return open;
  }

  // The folder as the disk may hold it now: name → bytes.
  state(mode, next) {
    const filth = mode === 'mixed' && next() < 0.5 ? Buffer.from(Array.from({ length: 4096 }, () => Math.floor(next() * 256))) : null;
    const names = new Map(this.names);
    // Only one name at a time can be half done: a folder is not torn, its changes are there or not.
    const changes = mode === 'torn' ? this.openNames.slice(0, Math.floor(next() * (this.openNames.length + 1)))
      : mode === 'lost' ? [] : mode === 'all' ? this.openNames : this.openNames.filter(() => next() < 0.5);
    for (const { change } of changes) { change(names); }
    const folder = new Map();
    for (const [name, file] of names) {
      const image = new Image(file.safe.whole(), filth);
      for (const op of reached[mode](file.open, next)) { image.apply(op); }
      folder.set(name, image.whole());
    }
    return folder;
  }
}

module.exports = { kind, modes, read, random, Disk, leftOut };
