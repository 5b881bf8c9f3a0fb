import type { ExportOnnxResult } from '../commands/export-onnx.ts';
import { humanBytes } from './human.ts';
import type { Style } from './style.ts';
import { clean, table } from './table.ts';

/** What `tha4 export-onnx` prints. */
export function exportOnnxText({ name, to, licence, files }: ExportOnnxResult, style: Style): string {
  const rows = files.map((file) => [file.name, humanBytes(file.bytes)] as const);
  const terms = licence === null ? '' : ` (${licence})`;
  return `${style.good('Wrote')} ${style.bold(clean(name))} to ${to}${terms}\n${table(rows, style)}`;
}
