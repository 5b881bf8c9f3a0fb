/** Bytes as people say them: `980 B`, `12.4 kB`, `1.93 MB` (thousands, as file managers count). */
export function humanBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 99.95 ? value.toFixed(0) : value.toPrecision(3)} ${units[unit]}`;
}

/** A whole number with separators: `453,043`. */
export function humanCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 frame`, `48 frames`. */
export function counted(count: number, word: string): string {
  return `${humanCount(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** A time to wait: `3 s`, `2 min 5 s`, `1 h 12 min`. */
export function humanSeconds(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Decibels: `51.3 dB`; `null` is what equal pictures have. */
export function humanDecibels(value: number | null): string {
  return value === null ? 'no difference' : `${value.toFixed(1)} dB`;
}

/** Which share of the picture is painted: `47% of the picture, where it can be seen`. */
export function paintedWords(share: number): string {
  return `${Math.round(100 * share)}% of the picture, where it can be seen`;
}

/** safetensors' type names in users' words. */
export function humanDtypes(dtypes: readonly string[]): string {
  const words: Readonly<Record<string, string>> = { F64: 'fp64', F32: 'fp32', F16: 'fp16', BF16: 'bf16' };
  return dtypes.map((dtype) => words[dtype] ?? dtype.toLowerCase()).join(' and ');
}
