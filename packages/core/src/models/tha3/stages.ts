import { imageInput, type Network } from '../network.ts';
import { outputsOf } from '../stage.ts';
import { faceStage, POSE_INPUT, prepareStage, type TeacherStages } from '../tha4/stages.ts';
import { THA3_NETWORKS } from './networks.ts';
import { rotateTha3Body, THA3_SEPARABLE, THA3_STANDARD, type Tha3Config } from './pipeline.ts';

/** Stages of a system of THA3's form. @param networks as `tha3Networks` gives them */
export function tha3Stages(config: Tha3Config, networks: readonly Network[]): TeacherStages {
  const size = config.editor.imageSize;
  return {
    prepare: prepareStage(config, networks, size),
    face: faceStage(config, networks, size),
    body: {
      name: 'body',
      networks: networks.slice(3),
      inputs: [{ ...imageInput('face_morphed_full', size), perPicture: false }, POSE_INPUT],
      run: (ops, params, { face_morphed_full: image, pose }) =>
        ops.tidy(() => {
          const own = { rotator: params.two_algo_face_body_rotator!, editor: params.editor! };
          const { editor, rotator } = rotateTha3Body(ops, config, own, image!, pose!);
          return { ...outputsOf('editor', editor), ...outputsOf('two_algo_face_body_rotator', rotator) };
        }),
    },
  };
}

/** THA3's systems cut where it pays: what only the picture decides, the face, head and body. */
export const THA3_STAGES: { readonly standard: TeacherStages; readonly separable: TeacherStages } = {
  standard: tha3Stages(THA3_STANDARD, THA3_NETWORKS.standard),
  separable: tha3Stages(THA3_SEPARABLE, THA3_NETWORKS.separable),
};
