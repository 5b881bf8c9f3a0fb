import { type Parsed, parsed, refused } from '../parsed.ts';
import type { OscArgument, OscMessage } from './osc.ts';

/** Bundles within bundles; nobody sends more than two. */
const DEEPEST = 8;

/** Where the reader is in a packet. */
interface Cursor {
  readonly view: DataView;
  at: number;
}

/**
 * Reads an OSC packet: a message, or a bundle of them, which may hold bundles. Never throws, and what it makes is no
 * larger than the packet. Time tags are not kept: everything counts at once.
 *
 * Source: the OSC 1.0 specification; strings end with a zero and are padded to four bytes, numbers are big-endian.
 */
export function decodeOsc(bytes: Uint8Array): Parsed<readonly OscMessage[]> {
  const messages: OscMessage[] = [];
  const reason = readPacket(bytes, messages, 0);
  return reason === null ? parsed(messages) : refused(`OSC: ${reason}`);
}

function readPacket(bytes: Uint8Array, messages: OscMessage[], depth: number): string | null {
  if (bytes.length === 0 || bytes.length % 4 !== 0) return `expected a multiple of 4 bytes, got ${bytes.length}`;
  const cursor = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
  const name = readString(cursor);
  if (name === null) return 'expected a string that ends';
  if (name === '#bundle') return readBundle(bytes, cursor, messages, depth);
  if (!name.startsWith('/')) return 'expected an address that begins with /';
  const args = readArguments(cursor);
  if (typeof args === 'string') return args;
  messages.push({ address: name, args });
  return null;
}

function readBundle(bytes: Uint8Array, cursor: Cursor, messages: OscMessage[], depth: number): string | null {
  if (depth === DEEPEST) return `expected bundles up to ${DEEPEST} deep`;
  cursor.at += 8; // the time tag
  if (cursor.at > bytes.length) return 'expected a time tag';
  while (cursor.at < bytes.length) {
    // The length is a multiple of four, so four more bytes are there.
    const size = cursor.view.getInt32(cursor.at);
    const start = cursor.at + 4;
    if (size <= 0 || size > bytes.length - start) return `expected an element of up to ${bytes.length - start} bytes`;
    const reason = readPacket(bytes.subarray(start, start + size), messages, depth + 1);
    if (reason !== null) return reason;
    cursor.at = start + size;
  }
  return null;
}

/** The arguments, or why there are none. */
function readArguments(cursor: Cursor): OscArgument[] | string {
  if (cursor.at === cursor.view.byteLength) return []; // senders of old leave the type tags out
  const tags = readString(cursor);
  if (tags === null || !tags.startsWith(',')) return 'expected type tags that begin with a comma';
  const args: OscArgument[] = [];
  for (const tag of tags.slice(1)) {
    const value = readArgument(cursor, tag);
    if (value === undefined) return 'expected arguments as the type tags say';
    args.push(value);
  }
  return args;
}

function readArgument(cursor: Cursor, tag: string): OscArgument | undefined {
  const { view } = cursor;
  const at = cursor.at;
  const fits = (bytes: number): boolean => {
    if (bytes > view.byteLength - at) return false;
    cursor.at = at + bytes;
    return true;
  };
  switch (tag) {
    case 'i':
      return fits(4) ? view.getInt32(at) : undefined;
    case 'f':
      return fits(4) ? view.getFloat32(at) : undefined;
    case 'd':
      return fits(8) ? view.getFloat64(at) : undefined;
    case 's':
    case 'S':
      return readString(cursor) ?? undefined;
    case 'b':
      return readBlob(cursor);
    case 'T':
      return true;
    case 'F':
      return false;
    case 'N':
      return null;
    case 'I':
      return Number.POSITIVE_INFINITY;
    default:
      return undefined;
  }
}

function readBlob(cursor: Cursor): Uint8Array | undefined {
  const { view, at } = cursor;
  if (view.byteLength - at < 4) return undefined;
  const size = view.getInt32(at);
  const padded = at + 4 + Math.ceil(size / 4) * 4;
  if (size < 0 || padded > view.byteLength) return undefined;
  cursor.at = padded;
  return new Uint8Array(view.buffer, view.byteOffset + at + 4, size);
}

/** A string, byte for byte (OSC allows ASCII only), or `null` where it does not end. */
function readString(cursor: Cursor): string | null {
  const { view } = cursor;
  let text = '';
  for (let at = cursor.at; at < view.byteLength; at++) {
    const byte = view.getUint8(at);
    if (byte === 0) {
      cursor.at = Math.min(Math.ceil((at + 1) / 4) * 4, view.byteLength);
      return text;
    }
    text += String.fromCharCode(byte);
  }
  return null;
}
