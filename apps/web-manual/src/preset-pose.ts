import { POSE_PARAMETERS, type PosePreset, presetPose } from '@tha4/core';

const VOWELS: ReadonlySet<PosePreset> = new Set(['aaa', 'iii', 'uuu', 'eee', 'ooo']);

/** Whether a preset is a mouth shape rather than an expression. */
export function isVowel(preset: PosePreset): boolean {
  return VOWELS.has(preset);
}

/** The pose with a preset's mouth (vowels) or face (expressions); what the head and body do stays. */
export function withPreset(pose: Float32Array, preset: PosePreset): Float32Array {
  const values = presetPose(preset);
  return Float32Array.from(POSE_PARAMETERS, ({ index, category, group }) =>
    (isVowel(preset) ? group === 'mouth' : category === 'face') ? values[index]! : pose[index]!,
  );
}
