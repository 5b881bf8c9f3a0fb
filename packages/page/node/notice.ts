import type { Plugin } from 'vite';

// Vite lists the licences of what the page itself bundles (`third-party-licences.md`), but not of its workers.
const IN_WORKERS = {
  tensorflow: 'TensorFlow.js (@tensorflow/tfjs-core and its backends), copyright Google LLC',
  mediapipe: 'MediaPipe Tasks Vision (@mediapipe/tasks-vision), copyright The MediaPipe Authors',
} as const;

/** Libraries that a page's workers bundle; all are under the Apache License 2.0. */
export type WorkerLibrary = keyof typeof IN_WORKERS;

/** Writes `NOTICE.txt` beside the built page. */
export function notice(libraries: readonly WorkerLibrary[]): Plugin {
  const lines = libraries.map((library) => `- ${IN_WORKERS[library]}`);
  const source = `The workers of this page contain, each under the Apache License, Version 2.0
(https://www.apache.org/licenses/LICENSE-2.0):

${lines.join('\n')}

The licences of what the page itself contains are in third-party-licences.md. The code of the page is under the MIT licence.
`;
  return {
    name: 'tha4-notice',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'NOTICE.txt', source });
    },
  };
}
