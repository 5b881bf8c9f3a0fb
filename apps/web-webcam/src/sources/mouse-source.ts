import { BLENDSHAPE_COUNT, type FaceSample } from '@tha4/pose-mapper';
import type { Source, SourceHost } from './source.ts';

const NO_BLENDSHAPES = new Float32Array(BLENDSHAPE_COUNT);
/** How far head and eyes turn towards the page's edge, radians. */
const TURN = { yaw: 0.17, pitch: 0.22, roll: 0.06, gazeYaw: 0.45, gazePitch: 0.35 };
/** A pointer that rests still holds the look; a tracker's samples come as often. */
const REPEAT_MS = 100;

/** The character looks where the pointer is. */
export function mouseSource({ face, say }: SourceHost, canvas: HTMLElement): Source {
  let ended = new AbortController();
  let newest: Omit<FaceSample, 'timeMs'> | null = null;
  const send = (): void => {
    const timeMs = performance.now();
    if (newest !== null) face({ ...newest, timeMs }, timeMs);
  };
  return {
    start: () => {
      ended = new AbortController();
      const { signal } = ended;
      say('Move the pointer.');
      document.body.dataset.tracking = 'face';
      addEventListener(
        'pointermove',
        ({ clientX, clientY }) => {
          newest = sampleTowards(canvas.getBoundingClientRect(), innerWidth, innerHeight, clientX, clientY);
          send();
        },
        { signal },
      );
      const timer = setInterval(send, REPEAT_MS);
      signal.addEventListener('abort', () => clearInterval(timer));
    },
    stop: () => {
      ended.abort();
      newest = null;
      face(null, performance.now());
    },
  };
}

/** A face that looks from the middle of the picture to a point of the page, as a camera would see it in a mirror. */
export function sampleTowards(
  picture: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>,
  width: number,
  height: number,
  x: number,
  y: number,
): Omit<FaceSample, 'timeMs'> {
  const right = share(x, picture.left + picture.width / 2, width);
  const down = share(y, picture.top + picture.height * 0.3, height);
  // A person who looks at their own right looks to the left of an unmirrored picture.
  return {
    blendshapes: NO_BLENDSHAPES,
    rotation: { yaw: -right * TURN.yaw, pitch: down * TURN.pitch, roll: right * TURN.roll },
    gaze: { yaw: -right * TURN.gazeYaw, pitch: down * TURN.gazePitch },
    parts: ['head', 'gaze'],
  };
}

/** -1..1: how far a point is from the middle, against the room that there is on its side. */
function share(at: number, middle: number, size: number): number {
  const room = at < middle ? middle : size - middle;
  return room <= 0 ? 0 : Math.max(-1, Math.min(1, (at - middle) / room));
}
