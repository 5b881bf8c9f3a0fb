/** Numbers of `[n, h, w, c]` in NCHW order. */
export function channelsFirst(
  data: Float32Array,
  [n, h, w, c]: readonly [number, number, number, number],
): Float32Array {
  const pixels = h * w;
  const out = new Float32Array(data.length);
  for (let image = 0; image < n; image++) {
    const start = image * pixels * c;
    for (let channel = 0; channel < c; channel++) {
      const to = start + channel * pixels;
      for (let pixel = 0; pixel < pixels; pixel++) out[to + pixel] = data[start + pixel * c + channel]!;
    }
  }
  return out;
}

/** The inverse: numbers of an `[n, h, w, c]` tensor that lie in NCHW order. */
export function channelsLast(
  data: Float32Array,
  [n, h, w, c]: readonly [number, number, number, number],
): Float32Array {
  const pixels = h * w;
  const out = new Float32Array(data.length);
  for (let image = 0; image < n; image++) {
    const start = image * pixels * c;
    for (let channel = 0; channel < c; channel++) {
      const from = start + channel * pixels;
      for (let pixel = 0; pixel < pixels; pixel++) out[start + pixel * c + channel] = data[from + pixel]!;
    }
  }
  return out;
}
