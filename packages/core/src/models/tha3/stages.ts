import { imageInput } from '../network.ts';
import { outputsOf } from '../stage.ts';
import { faceStage, POSE_INPUT, prepareStage, type TeacherStages } from '../tha4/stages.ts';
import { THA3_NETWORKS } from './networks.ts';
import { rotateTha3Body, THA3_SEPARABLE, THA3_STANDARD } from './pipeline.ts';

/** THA3's systems cut where it pays: what only the picture decides, the face, head and body. */
export const THA3_STAGES: { readonly standard: TeacherStages; readonly separable: TeacherStages } = {
  standard: stagesOf('standard'),
  separable: stagesOf('separable'),
};

function stagesOf(family: 'standard' | 'separable'): TeacherStages {
  const config = family === 'standard' ? THA3_STANDARD : THA3_SEPARABLE;
  const networks = THA3_NETWORKS[family];
  return {
    prepare: prepareStage(config, networks),
    face: faceStage(config, networks),
    body: {
      name: 'body',
      networks: networks.slice(3),
      inputs: [{ ...imageInput('face_morphed_full', config.editor.imageSize), perPicture: false }, POSE_INPUT],
      run: (ops, params, { face_morphed_full: image, pose }) =>
        ops.tidy(() => {
          const own = { rotator: params.two_algo_face_body_rotator!, editor: params.editor! };
          const { editor, rotator } = rotateTha3Body(ops, config, own, image!, pose!);
          return { ...outputsOf('editor', editor), ...outputsOf('two_algo_face_body_rotator', rotator) };
        }),
    },
  };
}
