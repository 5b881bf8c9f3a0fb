/** A number in [0, 1) that belongs to a seed, a stream and a whole number: random access, so nothing has to be remembered. */
export function hash(seed: number, stream: number, index: number): number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35) ^ Math.imul(index, 0x27d4eb2f);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** Smooth noise in [-1, 1] whose hills are about one unit of `at` wide (value noise, quintic). */
export function smoothNoise(seed: number, stream: number, at: number): number {
  const cell = Math.floor(at);
  const x = at - cell;
  const blend = x * x * x * (x * (6 * x - 15) + 10);
  const left = hash(seed, stream, cell);
  return 2 * (left + (hash(seed, stream, cell + 1) - left) * blend) - 1;
}
