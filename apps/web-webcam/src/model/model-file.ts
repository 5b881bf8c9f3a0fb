/** MediaPipe's face landmarker, float16, version 1: the one file that this page needs and does not bring. */
export const MODEL_FILE = {
  name: 'face_landmarker.task',
  /** Where its publisher, Google, has it. */
  url: 'https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/face_landmarker.task',
  publisher: 'Google',
  licence: 'Apache-2.0',
  bytes: 3_758_596,
  sha256: '64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff',
} as const;

/** Why a file is not the model, in words for a person; `null` when it is. */
export async function modelProblem(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  if (bytes.length !== MODEL_FILE.bytes) {
    return `expected ${MODEL_FILE.bytes.toLocaleString('en')} bytes, got ${bytes.length.toLocaleString('en')}`;
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex === MODEL_FILE.sha256
    ? null
    : `expected SHA-256 ${MODEL_FILE.sha256.slice(0, 12)}…, got ${hex.slice(0, 12)}…`;
}
