/**
 * The 52 ARKit blendshapes, in the order of every `FaceSample.blendshapes`: MediaPipe's own order without its
 * `_neutral` (51 names, so a `FaceLandmarker` result is copied from its index 1 on), then `tongueOut`, which MediaPipe
 * lacks and stays 0 there. Left and right are the person's own.
 */
export const BLENDSHAPE_NAMES = [
  'browDownLeft',
  'browDownRight',
  'browInnerUp',
  'browOuterUpLeft',
  'browOuterUpRight',
  'cheekPuff',
  'cheekSquintLeft',
  'cheekSquintRight',
  'eyeBlinkLeft',
  'eyeBlinkRight',
  'eyeLookDownLeft',
  'eyeLookDownRight',
  'eyeLookInLeft',
  'eyeLookInRight',
  'eyeLookOutLeft',
  'eyeLookOutRight',
  'eyeLookUpLeft',
  'eyeLookUpRight',
  'eyeSquintLeft',
  'eyeSquintRight',
  'eyeWideLeft',
  'eyeWideRight',
  'jawForward',
  'jawLeft',
  'jawOpen',
  'jawRight',
  'mouthClose',
  'mouthDimpleLeft',
  'mouthDimpleRight',
  'mouthFrownLeft',
  'mouthFrownRight',
  'mouthFunnel',
  'mouthLeft',
  'mouthLowerDownLeft',
  'mouthLowerDownRight',
  'mouthPressLeft',
  'mouthPressRight',
  'mouthPucker',
  'mouthRight',
  'mouthRollLower',
  'mouthRollUpper',
  'mouthShrugLower',
  'mouthShrugUpper',
  'mouthSmileLeft',
  'mouthSmileRight',
  'mouthStretchLeft',
  'mouthStretchRight',
  'mouthUpperUpLeft',
  'mouthUpperUpRight',
  'noseSneerLeft',
  'noseSneerRight',
  'tongueOut',
] as const;

/** One of the 52 names. */
export type BlendshapeName = (typeof BLENDSHAPE_NAMES)[number];

/** How many blendshapes a sample has. */
export const BLENDSHAPE_COUNT = 52;

/** Place of each name in `FaceSample.blendshapes`, 0..51. */
export const BLENDSHAPE: Readonly<Record<BlendshapeName, number>> = Object.fromEntries(
  BLENDSHAPE_NAMES.map((name, index) => [name, index]),
) as Record<BlendshapeName, number>;
