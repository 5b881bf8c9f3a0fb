import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { UsageError } from '../errors.ts';

/** Values of `--to`. */
export const FORMS = ['character', 'original', 'onnx'] as const;
export type TargetForm = (typeof FORMS)[number];

/** What a conversion writes. */
export type Target =
  | { readonly kind: 'file'; readonly form: TargetForm; readonly path: string }
  | { readonly kind: 'folder'; readonly form: TargetForm; readonly path: string }
  | { readonly kind: 'weights'; readonly form: 'pt' | 'safetensors'; readonly path: string };

/**
 * Decides by the ending of TO what to write; `--to` is only needed where the ending leaves a choice.
 *
 * @param form value of `--to`, or `null`
 * @throws {UsageError}
 */
export function chooseTarget(path: string, form: TargetForm | null): Target {
  const ending = isFolder(path) ? '' : extname(path).toLowerCase();
  switch (ending) {
    case '.tha':
      if (form === 'original' || form === 'onnx') {
        throw new UsageError(`${path}: expected no --to ${form}, got a name ending in .tha; name a folder/ instead`);
      }
      return { kind: 'file', form: 'character', path };
    case '.zip':
      if (form === 'onnx') {
        throw new UsageError(`${path}: expected no --to onnx, got a name ending in .zip; name a folder/ instead`);
      }
      return { kind: 'file', form: form ?? 'character', path };
    case '.onnx':
      if (form === 'character' || form === 'original') {
        throw new UsageError(`${path}: expected no --to ${form}, got a name ending in .onnx; name a folder/ instead`);
      }
      return { kind: 'file', form: 'onnx', path };
    case '.pt':
    case '.pth':
    case '.safetensors':
      if (form !== null) {
        throw new UsageError(`${path}: expected no --to, got a name for a single weight file; leave it out`);
      }
      return { kind: 'weights', form: ending === '.safetensors' ? 'safetensors' : 'pt', path };
    case '':
      return { kind: 'folder', form: form ?? 'character', path };
    default:
      throw new UsageError(
        `${path}: expected a name ending in .tha, .zip, .onnx, .pt, .safetensors or / (a folder), got ${ending}`,
      );
  }
}

function isFolder(path: string): boolean {
  if (/[\\/]$/.test(path) || /^\.{1,2}$/.test(path)) return true;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
