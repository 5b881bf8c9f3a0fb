/** Bytes of a binary that a generated file holds as base64. */
export function decodeBinary(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
