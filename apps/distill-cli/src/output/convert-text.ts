import type { ConvertResult, KeptAs } from '../commands/convert.ts';
import { humanBytes, humanDecibels, paintedWords } from './human.ts';
import type { Style } from './style.ts';
import { clean, table } from './table.ts';

/** What `tha4 convert` prints. */
export function convertText(result: ConvertResult, style: Style): string {
  const { name, from, to, fidelity, paintedShare } = result;
  const share = Math.round((100 * to.bytes) / from.bytes);
  const rows = table(
    [
      ['From', `${from.path} (${from.form})`],
      ['To', `${to.path} (${to.form})`],
      ['Size', `${humanBytes(from.bytes)} before, ${humanBytes(to.bytes)} now (${share}%)`],
      [
        'Files',
        to.files.length > 1 ? to.files.map((file) => `${file.name} (${humanBytes(file.bytes)})`).join('\n') : null,
      ],
      ['Weights', weightWords(result)],
      ['Kept', fidelityWords(fidelity)],
      ['Painted', paintedShare === null ? null : paintedWords(paintedShare)],
    ],
    style,
  );
  return `${style.good('Converted')} ${style.bold(clean(name ?? from.path))}\n${rows}`;
}

function weightWords({ from, dtype, weightBytes, rounded, fidelity }: ConvertResult): string {
  const words = WORDS[dtype];
  if (rounded) {
    const size = weightBytes === null ? '' : `, ${humanBytes(weightBytes)}`;
    const likeness = fidelity === null ? '' : `, ${humanDecibels(fidelity.psnr)}`;
    return `rounded to ${words}${size}${likeness}; --dtype fp32 keeps every bit`;
  }
  if (dtype === 'fp32' && from.dtype !== null && from.dtype !== 'fp32') {
    return `fp32, but not the first bits: they were rounded when ${from.path} was written in ${WORDS[from.dtype]}`;
  }
  return `${words}, every bit kept`;
}

const WORDS: Readonly<Record<KeptAs, string>> = {
  fp32: 'fp32',
  fp16: 'fp16',
  int16: '16-bit integers',
  mixed: 'integers of mixed widths',
};

function fidelityWords(fidelity: ConvertResult['fidelity']): string | null {
  if (fidelity === null) return null;
  const { psnr, worst, figure, frames, convention } = fidelity;
  const names = frames.map(({ pose, psnr: own }) => `${pose} ${humanDecibels(own)}`).join(', ');
  return `${humanDecibels(psnr)} PSNR against before, at worst ${humanDecibels(worst)}, ${humanDecibels(figure)} on the figure alone\n(${names};\n${convention})`;
}
