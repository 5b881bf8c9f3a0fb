import { basename } from 'node:path';
import {
  type CharacterForm,
  type CharacterQuality,
  decodePng,
  elementCount,
  inspectCharacterParts,
  morpherKind,
  POSE_SIZE,
  type Provenance,
  type RgbaImage,
  type StoredDtype,
  type StudentConfig,
  type Weights,
} from '@tha4/core';
import { type CharacterInput, type FileInput, openInput } from '../files/open-input.ts';
import { paintedShare } from '../render/survey.ts';
import { packingWord } from './choose-packing.ts';
import type { KeptAs } from './convert.ts';
import { countWeights, readWeights, type WeightCounts } from './weights.ts';

export interface InfoConfig {
  readonly file: string;
}

/** One tensor of a weight file. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
}

/** How a picture uses its alpha channel, in pixels. */
export interface PictureInfo {
  readonly width: number;
  readonly height: number;
  readonly transparent: number;
  readonly semiTransparent: number;
}

export interface CharacterInfo {
  readonly command: 'info';
  readonly kind: 'character';
  readonly path: string;
  readonly name: string;
  readonly form: CharacterForm;
  readonly container: 'folder' | 'zip';
  readonly bytes: number;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly weights: WeightCounts;
  readonly face: { readonly parameters: number; readonly tensors: number };
  readonly body: { readonly parameters: number; readonly tensors: number };
  readonly student: StudentConfig;
  readonly poseSize: number;
  readonly picture: PictureInfo;
  readonly hasFaceMask: boolean;
  readonly provenance: Provenance;
  readonly quality: CharacterQuality | null;
  /** How the weights are kept. */
  readonly packing: KeptAs;
  /** Share of the picture that runtimes paint, 0..1; `null` where the file does not know. */
  readonly paintedShare: number | null;
}

export interface WeightsInfo {
  readonly command: 'info';
  readonly kind: 'pt' | 'safetensors';
  readonly path: string;
  readonly bytes: number;
  /** Which network of a student it is, or `null` for something else. */
  readonly network: 'face' | 'body' | null;
  readonly weights: WeightCounts;
  readonly list: readonly TensorInfo[];
}

export interface SimpleInfo {
  readonly command: 'info';
  readonly kind: 'onnx' | 'png';
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly picture: PictureInfo | null;
}

export type InfoResult = CharacterInfo | WeightsInfo | SimpleInfo;

/** Says what a file or folder is. */
export async function info({ file }: InfoConfig): Promise<InfoResult> {
  const input = await openInput(file);
  switch (input.kind) {
    case 'character':
      return characterInfo(input);
    case 'pt':
    case 'safetensors':
      return weightsInfo(input, input.kind);
    case 'onnx':
    case 'png': {
      const picture = input.kind === 'png' ? pictureInfo(decodePng(input.bytes, file)) : null;
      const { kind, path, size } = input;
      return { command: 'info', kind, path, name: basename(path), bytes: size, picture };
    }
  }
}

/** Counts a picture's transparent and half transparent pixels. */
export function pictureInfo({ width, height, data }: RgbaImage): PictureInfo {
  let transparent = 0;
  let semiTransparent = 0;
  for (let i = 3; i < data.length; i += 4) {
    if (data[i] === 0) transparent++;
    else if (data[i] !== 255) semiTransparent++;
  }
  return { width, height, transparent, semiTransparent };
}

function characterInfo(input: CharacterInput): CharacterInfo {
  const { character, form, dtypes, packing } = inspectCharacterParts(input.parts, input.where);
  const { manifest, config } = character;
  const face = { parameters: parameters(character.face), tensors: character.face.size };
  const body = { parameters: parameters(character.body), tensors: character.body.size };
  return {
    command: 'info',
    kind: 'character',
    path: input.path,
    name: manifest.name,
    form,
    container: input.container,
    bytes: input.size,
    files: [...input.parts].map(([name, { length }]) => ({ name, bytes: length })),
    weights: { tensors: face.tensors + body.tensors, parameters: face.parameters + body.parameters, dtypes },
    face,
    body,
    student: config,
    poseSize: POSE_SIZE,
    picture: pictureInfo(character.image),
    hasFaceMask: character.faceMaskPng !== null,
    provenance: manifest.provenance,
    quality: manifest.quality ?? null,
    packing: packingWord(packing),
    paintedShare: paintedShare(character),
  };
}

function weightsInfo(input: FileInput, kind: 'pt' | 'safetensors'): WeightsInfo {
  const checkpoint = readWeights(input);
  return {
    command: 'info',
    kind,
    path: input.path,
    bytes: input.size,
    network: morpherKind(checkpoint),
    weights: countWeights(checkpoint),
    list: [...checkpoint].map(([name, { dtype, shape }]) => ({ name, dtype, shape })),
  };
}

function parameters(weights: Weights): number {
  return [...weights.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
}
