import type { CharacterInfo, InfoResult, PictureInfo, SimpleInfo, WeightsInfo } from '../commands/info.ts';
import { counted, humanBytes, humanCount, humanDtypes, paintedWords } from './human.ts';
import { provenanceRows, qualityRow } from './provenance-rows.ts';
import type { Style } from './style.ts';
import { clean, table } from './table.ts';

/** How many tensors are listed before it gets tiring. */
const MAX_LISTED = 40;

/** What `tha4 info` prints. */
export function infoText(result: InfoResult, style: Style): string {
  switch (result.kind) {
    case 'character':
      return characterText(result, style);
    case 'pt':
    case 'safetensors':
      return weightsText(result, style);
    default:
      return simpleText(result, style);
  }
}

function characterText(info: CharacterInfo, style: Style): string {
  const { face, body, student, weights, poseSize, picture } = info;
  const size = student.body.levels.at(-1)!.size;
  const rows = table(
    [
      ['Form', FORMS[info.form][info.container]],
      ['Size', humanBytes(info.bytes)],
      ['Files', info.files.map(({ name, bytes }) => `${name} (${humanBytes(bytes)})`).join('\n')],
      ['Weights', `${counted(weights.parameters, 'number')} in ${weights.tensors} tensors, ${packingWords(info)}`],
      [
        'Face',
        `${student.face.imageSize} x ${student.face.imageSize} px, ${humanCount(face.parameters)} of the weights`,
      ],
      ['Body', `${size} x ${size} px, ${humanCount(body.parameters)} of the weights`],
      ['Pose', `${poseSize} numbers, the first ${student.face.poseSize} for the face`],
      ['Picture', pictureWords(picture)],
      ['Painted', info.paintedShare === null ? 'all of the picture' : paintedWords(info.paintedShare)],
      ['Face mask', info.hasFaceMask ? 'yes' : 'none'],
      ...provenanceRows(info.provenance),
      qualityRow(info.quality),
    ],
    style,
  );
  return `${style.bold(clean(info.name))}\n${rows}`;
}

function weightsText(info: WeightsInfo, style: Style): string {
  const what = info.network === null ? 'not a network of a student' : `${info.network} network of a student`;
  const rows = table(
    [
      ['Form', info.kind === 'pt' ? 'PyTorch weights' : 'safetensors'],
      ['What', what],
      ['Size', humanBytes(info.bytes)],
      [
        'Weights',
        `${counted(info.weights.parameters, 'number')} in ${info.weights.tensors} tensors, ${humanDtypes(info.weights.dtypes)}`,
      ],
    ],
    style,
  );
  const listed = info.list.slice(0, MAX_LISTED);
  const width = Math.max(0, ...listed.map(({ name }) => name.length));
  const lines = listed.map(
    ({ name, dtype, shape }) => `  ${clean(name).padEnd(width)}  ${humanDtypes([dtype])}  [${shape.join(', ')}]\n`,
  );
  const rest = info.list.length - listed.length;
  const more = rest > 0 ? `  ... and ${rest} more (--json lists all)\n` : '';
  return `${style.bold(clean(info.path))}\n${rows}\n${lines.join('')}${more}`;
}

function simpleText({ path, kind, bytes, picture }: SimpleInfo, style: Style): string {
  const rows = table(
    [
      ['Form', kind === 'png' ? 'PNG picture' : 'ONNX graph'],
      ['Size', humanBytes(bytes)],
      ['Picture', picture && pictureWords(picture)],
    ],
    style,
  );
  return `${style.bold(clean(path))}\n${rows}`;
}

function packingWords({ packing, weights }: CharacterInfo): string {
  if (packing === 'int16') return '16-bit integers';
  return packing === 'mixed' ? 'integers of mixed widths' : humanDtypes(weights.dtypes);
}

function pictureWords({ width, height, transparent, semiTransparent }: PictureInfo): string {
  const share = (pixels: number): string => {
    const percent = (100 * pixels) / (width * height);
    return `${percent > 0 && percent < 1 ? 'under 1' : Math.round(percent)}%`;
  };
  if (transparent + semiTransparent === 0) return `${width} x ${height} px, without transparency`;
  return `${width} x ${height} px, ${share(transparent)} transparent, ${share(semiTransparent)} half transparent`;
}

const FORMS = {
  tha4: { zip: 'character file (.tha)', folder: 'character folder' },
  original: { zip: 'zipped PyTorch folder of the original', folder: 'PyTorch folder of the original' },
  tfjs: { zip: 'zipped web demo (TensorFlow.js)', folder: 'web demo (TensorFlow.js)' },
  weights: { zip: 'weights', folder: 'weights' },
} as const;
