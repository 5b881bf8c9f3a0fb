import { FACE_POSE_SIZE, type FloatTensor, type StudentConfig, type Weights } from '@tha4/core';

/**
 * 30 / pi. Folded into the weights and biases of every sine layer, so that a kernel computes sin(pi t) and reduces t
 * exactly (its period is 2) instead of trusting a device's sine at arguments of 250 rad.
 */
export const SINE_SCALE: number = 30 / Math.PI;

/** `x W + b`; scaled by `SINE_SCALE` where a sine follows. */
export interface DensePlan {
  readonly inputs: number;
  readonly outputs: number;
  /** `[inputs, outputs]` row-major. */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** A network's or level's first layer, its input columns apart: [features of the level below, position, pose]. */
export interface EntryPlan {
  readonly outputs: number;
  /** `[features, outputs]`; empty where there is no level below. Applied below the enlargement: the two commute. */
  readonly feature: Float32Array;
  readonly features: number;
  /** `[2, outputs]`, x then y. */
  readonly position: Float32Array;
  /** `[poseSize, outputs]`: constant over the picture, so `foldPose` turns it into a bias once a frame. */
  readonly pose: Float32Array;
  readonly poseSize: number;
  readonly bias: Float32Array;
}

/** One resolution: its first layer, then its other sine layers. */
export interface LevelPlan {
  readonly size: number;
  readonly entry: EntryPlan;
  readonly sines: readonly DensePlan[];
}

/** A student as fused kernels take it: what is constant in a frame is taken out of the layers. */
export interface StudentPlan {
  readonly face: LevelPlan;
  /** To 4 channels, no sine. */
  readonly faceLast: DensePlan;
  readonly levels: readonly LevelPlan[];
  /** To 7 channels (flow x, y; alpha; R, G, B, A), no sine. */
  readonly last: DensePlan;
}

/** Takes a student apart; see `StudentPlan`. The weights are those that its specs name. */
export function planStudent(config: StudentConfig, face: Weights, body: Weights): StudentPlan {
  const faceKey = (layer: number): string => `siren.sine_layers.${layer}.linear`;
  const bodyKey = (level: number) => (layer: number) => `siren_layers.${level}.${layer}.linear`;
  const level = (
    weights: Weights,
    size: number,
    widths: readonly number[],
    poseSize: number,
    key: (layer: number) => string,
  ): LevelPlan => ({
    size,
    entry: planEntry(weights, key(0), poseSize),
    sines: widths.slice(1).map((_, i) => planDense(weights, key(i + 1), SINE_SCALE)),
  });
  return {
    face: level(face, config.face.imageSize, config.face.widths, config.face.poseSize, faceKey),
    faceLast: planDense(face, 'siren.last_linear', 1),
    levels: config.body.levels.map(({ size, widths }, i) =>
      level(body, size, widths, config.body.poseSize, bodyKey(i)),
    ),
    last: planDense(body, 'last_linear', 1),
  };
}

/** Whether the body depends on the face's parameters at all; those distilled by `draft` and `standard` do not. */
export function bodySeesFace({ levels }: StudentPlan): boolean {
  return levels.some(({ entry: { pose, outputs } }) => pose.subarray(0, FACE_POSE_SIZE * outputs).some((w) => w !== 0));
}

/**
 * The bias of an entry layer in a pose: (b + sum over p of pose[p] W[p]), in float64, rounded once.
 *
 * @param pose at least `poseSize` values; the face's are the first of the whole pose
 * @param target `outputs` values or more
 */
export function foldPose(
  { bias, pose: weight, poseSize, outputs }: EntryPlan,
  pose: Float32Array,
  target: Float32Array,
): void {
  for (let n = 0; n < outputs; n++) {
    let sum = bias[n]!;
    for (let p = 0; p < poseSize; p++) sum += pose[p]! * weight[p * outputs + n]!;
    target[n] = sum;
  }
}

function planEntry(weights: Weights, key: string, poseSize: number): EntryPlan {
  const weight = tensor(weights, `${key}.weight`);
  const [inputs, outputs] = weight.shape as [number, number];
  const features = inputs - 2 - poseSize;
  const rows = (from: number, count: number): Float32Array =>
    scaled(weight.data.subarray(from * outputs, (from + count) * outputs), SINE_SCALE);
  return {
    outputs,
    features,
    feature: rows(0, features),
    position: rows(features, 2),
    pose: rows(features + 2, poseSize),
    poseSize,
    bias: scaled(tensor(weights, `${key}.bias`).data, SINE_SCALE),
  };
}

function planDense(weights: Weights, key: string, scale: number): DensePlan {
  const weight = tensor(weights, `${key}.weight`);
  const [inputs, outputs] = weight.shape as [number, number];
  return {
    inputs,
    outputs,
    weight: scaled(weight.data, scale),
    bias: scaled(tensor(weights, `${key}.bias`).data, scale),
  };
}

function scaled(values: Float32Array, scale: number): Float32Array {
  return scale === 1 ? values : values.map((value) => value * scale);
}

function tensor(weights: Weights, key: string): FloatTensor {
  return weights.get(key)!; // readers have checked the weights against the spec
}
