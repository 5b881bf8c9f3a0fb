/** Bytes of a row of `count` integers of `bits` bits; every row begins at a byte. */
export function rowBytes(count: number, bits: number): number {
  return Math.ceil((count * bits) / 8);
}

/**
 * Writes signed integers as a row of bits: two's complement, the first integer's lowest bit is the first byte's lowest.
 *
 * @param target `rowBytes` zeros
 */
export function writeBits(integers: Int16Array, bits: number, target: Uint8Array): void {
  const mask = 2 ** bits - 1;
  let held = 0;
  let count = 0;
  let at = 0;
  for (const integer of integers) {
    held |= (integer & mask) << count;
    for (count += bits; count >= 8; count -= 8, held >>>= 8) target[at++] = held;
  }
  if (count > 0) target[at] = held;
}

/** The inverse of `writeBits`. @param integers receives as many as it has room for */
export function readBits(row: Uint8Array, bits: number, integers: Int16Array): void {
  const unused = 32 - bits;
  let held = 0;
  let count = 0;
  let at = 0;
  for (let i = 0; i < integers.length; i++) {
    for (; count < bits; count += 8) held |= row[at++]! << count;
    integers[i] = (held << unused) >> unused; // the sign goes up
    held >>>= bits;
    count -= bits;
  }
}
