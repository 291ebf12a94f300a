// place.jpg out of small.jpg: a photograph that says where it was taken (24°57'12" N
// 121°13'30" E). Run once: node test/corpus/picture/place.js
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const entry = (tag, type, count, value) => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.writeUInt32LE(count, 4);
  (Buffer.isBuffer(value) ? value : Buffer.from(Uint32Array.of(value).buffer)).copy(bytes, 8);
  return bytes;
};
const list = (...entries) => Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)]);
const degrees = (...three) => Buffer.from(Uint32Array.from(three.flatMap((n) => [n, 1])).buffer);
const letter = (text) => Buffer.from(`${text}\0\0\0`);

const first = 8 + 2 + 12 + 4;
const after = first + 2 + 4 * 12 + 4;
const tiff = Buffer.concat([
  Buffer.from('II*\0'), Buffer.from([8, 0, 0, 0]),
  list(entry(0x8825, 4, 1, first)),
  list(entry(1, 2, 2, letter('N')), entry(2, 5, 3, after), entry(3, 2, 2, letter('E')), entry(4, 5, 3, after + 24)),
  degrees(24, 57, 12), degrees(121, 13, 30),
]);
const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
const size = Buffer.alloc(2);
size.writeUInt16BE(body.length + 2);
const small = fs.readFileSync(path.join(__dirname, 'small.jpg'));
fs.writeFileSync(path.join(__dirname, 'place.jpg'),
  Buffer.concat([small.subarray(0, 2), Buffer.from([0xff, 0xe1]), size, body, small.subarray(2)]));
