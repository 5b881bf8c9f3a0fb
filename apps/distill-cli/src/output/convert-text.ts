import type { ConvertResult } from '../commands/convert.ts';
import { humanBytes, humanDecibels } from './human.ts';
import type { Style } from './style.ts';
import { clean, table } from './table.ts';

/** What `tha4 convert` prints. */
export function convertText({ name, from, to, dtype, fidelity, rounded }: ConvertResult, style: Style): string {
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
      ['Weights', rounded ? 'rounded to fp16' : dtype === 'F16' ? 'fp16' : 'fp32, every bit kept'],
      ['Kept', fidelityWords(fidelity)],
    ],
    style,
  );
  return `${style.good('Converted')} ${style.bold(clean(name ?? from.path))}\n${rows}`;
}

function fidelityWords(fidelity: ConvertResult['fidelity']): string | null {
  if (fidelity === null) return null;
  const { psnr, worst, frames, convention } = fidelity;
  const names = frames.map(({ pose, psnr: own }) => `${pose} ${humanDecibels(own)}`).join(', ');
  return `${humanDecibels(psnr)} PSNR against fp32, at worst ${humanDecibels(worst)}\n(${names};\n${convention})`;
}
