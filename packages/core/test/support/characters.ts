import { readShared, readSharedJson } from '@tha4/test-utils';
import { readPt } from '../../src/checkpoint/pt-read.ts';
import type { Checkpoint, FloatTensor, Weights } from '../../src/checkpoint/stored-tensor.ts';
import { readTfjsLayers } from '../../src/checkpoint/tfjs-layers.ts';
import { weightsFromCheckpoint } from '../../src/checkpoint/weights.ts';
import { imageToModel } from '../../src/image/model-image.ts';
import { decodePng } from '../../src/image/png.ts';
import { bodyMorpherSpec } from '../../src/models/body-morpher.ts';
import { faceMorpherSpec } from '../../src/models/face-morpher.ts';
import { STUDENT } from '../../src/models/student.ts';

export interface TestStudent {
  readonly face: Weights;
  readonly body: Weights;
  /** `[1, 512, 512, 4]` in model space. */
  readonly image: FloatTensor;
}

export function readStudent(name: string): TestStudent {
  const folder = `characters/${name}`;
  const { data, width, height } = decodePng(readShared(`${folder}/character.png`), name);
  return {
    face: weightsFromCheckpoint(readMorpher(folder, 'face_morpher'), faceMorpherSpec(STUDENT.face), name),
    body: weightsFromCheckpoint(readMorpher(folder, 'body_morpher'), bodyMorpherSpec(STUDENT.body), name),
    image: { shape: [1, height, width, 4], data: imageToModel({ data, width, height }) },
  };
}

function readMorpher(folder: string, morpher: string): Checkpoint {
  if (/lambda_0\d$/.test(folder)) return readPt(readShared(`${folder}/${morpher}.pt`), morpher);
  const weights = readShared(`${folder}/${morpher}.weights.bin`);
  return readTfjsLayers(readSharedJson(`${folder}/${morpher}.json`), [weights], morpher);
}
