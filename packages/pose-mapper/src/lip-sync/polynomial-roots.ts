/** Rounds of improvement; twelve roots from a cold start need about 20. */
const ROUNDS = 60;

/**
 * All complex roots of `z^n + a[1] z^(n-1) + ... + a[n]`, by the method of Aberth and Ehrlich, which moves all of them
 * at once and needs no deflation. Allocates nothing.
 *
 * @param a `n + 1` real coefficients, `a[0]` is 1
 * @param re @param im `n` numbers, filled
 */
export function findRoots(a: Float64Array, re: Float64Array, im: Float64Array): void {
  const n = a.length - 1;
  // Starts beside a circle: a symmetric start never leaves its symmetry.
  for (let i = 0; i < n; i++) {
    re[i] = 0.9 * Math.cos((2 * Math.PI * (i + 0.3)) / n);
    im[i] = 0.9 * Math.sin((2 * Math.PI * (i + 0.3)) / n);
  }
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let i = 0; i < n; i++) {
      const x = re[i]!;
      const y = im[i]!;
      // Horner for the value p and the slope d.
      let pr = 1;
      let pi = 0;
      let dr = 0;
      let di = 0;
      for (let k = 1; k <= n; k++) {
        const t = dr * x - di * y + pr;
        di = dr * y + di * x + pi;
        dr = t;
        const u = pr * x - pi * y + a[k]!;
        pi = pr * y + pi * x;
        pr = u;
      }
      // step = 1 / (d / p - sum of 1 / (z - other))
      const size = pr * pr + pi * pi;
      if (size < 1e-28) continue;
      let qr = (dr * pr + di * pi) / size;
      let qi = (di * pr - dr * pi) / size;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        const ar = x - re[j]!;
        const ai = y - im[j]!;
        const distance = ar * ar + ai * ai + 1e-18;
        qr -= ar / distance;
        qi += ai / distance;
      }
      const norm = qr * qr + qi * qi;
      if (!(norm > 1e-18)) continue;
      re[i] = x - qr / norm;
      im[i] = y + qi / norm;
      moved = Math.max(moved, 1 / norm);
    }
    if (moved < 1e-16) return;
  }
}
