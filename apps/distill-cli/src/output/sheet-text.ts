import type { SheetResult } from '../commands/sheet.ts';
import { humanBytes } from './human.ts';
import type { Style } from './style.ts';
import { clean } from './table.ts';

/** What `tha4 sheet` prints. */
export function sheetText({ name, out, teacher, poses, width, height, bytes }: SheetResult, style: Style): string {
  const what = `${poses} poses by the ${teacher}, ${width} x ${height} px, ${humanBytes(bytes)}`;
  return `${style.good('Posed')} ${style.bold(clean(name))} on ${out} (${what})\n`;
}
