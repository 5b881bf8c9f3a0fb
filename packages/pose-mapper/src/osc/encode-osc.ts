import type { OscMessage } from './osc.ts';

/**
 * Writes a bundle that counts at once. Whole numbers are not told from others: where an argument has to be an int32,
 * `integers` names its place.
 */
export function encodeOscBundle(messages: readonly OutgoingMessage[]): Uint8Array {
  const elements = messages.map(encodeOscMessage);
  const size = elements.reduce((sum, element) => sum + 4 + element.length, 16);
  const bytes = new Uint8Array(size);
  writeString(bytes, 0, '#bundle');
  bytes[15] = 1; // the time tag "immediately"
  const view = new DataView(bytes.buffer);
  let at = 16;
  for (const element of elements) {
    view.setUint32(at, element.length);
    bytes.set(element, at + 4);
    at += 4 + element.length;
  }
  return bytes;
}

/** An OSC message to send: numbers (float32, or int32 at the places in `integers`) and ASCII strings. */
export interface OutgoingMessage extends OscMessage {
  readonly args: readonly (number | string)[];
  readonly integers?: readonly number[];
}

export function encodeOscMessage({ address, args, integers = [] }: OutgoingMessage): Uint8Array {
  const tags = `,${args.map((value, i) => (typeof value === 'string' ? 's' : integers.includes(i) ? 'i' : 'f')).join('')}`;
  const sizes = args.map((value) => (typeof value === 'string' ? stringBytes(value) : 4));
  const bytes = new Uint8Array(stringBytes(address) + stringBytes(tags) + sizes.reduce((a, b) => a + b, 0));
  const view = new DataView(bytes.buffer);
  let at = writeString(bytes, 0, address);
  at = writeString(bytes, at, tags);
  for (const [i, value] of args.entries()) {
    if (typeof value === 'string') writeString(bytes, at, value);
    else if (integers.includes(i)) view.setInt32(at, value);
    else view.setFloat32(at, value);
    at += sizes[i]!;
  }
  return bytes;
}

/** Bytes of a string with its zero, padded to four. */
function stringBytes(text: string): number {
  return Math.ceil((text.length + 1) / 4) * 4;
}

/** @returns the place behind the padded string */
function writeString(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i) & 0x7f;
  return at + stringBytes(text);
}
