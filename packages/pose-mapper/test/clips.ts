import { readSharedJson } from '@tha4/test-utils';
import { BLENDSHAPE, BLENDSHAPE_NAMES, type BlendshapeName, type FaceSample } from '../src/index.ts';

/** The webcam clips whose every frame MediaPipe's answer is known of. */
export type Clip = 'roll15' | 'mirror-roll15' | 'move' | 'lost' | 'yawpitch' | 'blinkjaw';

/** A frame of a clip: what was done to the picture, and the sample that MediaPipe gives; `null` where it sees no face. */
export interface ClipFrame {
  readonly timeMs: number;
  readonly truth: Readonly<Record<string, number>>;
  readonly sample: FaceSample | null;
}

interface Expected {
  still: { blendshapes: Record<string, number>; landmarks: number[][] };
  clips: Record<Clip, ({ image: Record<string, number> & { t?: number[] } } & Record<string, number>)[]>;
}

/**
 * The 120 frames of a clip at 30 a second, as MediaPipe answers them in IMAGE mode. Only some channels are on record
 * for each frame; the others are the still picture's.
 */
export function clipFrames(clip: Clip): ClipFrame[] {
  const { still, clips } = readSharedJson<Expected>('fixtures/webcam/expected.json');
  return clips[clip].map(({ image, ...truth }, n) => {
    const timeMs = (n * 1000) / 30;
    if (image.faces === 0) return { timeMs, truth, sample: null };
    const blendshapes = Float32Array.from(BLENDSHAPE_NAMES, (name) => still.blendshapes[name] ?? 0);
    for (const [name, value] of Object.entries(image)) {
      if (name in BLENDSHAPE) blendshapes[BLENDSHAPE[name as BlendshapeName]] = value as number;
    }
    const radians = (name: string) => (image[name]! * Math.PI) / 180;
    const [x = 0, y = 0, z = 0] = image.t ?? [];
    const rotation = {
      pitch: radians('pitch_down_deg'),
      yaw: radians('yaw_right_deg'),
      roll: radians('roll_ccw_deg'),
    };
    return { timeMs, truth, sample: { timeMs, blendshapes, rotation, position: { x, y, z } } };
  });
}
