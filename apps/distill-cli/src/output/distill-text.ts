import type { DistillResult } from '../commands/distill-result.ts';
import { humanBytes, humanDecibels, humanSeconds } from './human.ts';
import type { Style } from './style.ts';
import { clean, table } from './table.ts';

/** What `distill` prints at its end. */
export function distillText(result: DistillResult, style: Style): string {
  const { name, file, report, proofs, bytes, quality, seconds, plateau, reused } = result;
  const { psnr, facePsnr, ssim, poses, reference } = quality;
  const took = reused ? 'It was distilled before; nothing was done.' : `Done in ${humanSeconds(seconds)}.`;
  const early = plateau ? ' It ended early: more training no longer helped.' : '';
  const rows = table(
    [
      ['character', `${file} (${humanBytes(bytes)})`],
      [
        'likeness',
        `${humanDecibels(psnr)} over the frame, ${humanDecibels(facePsnr ?? null)} over the face, SSIM ${ssim?.toFixed(3)}, on ${poses} held-out poses of ${reference}`,
      ],
      ['report', report],
      ['pictures', proofs.join('\n')],
    ],
    style,
  );
  return `${style.bold(clean(name))}: ${took}${early}\n${rows}\nOpen it:  npx -y pnpm@10 quickstart ${clean(quoted(file))}\n`;
}

function quoted(path: string): string {
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
