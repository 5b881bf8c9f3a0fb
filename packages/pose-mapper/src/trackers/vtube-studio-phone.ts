import { type Parsed, parsed, refused } from '../parsed.ts';
import { BLENDSHAPE, BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import { blendshapePlace } from './blendshape-lookup.ts';
import { rotationOfDegrees } from './rotation.ts';

/** UDP port of a phone with VTube Studio, where faces are asked for ("3rd Party PC Clients" has to be on). */
export const VTS_PHONE_PORT = 21412;

/** UDP port where we receive them; any would do, since the request names it. */
export const VTS_RECEIVE_PORT = 21413;

/** A frame takes about 4,000 characters. */
const LONGEST = 32_768;

/** Entries of a frame that are looked at; 52 are usual. */
const MOST_SHAPES = 256;

/** @param port where the answer shall go @param seconds for how long the phone shall send, 0.5 to 10; ask again before */
export function vtsPhoneRequest(port: number, seconds = 5): string {
  return JSON.stringify({ messageType: 'iOSTrackingDataRequest', time: seconds, sentBy: 'tha4', ports: [port] });
}

/**
 * Reads a frame of a phone with VTube Studio, JSON. `null` where the phone sees no face. `Rotation` holds degrees with
 * yaw in x and pitch in y. Android phones leave some shapes out and split `BrowInnerUp`. Never throws.
 *
 * Source: DenchiSoft/VTubeStudioBlendshapeUDPReceiverTest, `VTubeStudioRawTrackingData.cs` and the README; the axes as
 * two programs take them that feed the original's converter and Unity.
 */
export function parseVtsPhone(text: string, timeMs: number): Parsed<FaceSample | null> {
  if (text.length > LONGEST) return refused(`VTube Studio: expected up to ${LONGEST} characters, got ${text.length}`);
  let frame: Record<string, unknown>;
  try {
    frame = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return refused('VTube Studio: expected JSON');
  }
  if (typeof frame !== 'object' || frame === null || typeof frame.FaceFound !== 'boolean') {
    return refused('VTube Studio: expected FaceFound');
  }
  if (!frame.FaceFound) return parsed(null);
  const [x, y, z] = vector(frame.Rotation);
  if (x === undefined) return refused('VTube Studio: expected Rotation with x, y and z');
  if (!Array.isArray(frame.BlendShapes)) return refused('VTube Studio: expected BlendShapes');
  const blendshapes = shapesOf(frame.BlendShapes);
  if (blendshapes === null) return refused('VTube Studio: expected blendshapes with names and numbers');
  return parsed({ timeMs, blendshapes, rotation: rotationOfDegrees(y!, x, z!) });
}

function shapesOf(entries: readonly unknown[]): Float32Array | null {
  const shapes = new Float32Array(BLENDSHAPE_COUNT);
  let inner = 0;
  let known = 0;
  for (const entry of entries.slice(0, MOST_SHAPES)) {
    const { k, v } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    if (typeof k !== 'string' || !finite(v)) return null;
    const place = blendshapePlace(k);
    if (place >= 0) {
      shapes[place] = v;
      known++;
    } else if (/^browinnerup_?(l|r|left|right)$/i.test(k.slice(0, 32))) {
      inner += v / 2;
      known++;
    }
  }
  if (inner !== 0) shapes[BLENDSHAPE.browInnerUp] = inner;
  return known > 0 ? shapes : null;
}

function vector(value: unknown): [number, number, number] | [] {
  const { x, y, z } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return finite(x) && finite(y) && finite(z) ? [x, y, z] : [];
}

function finite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
