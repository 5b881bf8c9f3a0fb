import {
  type Character,
  type CharacterPacking,
  characterParts,
  modelToImage,
  neutralPose,
  type Provenance,
  premultipliedSrgb,
  psnr,
  QUALITY_CONVENTION,
  studentImageSize,
  Tha4Error,
  writeCharacter,
} from '@tha4/core';
import type { Reporter } from '../io.ts';
import { createPainter, type EngineChoice } from '../render/painter.ts';
import { paintedShare } from '../render/survey.ts';
import { pictureInfo } from './info.ts';
import { readCharacterInput } from './read-character-input.ts';

export interface CheckConfig {
  readonly character: string;
  readonly painter: EngineChoice;
}

/** Bytes by packing. */
export interface PackedSizes {
  readonly fp32: number;
  readonly int16: number;
  readonly fp16: number;
}

/** Bytes of a character file and its parts. */
export interface CheckSizes {
  readonly picture: number;
  readonly weights: PackedSizes;
  readonly whole: PackedSizes;
}

export interface CheckResult {
  readonly command: 'check';
  readonly path: string;
  /** Whether there are no problems; warnings do not count. */
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** The rest is `null` where the character cannot be read. */
  readonly name: string | null;
  /** Likeness of the resting frame to the picture, decibels; `null` where it is equal or has no numbers. */
  readonly neutralPsnr: number | null;
  readonly convention: string;
  readonly sizes: CheckSizes | null;
  readonly provenance: Provenance | null;
  /** Share of the picture that runtimes paint, 0..1; `null` where the file does not know. */
  readonly paintedShare: number | null;
}

/** Below this, the weights are those of another picture. */
const LEAST_PSNR = 20;
/** Below this, the student is worth a second look. */
const GOOD_PSNR = 28;

/** Reads a character strictly, paints it at rest and weighs it. */
export async function check(config: CheckConfig, reporter: Reporter): Promise<CheckResult> {
  let character: Character;
  try {
    ({ character } = await readCharacterInput(config.character));
  } catch (error) {
    if (!(error instanceof Tha4Error)) throw error;
    return unreadable(config.character, error.message);
  }
  const problems: string[] = [];
  const warnings: string[] = [];
  const neutralPsnr = await paintAtRest(character, config.painter, problems, warnings, reporter);
  const { transparent, semiTransparent } = pictureInfo(character.image);
  if (transparent + semiTransparent === 0) {
    warnings.push('The picture has no transparent background; the character will move inside a solid square.');
  } else if (transparent === 0) {
    warnings.push('No pixel of the picture is fully transparent; is the background cut out?');
  }
  const { provenance } = character.manifest;
  if (provenance.licence === undefined) warnings.push('It does not say what may be done with it (licence).');
  return {
    command: 'check',
    path: config.character,
    ok: problems.length === 0,
    problems,
    warnings,
    name: character.manifest.name,
    neutralPsnr,
    convention: QUALITY_CONVENTION,
    sizes: sizesOf(character),
    provenance,
    paintedShare: paintedShare(character),
  };
}

async function paintAtRest(
  character: Character,
  choice: EngineChoice,
  problems: string[],
  warnings: string[],
  reporter: Reporter,
): Promise<number | null> {
  const painter = await createPainter(character, choice, reporter.note);
  const frame = await painter.paint(neutralPose()).finally(() => painter.dispose());
  if (!frame.every(Number.isFinite)) {
    problems.push('The resting frame holds values that are not numbers; the weights are damaged.');
    return null;
  }
  const size = studentImageSize(character.config);
  const likeness = psnr(premultipliedSrgb(modelToImage(frame, size, size)), premultipliedSrgb(character.image));
  const decibels = `${likeness.toFixed(1)} dB`;
  if (likeness < LEAST_PSNR) {
    problems.push(`At rest it does not look like its picture (${decibels}, expected ${LEAST_PSNR} or more).`);
  } else if (likeness < GOOD_PSNR) {
    warnings.push(`At rest it only roughly looks like its picture (${decibels}; good ones have ${GOOD_PSNR} or more).`);
  }
  return Number.isFinite(likeness) ? likeness : null;
}

/** Computed with zeros: weights beyond the range of fp16 cannot be written. */
function sizesOf(character: Character): CheckSizes {
  const zeros = (weights: Character['face']) =>
    new Map([...weights].map(([key, { shape, data }]) => [key, { shape, data: new Float32Array(data.length) }]));
  const empty = { ...character, face: zeros(character.face), body: zeros(character.body) };
  const sizes = (of: (packing: CharacterPacking) => number): PackedSizes => ({
    fp32: of('F32'),
    int16: of('I16'),
    fp16: of('F16'),
  });
  return {
    picture: character.imagePng.length,
    weights: sizes((packing) => characterParts(empty, packing).get('weights.safetensors')!.length),
    whole: sizes((packing) => writeCharacter(empty, packing).length),
  };
}

function unreadable(path: string, message: string): CheckResult {
  return {
    command: 'check',
    path,
    ok: false,
    problems: [message],
    warnings: [],
    name: null,
    neutralPsnr: null,
    convention: QUALITY_CONVENTION,
    sizes: null,
    provenance: null,
    paintedShare: null,
  };
}
