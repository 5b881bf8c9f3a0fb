import type { Network, Ops } from '@tha4/core';
import { ofPicture, ofPose, type Stage } from './stage.ts';
import { type Geometry, POSE_PARTS } from './tha4.ts';

/** What both systems do with the eyebrows. */
export function eyebrowStages(
  decomposer: Network,
  combiner: Network,
  { size, eyebrows }: Geometry,
): { readonly decompose: Stage; readonly combine: Stage } {
  const { top, left, height, width } = eyebrows;
  const layer = [height, width, 4] as const;
  return {
    decompose: {
      name: decomposer.name,
      network: decomposer,
      inputs: [ofPicture('image', size, size, 4)],
      run: (ops, params, { image }) =>
        ops.tidy(() => {
          const crop = ops.crop(image!, top, left, height, width);
          const { eyebrow_layer, background_layer } = decomposer.run(ops, params, { image: crop });
          return { eyebrowLayer: eyebrow_layer!, backgroundLayer: background_layer! };
        }),
    },
    combine: {
      name: combiner.name,
      network: combiner,
      inputs: [ofPicture('backgroundLayer', ...layer), ofPicture('eyebrowLayer', ...layer), ofPose('pose', 45)],
      run: (ops, params, { backgroundLayer, eyebrowLayer, pose }) =>
        ops.tidy(() => {
          const outputs = combiner.run(ops, params, {
            background_layer: repeated(ops, backgroundLayer!, pose!),
            eyebrow_layer: repeated(ops, eyebrowLayer!, pose!),
            pose: poseValues(ops, pose!, 'eyebrows'),
          });
          return { eyebrows: outputs.eyebrow_image_no_combine_alpha! };
        }),
    },
  };
}

/** What both systems do with the face: eyebrows in, network, and back into the whole picture. */
export function faceStage(network: Network, { size, eyebrows, face }: Geometry): Stage {
  return {
    name: network.name,
    network,
    inputs: [
      ofPicture('image', size, size, 4),
      ofPose('eyebrows', eyebrows.height, eyebrows.width, 4),
      ofPose('pose', 45),
    ],
    run: (ops, params, { image, eyebrows: brows, pose }) =>
      ops.tidy(() => {
        const whole = repeated(ops, image!, pose!);
        const crop = ops.crop(whole, face.top, face.left, face.height, face.width);
        const withBrows = ops.paste(crop, brows!, eyebrows.top - face.top, eyebrows.left - face.left);
        const { output_image } = network.run(ops, params, { image: withBrows, pose: poseValues(ops, pose!, 'face') });
        return { faceMorphed: ops.paste(whole, output_image!, face.top, face.left) };
      }),
  };
}

/** The values of a pose that a network sees. */
export function poseValues<T>(ops: Ops<T>, pose: T, part: keyof typeof POSE_PARTS): T {
  const { eyebrows, face, body } = POSE_PARTS;
  const parts = ops.split(pose, [eyebrows, face, body]);
  return parts[Object.keys(POSE_PARTS).indexOf(part)]!;
}

/** Something of the picture for each pose of the batch. */
export function repeated<T>(ops: Ops<T>, x: T, pose: T): T {
  return ops.repeatBatch(x, ops.shape(pose)[0]!);
}
