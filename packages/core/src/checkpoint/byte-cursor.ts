import { strFromU8 } from 'fflate';
import { CheckpointError } from '../errors.ts';

/** Reads little-endian values one after the other, and refuses to read past the end. */
export interface ByteCursor {
  readonly position: () => number;
  readonly take: (count: number) => Uint8Array;
  readonly uint8: () => number;
  readonly uint16: () => number;
  readonly uint32: () => number;
  readonly int32: () => number;
  /** As a number, exact below 2^53. */
  readonly uint64: () => number;
  readonly bigEndianFloat64: () => number;
  readonly utf8: (count: number) => string;
  /** The text up to the next line feed, which is passed over. */
  readonly line: () => string;
}

/** Starts reading `bytes` at `start`. @param where names the file in errors */
export function byteCursor(bytes: Uint8Array, start: number, where: string): ByteCursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = start;
  const advance = (count: number): number => {
    if (count > bytes.length - position) {
      throw new CheckpointError(
        `${where}: expected ${count} more bytes at byte ${position}, got the end; is it cut off?`,
      );
    }
    position += count;
    return position - count;
  };
  const utf8 = (count: number): string => {
    const at = advance(count);
    return strFromU8(bytes.subarray(at, at + count));
  };
  return {
    position: () => position,
    take: (count) => {
      const at = advance(count);
      return bytes.subarray(at, at + count);
    },
    uint8: () => view.getUint8(advance(1)),
    uint16: () => view.getUint16(advance(2), true),
    uint32: () => view.getUint32(advance(4), true),
    int32: () => view.getInt32(advance(4), true),
    uint64: () => Number(view.getBigUint64(advance(8), true)),
    bigEndianFloat64: () => view.getFloat64(advance(8), false),
    utf8,
    line: () => {
      const end = bytes.indexOf(0x0a, position);
      const text = utf8((end < 0 ? bytes.length + 1 : end) - position);
      advance(1);
      return text;
    },
  };
}
