import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { type CharacterParts, CheckpointError, readZip } from '@tha4/core';
import { inPlainWords } from './fs-error.ts';
import { readBytes } from './read-file.ts';
import { readEntry, readFolder } from './read-folder.ts';
import { sniff } from './sniff.ts';

/** A character of any form, read but not parsed. */
export interface CharacterInput {
  readonly kind: 'character';
  /** The name that the user gave. */
  readonly path: string;
  /** A name for messages, and for characters that have none of their own. */
  readonly where: string;
  /** `folder`, or `zip` for a `.tha` too. */
  readonly container: 'folder' | 'zip';
  readonly parts: CharacterParts;
  /** The files that were read. */
  readonly sources: readonly string[];
  /** Bytes of these files on the disk. */
  readonly size: number;
}

/** A single file that is no character. */
export interface FileInput {
  readonly kind: 'pt' | 'safetensors' | 'onnx' | 'png';
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sources: readonly string[];
  readonly size: number;
}

export type Input = CharacterInput | FileInput;

/**
 * Opens whatever the user names: a folder, an entry file inside one, a `.tha` or zip, or a single weight file, graph or
 * picture. What a file is, its bytes decide.
 *
 * @throws {FileError | CharacterError | CheckpointError}
 */
export async function openInput(path: string): Promise<Input> {
  const info = await inPlainWords(path, 'a file or folder', () => stat(path));
  if (info.isDirectory()) {
    const { parts, sources } = await readFolder(path);
    return folderInput(path, parts, sources);
  }
  if (/\.(json|ya?ml)$/i.test(path)) {
    const entry = basename(path).replace(/^body_morpher\.json$/, 'face_morpher.json');
    const { parts, sources } = await readEntry(dirname(path), entry);
    return folderInput(path, parts, sources);
  }
  const bytes = await readBytes(path);
  const single = { path, bytes, sources: [path], size: bytes.length };
  const kind = sniff(bytes);
  switch (kind) {
    case 'png':
    case 'pt':
    case 'onnx':
    case 'safetensors':
      return { kind, ...single };
    case 'character':
    case 'zip':
      return { kind: 'character', ...single, where: path, container: 'zip', parts: readZip(bytes, path) };
    default:
      return fromEnding(single);
  }
}

/** Files that their bytes do not give away: damaged ones get their own reader's message, others a list of what works. */
function fromEnding(single: Omit<FileInput, 'kind'>): Input {
  const { path, bytes } = single;
  switch (extname(path).toLowerCase()) {
    case '.onnx':
      return { kind: 'onnx', ...single };
    case '.pt':
    case '.pth':
      return { kind: 'pt', ...single };
    case '.safetensors':
      return { kind: 'safetensors', ...single };
    case '.png':
      return { kind: 'png', ...single };
    case '.tha':
    case '.zip':
      return { kind: 'character', ...single, where: path, container: 'zip', parts: readZip(bytes, path) };
    default:
      throw new CheckpointError(
        `${path}: expected a character (.tha, .zip or folder), weights (.pt, .safetensors), .onnx or .png, got a file of another kind`,
      );
  }
}

function folderInput(path: string, parts: CharacterParts, sources: readonly string[]): CharacterInput {
  const size = [...parts.values()].reduce((sum, { length }) => sum + length, 0);
  // `.` and `..` are no names for a character.
  const where = /^[./\\]*$/.test(path) ? resolve(path) : path;
  return { kind: 'character', path, where, container: 'folder', parts, sources: sources.map((s) => join(s)), size };
}
