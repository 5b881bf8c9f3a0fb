/** A connected region. */
export interface Component {
  /** Its number in `labels`. */
  readonly label: number;
  readonly area: number;
  readonly left: number;
  readonly top: number;
  /** One past its last column and row. */
  readonly right: number;
  readonly bottom: number;
}

/** Regions of a plane, largest first. */
export interface Components {
  readonly list: readonly Component[];
  /** Number of each pixel's region, from 1; 0 where there is none, `[height, width]`. */
  readonly labels: Int32Array;
}

/** Finds the regions of pixels for which `inside` holds that touch at sides or corners. */
export function findComponents(width: number, height: number, inside: (pixel: number) => boolean): Components {
  const labels = new Int32Array(width * height);
  const list: Component[] = [];
  const stack = new Int32Array(width * height);
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || !inside(start)) continue;
    const label = list.length + 1;
    let [area, left, top, right, bottom] = [0, width, height, 0, 0];
    let depth = 0;
    labels[start] = label;
    stack[depth++] = start;
    while (depth > 0) {
      const pixel = stack[--depth]!;
      const x = pixel % width;
      const y = (pixel - x) / width;
      area++;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (labels[next] !== 0 || !inside(next)) continue;
          labels[next] = label;
          stack[depth++] = next;
        }
      }
    }
    list.push({ label, area, left, top, right, bottom });
  }
  return { list: list.sort((p, q) => q.area - p.area), labels };
}
