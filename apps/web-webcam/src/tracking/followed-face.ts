/** Points of a face in shares of the picture. */
export type FacePoints = readonly { readonly x: number; readonly y: number }[];

/** Middle of a face's outline and its size, in shares of the picture. */
export interface FacePlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/**
 * Which of several faces to follow: the one nearest to where the followed one was, so that a guest does not take over;
 * without one, the largest, which is the nearest to the camera.
 *
 * @param last where the followed face was; `null`: nobody is followed
 * @returns its index; -1 for no faces
 */
export function chooseFace(faces: readonly FacePoints[], last: FacePlace | null): number {
  const places = faces.map(facePlace);
  const worth = (place: FacePlace): number =>
    last === null ? place.size : -Math.hypot(place.x - last.x, place.y - last.y);
  return places.reduce((best, place, i) => (best < 0 || worth(place) > worth(places[best]!) ? i : best), -1);
}

export function facePlace(points: FacePoints): FacePlace {
  let [left, right, top, bottom] = [1, 0, 1, 0];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, size: Math.max(right - left, bottom - top) };
}
