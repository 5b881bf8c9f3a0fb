import { milliseconds, type Row } from 'bench/page-kit';
import type { DeviceResult } from './measure.ts';

/** Colours of a card. */
interface Palette {
  readonly page: string;
  readonly ink: string;
  readonly muted: string;
  readonly bar: string;
  readonly slow: string;
  readonly track: string;
}

const LIGHT: Palette = {
  page: '#fafbfb',
  ink: '#1a2326',
  muted: '#56646a',
  bar: '#0b6573',
  slow: '#8a979c',
  track: '#e1e7e9',
};
const DARK: Palette = {
  page: '#171d20',
  ink: '#e7edef',
  muted: '#9aa8ae',
  bar: '#6cc3cd',
  slow: '#6d7b81',
  track: '#2a343a',
};

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const PAD = 20;
const ROW = 62;
/** Pixels of the file for each of the layout's, so that it stays sharp where it is shared. */
const SCALE = 2;

/** Draws a result as a picture. @param width of the layout, CSS pixels; 260 and more */
export function drawCard(canvas: HTMLCanvasElement, result: DeviceResult, width: number, dark: boolean): void {
  const palette = dark ? DARK : LIGHT;
  const context = canvas.getContext('2d')!;
  const rows = [...result.rows].sort((a, b) => a.medianMs - b.medianMs);
  const about = wrapped(context, aboutLines(result), width - 2 * PAD, `13px ${FONT}`);
  const height = 62 + about.length * 18 + rows.length * ROW + 44;
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.style.aspectRatio = `${width} / ${height}`;
  context.scale(SCALE, SCALE);
  context.fillStyle = palette.page;
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'alphabetic';
  const text = (words: string, x: number, y: number, font: string, colour: string, align: CanvasTextAlign): void => {
    context.font = `${font} ${FONT}`;
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(words, x, y);
  };
  text(
    `Talking head student, ${result.size} × ${result.size}`,
    PAD,
    36,
    width < 420 ? '600 15px' : '600 17px',
    palette.ink,
    'left',
  );
  for (const [i, line] of about.entries()) text(line, PAD, 60 + i * 18, '13px', palette.muted, 'left');
  const top = 66 + about.length * 18;
  const slowest = Math.max(...rows.map(({ medianMs }) => medianMs), 1e-3);
  rows.forEach((row, i) => {
    const y = top + i * ROW;
    text(row.name, PAD, y + 16, '13px', palette.ink, 'left');
    text(detailWords(row, width), PAD, y + 35, '12px', palette.muted, 'left');
    text(timeWords(row), width - PAD, y + 35, '600 14px', palette.ink, 'right');
    const full = width - 2 * PAD;
    // By the logarithm: the control may take hundreds of times as long.
    const share = Math.log1p(row.medianMs) / Math.log1p(slowest);
    bar(context, PAD, y + 42, full, palette.track);
    bar(context, PAD, y + 42, Math.max(6, full * share), row.name === row.control ? palette.slow : palette.bar);
  });
  text('Shorter is faster; bars are logarithmic.', PAD, height - 16, '12px', palette.muted, 'left');
}

function timeWords({ medianMs }: Row): string {
  return `${milliseconds(medianMs)}, ${(1000 / Math.max(medianMs, 0.01)).toFixed(medianMs < 100 ? 0 : 1)} fps`;
}

/** A phone's width has no room for the first frame; the copied rows have it. */
function detailWords({ p95Ms, firstFrameMs }: Row, width: number): string {
  return `p95 ${milliseconds(p95Ms)}${width < 420 ? '' : `, first frame after ${milliseconds(firstFrameMs)}`}`;
}

function aboutLines({ rows, character }: DeviceResult): string[] {
  const devices = [...new Set(rows.map(({ device }) => device))].sort((a, b) => b.length - a.length);
  return [devices[0] ?? 'nothing ran here', `${rows[0]?.environment ?? ''} · character: ${character}`];
}

function wrapped(context: CanvasRenderingContext2D, lines: readonly string[], width: number, font: string): string[] {
  context.font = font;
  return lines.flatMap((line) => {
    const done: string[] = [];
    let current = '';
    for (const word of line.split(' ')) {
      const longer = current === '' ? word : `${current} ${word}`;
      if (current !== '' && context.measureText(longer).width > width) {
        done.push(current);
        current = word;
      } else current = longer;
    }
    return [...done, current];
  });
}

function bar(context: CanvasRenderingContext2D, x: number, y: number, width: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, width, 8, 4);
  context.fill();
}
