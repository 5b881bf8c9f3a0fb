import { inflateSync, strToU8 } from 'fflate';
import { CheckpointError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { CENTRAL, dataStart, END, LOCAL, readDirectory, STORED, type ZipEntry } from './zip-directory.ts';

/** How `writeZip` lays out its entries. */
export interface ZipOptions {
  /** Every entry's data begin at a multiple of this many bytes, a power of two up to 4096; 1 packs them. */
  readonly align?: number;
}

const VERSION = 20;
const UTF8_NAME = 0x0800;
const DATE_1980_01_01 = 0x21;
/** Extra field that PyTorch, too, pads with. */
const PADDING_FIELD = 0x4246;

/**
 * Reads every file of a zip. Nothing is allocated before the directory's sizes proved plausible: at most 1 GiB in all,
 * entries that do not overlap, and no more than deflate can pack.
 *
 * @param where names the zip in errors
 * @returns name -> bytes in the directory's order, without folders; a stored entry is a view of `bytes`
 * @throws CheckpointError where an entry is damaged (CRC-32), named twice, encrypted, or packed in an unknown way
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.4.
 */
export function readZip(bytes: Uint8Array, where: string): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { entries, directoryStart } = readDirectory(bytes, view, where);
  const files = new Map<string, Uint8Array>();
  let free = 0;
  for (const entry of [...entries].sort((a, b) => a.headerStart - b.headerStart)) {
    const start = dataStart(view, entry, where);
    if (entry.headerStart < free || start + entry.packedSize > directoryStart) {
      throw new CheckpointError(
        `${where}: '${entry.name}': expected data of its own in the zip, got a range that overlaps`,
      );
    }
    free = start + entry.packedSize;
    files.set(entry.name, unpack(bytes.subarray(start, free), entry, where));
  }
  return new Map(entries.filter(({ name }) => !name.endsWith('/')).map(({ name }) => [name, files.get(name)!]));
}

/** Writes a zip of stored entries; the same files in the same order give the same bytes. */
export function writeZip(entries: ReadonlyMap<string, Uint8Array>, { align = 1 }: ZipOptions = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let position = 0;
  for (const [name, data] of entries) {
    const fileName = strToU8(name);
    const extra = padding(position + LOCAL.size + fileName.length, align);
    const fields = [VERSION, UTF8_NAME, STORED, 0, DATE_1980_01_01] as const;
    const sizes = [crc32(data), data.length, data.length] as const;
    directory.push(
      record(CENTRAL.signature, [VERSION, ...fields], sizes, [fileName.length, 0, 0, 0, 0], [0, position]),
      fileName,
    );
    const header = record(LOCAL.signature, fields, sizes, [fileName.length, extra.length], []);
    parts.push(header, fileName, extra, data);
    position += header.length + fileName.length + extra.length + data.length;
  }
  const directorySize = totalLength(directory);
  const end = record(END.signature, [0, 0, entries.size, entries.size], [directorySize, position], [0], []);
  if (entries.size >= 0xffff || position + directorySize >= 0xffffffff) {
    throw new RangeError(
      `writeZip: expected fewer than 65535 entries and 4 GiB, got ${entries.size} and ${position} bytes`,
    );
  }
  return concatBytes([...parts, ...directory, end]);
}

/** The parts one after the other. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(totalLength(parts));
  let position = 0;
  for (const part of parts) {
    all.set(part, position);
    position += part.length;
  }
  return all;
}

function unpack(packed: Uint8Array, { name, deflated, crc, size }: ZipEntry, where: string): Uint8Array {
  const bytes = deflated ? inflate(packed, size, `${where}: '${name}'`) : packed;
  if (crc32(bytes) !== crc) {
    throw new CheckpointError(`${where}: '${name}': expected its CRC-32 to match, got another; is the file damaged?`);
  }
  return bytes;
}

function inflate(packed: Uint8Array, size: number, place: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    // One byte of room shows a stream that is longer than it claims: the library drops what does not fit.
    bytes = inflateSync(packed, { out: new Uint8Array(size + 1) });
  } catch (cause) {
    throw new CheckpointError(`${place}: expected deflated data, got something else; is the file damaged?`, [], {
      cause,
    });
  }
  if (bytes.length !== size) {
    throw new CheckpointError(`${place}: expected ${size} bytes, got ${bytes.length > size ? 'more' : bytes.length}`);
  }
  return bytes;
}

/** An extra field as long as it takes for the data behind it to begin at a multiple of `align`. */
function padding(position: number, align: number): Uint8Array {
  const short = (align - (position % align)) % align;
  if (short === 0) return new Uint8Array();
  const length = short >= 4 ? short : short + align * Math.ceil((4 - short) / align);
  const field = new Uint8Array(length);
  new DataView(field.buffer).setUint32(0, PADDING_FIELD | ((length - 4) << 16), true);
  return field;
}

/** A zip record: signature, 16-bit fields, 32-bit fields, 16-bit fields, 32-bit fields. */
function record(
  signature: number,
  shorts: readonly number[],
  longs: readonly number[],
  moreShorts: readonly number[],
  moreLongs: readonly number[],
): Uint8Array {
  const bytes = new Uint8Array(4 + 2 * (shorts.length + moreShorts.length) + 4 * (longs.length + moreLongs.length));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (value: number, size: 2 | 4): void => {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  };
  put(signature, 4);
  for (const value of shorts) put(value, 2);
  for (const value of longs) put(value, 4);
  for (const value of moreShorts) put(value, 2);
  for (const value of moreLongs) put(value, 4);
  return bytes;
}

function totalLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
