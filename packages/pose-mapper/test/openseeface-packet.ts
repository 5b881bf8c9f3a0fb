/** What a test says that OpenSeeFace saw; the rest is a calm face that looks straight ahead. */
export interface OpenSeeFaceFace {
  readonly id?: number;
  /** Degrees as the tracker sends them. */
  readonly euler?: readonly [number, number, number];
  readonly eyesOpen?: { readonly right: number; readonly left: number };
  readonly fit?: { readonly ok: boolean; readonly error: number };
  /** Pupils against the middle of the eyes, x to the person's right, y down. */
  readonly gaze?: readonly [number, number];
  /** The 14 features by place. */
  readonly features?: Readonly<Record<number, number>>;
}

/** Packs faces as `facetracker.py` does, field after field, so that places are not taken from the reader's table. */
export function openSeeFacePacket(...faces: readonly OpenSeeFaceFace[]): Uint8Array {
  const bytes: number[] = [];
  const push = (size: number, write: (view: DataView) => void) => {
    const view = new DataView(new ArrayBuffer(size));
    write(view);
    bytes.push(...new Uint8Array(view.buffer));
  };
  const float = (value: number) => push(4, (view) => view.setFloat32(0, value, true));
  for (const face of faces) {
    const { id = 0, euler = [180, 10, 90], eyesOpen = { right: 1, left: 1 }, fit = { ok: true, error: 3 } } = face;
    push(8, (view) => view.setFloat64(0, 1.5, true));
    push(4, (view) => view.setInt32(0, id, true));
    for (const value of [640, 360, eyesOpen.right, eyesOpen.left]) float(value);
    bytes.push(fit.ok ? 1 : 0);
    float(fit.error);
    for (const value of [0, 0, 0, 1, ...euler, 0, 0, -5]) float(value);
    for (let i = 0; i < 68; i++) float(1); // confidence
    for (let i = 0; i < 136; i++) float(100); // points in the picture
    for (let point = 0; point < 70; point++) {
      const [x, y] = point === 66 || point === 67 ? (face.gaze ?? [0, 0]) : [0, 0];
      for (const value of [x, y, point === 66 || point === 67 ? 0.1 : 0]) float(value);
    }
    for (let i = 0; i < 14; i++) float(face.features?.[i] ?? 0);
  }
  return Uint8Array.from(bytes);
}
