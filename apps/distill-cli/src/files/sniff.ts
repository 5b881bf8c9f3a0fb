/** What a file's first bytes say that it is. */
export type FileKind = 'png' | 'webp' | 'pt' | 'character' | 'zip' | 'onnx' | 'safetensors' | 'unknown';

/** How many bytes `sniff` wants to see. */
export const SNIFF_BYTES = 4096;

/** Tells kinds of files apart by their first bytes, so that a wrong ending misleads nobody. */
export function sniff(head: Uint8Array): FileKind {
  const text = String.fromCharCode(...head.subarray(0, SNIFF_BYTES));
  if (text.startsWith('\x89PNG\r\n')) return 'png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.startsWith('PK')) {
    if (/data\.pkl/.test(text)) return 'pt';
    return /character\.json|character_model\.ya?ml|face_morpher\./.test(text) ? 'character' : 'zip';
  }
  // A pickle of protocol 2 or later: PyTorch's files before 1.6.
  if (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) return 'pt';
  if (head[0] === 8 && /^.{2,4}tha4/s.test(text)) return 'onnx';
  if (text.slice(5, 9) === '\0\0\0{') return 'safetensors';
  return 'unknown';
}
