/**
 * Places of the marked tiles of `[side, side]` that do not hang together with most of them. Tiles hang together where
 * they touch, be it at a corner.
 */
export function looseTiles(marked: Uint8Array): number[] {
  const side = Math.sqrt(marked.length);
  const left = marked.slice();
  const parts: number[][] = [];
  for (let start = left.indexOf(1); start >= 0; start = left.indexOf(1, start)) {
    left[start] = 0;
    const part = [start];
    for (const at of part) {
      const row = Math.floor(at / side);
      const column = at % side;
      for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, side - 1); r++) {
        for (let c = Math.max(column - 1, 0); c <= Math.min(column + 1, side - 1); c++) {
          if (left[r * side + c] === 0) continue;
          left[r * side + c] = 0;
          part.push(r * side + c);
        }
      }
    }
    parts.push(part);
  }
  const most = parts.reduce((largest, part) => Math.max(largest, part.length), 0);
  const main = parts.findIndex((part) => part.length === most);
  return parts.flatMap((part, i) => (i === main ? [] : part));
}
