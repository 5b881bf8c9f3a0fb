import { strFromU8, strToU8 } from 'fflate';
import { CheckpointError } from '../errors.ts';
import { byteSize, DTYPE_BYTES } from './dtype.ts';
import type { Checkpoint, StoredDtype, StoredTensor } from './stored-tensor.ts';

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** In the order of the header; bytes are views of the file's. */
  readonly tensors: Checkpoint;
  readonly metadata: ReadonlyMap<string, string>;
}

const METADATA = '__metadata__';
/** The reference implementation's limit on the header. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * Reads a safetensors file: u64 header length, JSON header, then the tensors' bytes without holes or overlaps.
 *
 * @param where names the file in errors
 * @throws CheckpointError where the bytes are not such a file, with the key that is wrong
 * Source: https://github.com/huggingface/safetensors, README, "Format".
 */
export function readSafetensors(bytes: Uint8Array, where: string): SafetensorsFile {
  const { header, data } = splitHeader(bytes, where);
  const tensors = new Map<string, StoredTensor>();
  const ranges: (readonly [begin: number, end: number, key: string])[] = [];
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const [key, value] of Object.entries(header)) {
    if (key === METADATA) {
      metadata = readMetadata(value, where);
      continue;
    }
    const { dtype, shape, begin, end } = readEntry(value, `${where}: '${key}'`, data.length, key);
    tensors.set(key, { dtype, shape, bytes: data.subarray(begin, end) });
    ranges.push([begin, end, key]);
  }
  checkCover(ranges, data.length, where);
  return { tensors, metadata };
}

/**
 * Writes a safetensors file; the same tensors in the same order give the same bytes. The header keeps the given order;
 * the data lie from the widest type to the narrowest, so that every tensor is aligned to its type.
 *
 * @throws CheckpointError where a tensor's bytes do not fill its shape, or a key is the reserved `__metadata__`
 */
export function writeSafetensors(tensors: Checkpoint, metadata: ReadonlyMap<string, string> = new Map()): Uint8Array {
  const begins = new Map<string, number>();
  const byWidth = [...tensors].sort(([, a], [, b]) => DTYPE_BYTES[b.dtype] - DTYPE_BYTES[a.dtype]);
  let dataSize = 0;
  for (const [key, tensor] of byWidth) {
    checkWritable(key, tensor);
    begins.set(key, dataSize);
    dataSize += tensor.bytes.length;
  }
  const fields: string[] = [];
  const field = (key: string, value: unknown): unknown =>
    fields.push(`${JSON.stringify(key)}:${JSON.stringify(value)}`);
  if (metadata.size > 0) field(METADATA, Object.fromEntries(metadata));
  for (const [key, { dtype, shape, bytes }] of tensors) {
    const begin = begins.get(key)!;
    field(key, { dtype, shape, data_offsets: [begin, begin + bytes.length] });
  }
  const json = strToU8(`{${fields.join(',')}}`);
  const dataStart = 8 + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(dataStart + dataSize).fill(0x20, 8, dataStart);
  new DataView(file.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  file.set(json, 8);
  for (const [key, { bytes }] of tensors) file.set(bytes, dataStart + begins.get(key)!);
  return file;
}

function splitHeader(bytes: Uint8Array, where: string): { header: object; data: Uint8Array } {
  const length =
    bytes.length < 8 ? -1 : Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(0, true));
  if (length < 2 || length > Math.min(MAX_HEADER_BYTES, bytes.length - 8) || bytes[8] !== 0x7b) {
    throw new CheckpointError(
      `${where}: expected a safetensors file (header length, then '{'), got ${bytes.length} bytes that do not begin so`,
    );
  }
  let header: unknown;
  try {
    header = JSON.parse(strFromU8(bytes.subarray(8, 8 + length)));
  } catch (cause) {
    throw new CheckpointError(
      `${where}: expected JSON in the safetensors header, got something else; is it damaged?`,
      [],
      {
        cause,
      },
    );
  }
  return { header: header as object, data: bytes.subarray(8 + length) };
}

function readMetadata(value: unknown, where: string): ReadonlyMap<string, string> {
  if (!isRecord(value) || !Object.values(value).every((text) => typeof text === 'string')) {
    throw new CheckpointError(`${where}: expected '${METADATA}' to map names to strings, got something else`);
  }
  return new Map(Object.entries(value) as [string, string][]);
}

function readEntry(
  value: unknown,
  place: string,
  dataSize: number,
  key: string,
): { dtype: StoredDtype; shape: number[]; begin: number; end: number } {
  const fail = (want: string, got: unknown): never => {
    throw new CheckpointError(`${place}: expected ${want}, got ${JSON.stringify(got)?.slice(0, 80)}`, [key]);
  };
  if (!isRecord(value)) return fail('an object with dtype, shape and data_offsets', value);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPE_BYTES, dtype)) {
    return fail(`a dtype of ${Object.keys(DTYPE_BYTES).join(', ')}`, dtype);
  }
  if (!isSizes(shape)) return fail('a shape of whole numbers', shape);
  if (!isSizes(offsets) || offsets.length !== 2) return fail('two data_offsets', offsets);
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > dataSize) return fail(`data_offsets in order, within ${dataSize} bytes of data`, offsets);
  const size = byteSize(dtype as StoredDtype, shape);
  if (end - begin !== size) return fail(`${size} bytes for ${dtype} [${shape.join(', ')}]`, end - begin);
  return { dtype: dtype as StoredDtype, shape, begin, end };
}

function checkCover(ranges: (readonly [number, number, string])[], dataSize: number, where: string): void {
  let covered = 0;
  for (const [begin, end, key] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (begin !== covered) {
      throw new CheckpointError(`${where}: '${key}': expected data to begin at byte ${covered}, got ${begin}`, [key]);
    }
    covered = end;
  }
  if (covered !== dataSize) {
    throw new CheckpointError(`${where}: expected ${covered} bytes of tensor data, got ${dataSize}; is it cut off?`);
  }
}

function checkWritable(key: string, { dtype, shape, bytes }: StoredTensor): void {
  if (key === METADATA)
    throw new CheckpointError(`writeSafetensors: expected a tensor name, got the reserved '${key}'`);
  if (bytes.length !== byteSize(dtype, shape)) {
    throw new CheckpointError(
      `writeSafetensors: '${key}': expected ${byteSize(dtype, shape)} bytes for ${dtype} [${shape.join(', ')}], got ${bytes.length}`,
      [key],
    );
  }
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
