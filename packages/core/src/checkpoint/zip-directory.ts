import { strFromU8 } from 'fflate';
import { CheckpointError } from '../errors.ts';

/** What the central directory says of one entry. */
export interface ZipEntry {
  readonly name: string;
  readonly deflated: boolean;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** First byte of its local header. */
  readonly headerStart: number;
}

/** The entries of a zip in the directory's order, and where that directory begins. */
export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  readonly directoryStart: number;
}

/** Signatures and sizes without names of the three records. */
export const LOCAL = { signature: 0x04034b50, size: 30 } as const;
export const CENTRAL = { signature: 0x02014b50, size: 46 } as const;
export const END = { signature: 0x06054b50, size: 22 } as const;

/** Packing methods. */
export const STORED = 0;
export const DEFLATED = 8;

const MAX_TOTAL_BYTES = 2 ** 30;
/** Deflate cannot pack better than 258 bytes into 2 bits. */
const MAX_RATIO = 1032;

/**
 * Lists the entries of a zip, with sizes that are plausible to allocate.
 *
 * @throws CheckpointError where the directory is damaged, names an entry twice, or one is encrypted, packed in an unknown
 *   way or larger than it can be
 */
export function readDirectory(bytes: Uint8Array, view: DataView, where: string): ZipDirectory {
  const end = findEnd(view, where);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const directoryStart = view.getUint32(end + 16, true);
  if (count === 0xffff || directoryStart + size > end) {
    throw new CheckpointError(
      `${where}: expected a directory of ${count} entries within the zip, got one outside of it`,
    );
  }
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let position = directoryStart;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const { entry, next } = readEntry(bytes, view, position, directoryStart + size, where);
    if (names.has(entry.name)) throw new CheckpointError(`${where}: expected one entry '${entry.name}', got several`);
    names.add(entry.name);
    total += entry.size;
    if (total > MAX_TOTAL_BYTES || entry.size > entry.packedSize * MAX_RATIO) {
      throw new CheckpointError(
        `${where}: '${entry.name}': expected at most ${MAX_TOTAL_BYTES} bytes in all and ${MAX_RATIO} times the packed size, got ${entry.size} from ${entry.packedSize}`,
      );
    }
    entries.push(entry);
    position = next;
  }
  return { entries, directoryStart };
}

/** Where an entry's data begin; only its local header knows how long the padding before them is. */
export function dataStart(view: DataView, { name, headerStart }: ZipEntry, where: string): number {
  if (headerStart + LOCAL.size > view.byteLength || view.getUint32(headerStart, true) !== LOCAL.signature) {
    throw new CheckpointError(`${where}: '${name}': expected its header at byte ${headerStart}, got something else`);
  }
  return headerStart + LOCAL.size + view.getUint16(headerStart + 26, true) + view.getUint16(headerStart + 28, true);
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  end: number,
  where: string,
): { entry: ZipEntry; next: number } {
  if (at + CENTRAL.size > end || view.getUint32(at, true) !== CENTRAL.signature) {
    throw new CheckpointError(`${where}: expected an entry of the zip directory at byte ${at}, got something else`);
  }
  const nameStart = at + CENTRAL.size;
  const nameEnd = nameStart + view.getUint16(at + 28, true);
  const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > end) throw new CheckpointError(`${where}: expected the zip directory to end at byte ${end}, got ${next}`);
  const name = strFromU8(bytes.subarray(nameStart, nameEnd));
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const packedSize = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  if ((flags & 1) === 1) throw new CheckpointError(`${where}: '${name}': expected a plain entry, got an encrypted one`);
  if (method !== STORED && method !== DEFLATED) {
    throw new CheckpointError(`${where}: '${name}': expected a stored or deflated entry, got zip method ${method}`);
  }
  if (method === STORED && packedSize !== size) {
    throw new CheckpointError(`${where}: '${name}': expected ${size} stored bytes, got ${packedSize}`);
  }
  const crc = view.getUint32(at + 16, true);
  const headerStart = view.getUint32(at + 42, true);
  return { entry: { name, deflated: method === DEFLATED, crc, packedSize, size, headerStart }, next };
}

/** Finds the end record: the last one whose comment reaches exactly to the end of the file. */
function findEnd(view: DataView, where: string): number {
  const last = view.byteLength - END.size;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) === END.signature && view.getUint16(at + 20, true) === last - at) return at;
  }
  throw new CheckpointError(
    `${where}: expected a zip file, got ${view.byteLength} bytes without its end; is it cut off?`,
  );
}
