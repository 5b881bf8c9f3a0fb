import { clamp } from '../mapping/ramp.ts';
import { POSE, POSE_SIZE } from '../pose/names.ts';
import { checkTime } from '../sample/check-sample.ts';
import { blinking } from './blinking.ts';
import { breathing } from './breathing.ts';
import { eyeGlance, headGlance, type Look } from './glances.ts';
import { smoothNoise } from './noise.ts';
import { DEFAULT_IDLE, type IdleSettings } from './settings.ts';

const look: Look = { x: 0, y: 0 };

/**
 * The pose of a character that nothing drives, at a time: breathing, blinking, wandering eyes that the head follows a
 * little, small sway. Depends on the time and the settings alone, so any frame rate shows the same life, and a
 * recording can be made again.
 *
 * @param timeMs milliseconds, any start; finite
 * @param out `[45]`, filled and returned; a new array where absent
 * @throws RangeError on a time that is no number
 */
export function idlePose(
  timeMs: number,
  settings: IdleSettings = DEFAULT_IDLE,
  out: Float32Array = new Float32Array(POSE_SIZE),
): Float32Array {
  checkTime(timeMs, 'idle');
  const { seed, gaze } = settings;
  out.fill(0);
  out[POSE.breathing] = settings.breathing * breathing(timeMs, settings.breathsPerMinute);
  const shut = settings.blinking * blinking(timeMs, settings.blinksPerMinute, seed);
  out[POSE.eye_wink_left] = out[POSE.eye_wink_right] = shut;

  eyeGlance(timeMs, seed, look);
  out[POSE.iris_rotation_x] = clamp(gaze * look.x, -1);
  out[POSE.iris_rotation_y] = clamp(gaze * look.y, -1);

  headGlance(timeMs, seed, look);
  const sway = (stream: number, periodMs: number, amount: number) =>
    settings.sway * amount * smoothNoise(seed, stream, timeMs / periodMs);
  out[POSE.head_x] = clamp(0.2 * gaze * look.x + sway(3, 2600, 0.16) + sway(13, 900, 0.03), -1);
  out[POSE.head_y] = clamp(0.25 * gaze * look.y + sway(4, 3100, 0.2) + sway(14, 1100, 0.04), -1);
  out[POSE.neck_z] = clamp(sway(5, 3700, 0.2) + sway(15, 1300, 0.03), -1);
  out[POSE.body_y] = clamp(0.1 * gaze * look.y + sway(4, 3100, 0.12), -1);
  out[POSE.body_z] = clamp(sway(5, 3700, 0.12) + sway(6, 5300, 0.1), -1);
  return out;
}
