import {
  type Character,
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
import { pictureInfo } from './info.ts';
import { readCharacterInput } from './read-character-input.ts';

export interface CheckConfig {
  readonly character: string;
  readonly painter: EngineChoice;
}

/** Bytes of a character file and its parts. */
export interface CheckSizes {
  readonly picture: number;
  readonly weights: { readonly fp32: number; readonly fp16: number };
  readonly whole: { readonly fp32: number; readonly fp16: number };
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

function sizesOf(character: Character): CheckSizes {
  const parameters = [...character.face.values(), ...character.body.values()];
  const count = parameters.reduce((sum, { data }) => sum + data.length, 0);
  return {
    picture: character.imagePng.length,
    weights: { fp32: 4 * count, fp16: 2 * count },
    whole: { fp32: writeCharacter(character, 'F32').length, fp16: halfSize(character) },
  };
}

/** Computed, not written: weights beyond the range of fp16 cannot be. */
function halfSize(character: Character): number {
  const zeros = (weights: Character['face']) =>
    new Map([...weights].map(([key, { shape, data }]) => [key, { shape, data: new Float32Array(data.length) }]));
  return writeCharacter({ ...character, face: zeros(character.face), body: zeros(character.body) }, 'F16').length;
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
  };
}
