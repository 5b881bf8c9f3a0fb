import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { readZip, writeZip } from './zip.ts';

const FILES = new Map([
  ['character.json', strToU8('{}')],
  ['深い/ü.bin', Uint8Array.from({ length: 1000 }, (_, i) => i * 7)],
  ['__proto__', strToU8('harmless')],
  ['empty', new Uint8Array()],
]);
const asText = (files: ReadonlyMap<string, Uint8Array>) =>
  [...files].map(([name, data]) => [name, strFromU8(data, true)]);

/** A copy with one 16- or 32-bit field of the first record with this signature replaced. */
function patched(zip: Uint8Array, signature: number, offset: number, value: number, size: 2 | 4): Uint8Array {
  const bytes = zip.slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length - 4; at++) {
    if (view.getUint32(at, true) !== signature) continue;
    if (size === 2) view.setUint16(at + offset, value, true);
    else view.setUint32(at + offset, value, true);
    return bytes;
  }
  throw new Error('no such record');
}
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

describe('crc32', () => {
  it('gives the check value of the standard', () => {
    expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
  });
});

describe('zip', () => {
  it.each([1, 2, 64, 4096])('reads back what it wrote, data aligned to %i bytes', (align) => {
    const zip = writeZip(FILES, { align });
    const read = readZip(zip, 'x.zip');
    expect(asText(read)).toEqual(asText(FILES));
    for (const data of read.values()) expect(data.byteOffset % align).toBe(0);
    expect(writeZip(new Map(FILES), { align })).toEqual(zip);
  });

  it('is understood by another implementation, and understands it', () => {
    const plain = new Map([...FILES].filter(([name]) => name !== '__proto__'));
    expect(asText(new Map(Object.entries(unzipSync(writeZip(plain, { align: 64 })))))).toEqual(asText(plain));
    expect(asText(readZip(zipSync(Object.fromEntries(plain)), 'x'))).toEqual(asText(plain));
    expect(asText(readZip(zipSync(Object.fromEntries(plain), { level: 0 }), 'x'))).toEqual(asText(plain));
  });

  it('reads an empty zip, one with a comment, and one at an odd offset; passes over folders', () => {
    expect(readZip(writeZip(new Map()), 'x').size).toBe(0);
    expect([
      ...readZip(zipSync({ 'a/': new Uint8Array(), 'a/b': strToU8('b') }, { comment: 'hello' }), 'x').keys(),
    ]).toEqual(['a/b']);
    const shifted = new Uint8Array([0, ...writeZip(FILES)]).subarray(1);
    expect(asText(readZip(shifted, 'x'))).toEqual(asText(FILES));
  });

  const stored = writeZip(FILES);
  const deflated = zipSync({ 'a.txt': strToU8('text '.repeat(100)) });
  const twice = writeZip(new Map([...FILES].slice(0, 1).concat([['character.jsoo', strToU8('{}')]])));
  twice.set(strToU8('character.json'), twice.lastIndexOf(0x6f) - 13);
  it.each([
    ['an empty file', new Uint8Array(), /got 0 bytes without its end/],
    ['a file without its end', stored.subarray(0, -1), /is it cut off/],
    ['a name that stands twice', twice, /expected one entry 'character\.json', got several/],
    ['a changed byte', stored.map((byte, i) => (i === 44 ? byte ^ 1 : byte)), /'character\.json': .*CRC-32/],
    ['an encrypted entry', patched(stored, CENTRAL, 8, 1, 2), /encrypted/],
    ['an unknown packing', patched(stored, CENTRAL, 10, 14, 2), /zip method 14/],
    ['a stored entry of two sizes', patched(stored, CENTRAL, 24, 1, 4), /expected 1 stored bytes, got 2/],
    ['a size that deflate cannot reach', patched(deflated, CENTRAL, 24, 2 ** 29, 4), /1032 times the packed size/],
    ['more data than claimed', patched(deflated, CENTRAL, 24, 499, 4), /expected 499 bytes, got more/],
    ['less data than claimed', patched(deflated, CENTRAL, 24, 501, 4), /expected 501 bytes, got 500/],
    ['a header outside of the file', patched(stored, CENTRAL, 42, 2 ** 31, 4), /expected its header at byte/],
    ['a directory outside of the file', patched(stored, END, 16, 2 ** 31, 4), /within the zip/],
    ['more entries than there are', patched(stored, END, 10, 60_000, 2), /expected an entry of the zip directory/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readZip(bytes, 'x.zip')).toThrow(CheckpointError);
    expect(() => readZip(bytes, 'x.zip')).toThrow(message);
    expect(() => readZip(bytes, 'x.zip')).toThrow(/^x\.zip: /);
  });

  it('refuses entries that share their data, the way zip bombs grow', () => {
    const zip = writeZip(
      new Map([
        ['a', strToU8('same')],
        ['b', strToU8('same')],
      ]),
    );
    const second = zip.length - 22 - 47;
    new DataView(zip.buffer).setUint32(second + 42, 0, true);
    expect(() => readZip(zip, 'x')).toThrow(/overlaps/);
  });
});
