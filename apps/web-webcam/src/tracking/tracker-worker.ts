import { FaceLandmarker, type FaceLandmarkerResult } from '@mediapipe/tasks-vision';
// The pair for module workers; addresses, so that nothing has to be copied into the page's folder.
import loaderUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.js?url';
import binaryUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?url';
import { BLENDSHAPE_COUNT } from '@tha4/pose-mapper';
import { CaptureClock } from './capture-clock.ts';
import { FaceLimit } from './face-limit.ts';
import { chooseFace, type FacePlace, facePlace } from './followed-face.ts';
import type { TrackedFace, TrackerAnswer, TrackerRequest } from './tracker-messages.ts';

let landmarker: FaceLandmarker | null = null;
const faceLimit = new FaceLimit();
let followed: FacePlace | null = null;
let reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
let looking: Promise<void> = Promise.resolve();
let lastStamp = Number.NEGATIVE_INFINITY;

self.addEventListener('message', ({ data }: MessageEvent<TrackerRequest>) => {
  handle(data).catch((error: unknown) => {
    // A missing loader rejects with an `Event`, which has no message.
    const message = error instanceof Error ? error.message : 'the tracker could not be loaded';
    answer({ type: 'failed', message });
  });
});

async function handle(request: TrackerRequest): Promise<void> {
  switch (request.type) {
    case 'load':
      // One landmarker a worker: a second one would not find its loader.
      landmarker ??= await FaceLandmarker.createFromOptions(
        { wasmLoaderPath: loaderUrl, wasmBinaryPath: binaryUrl },
        {
          baseOptions: { modelAssetBuffer: request.model, delegate: 'CPU' },
          runningMode: 'VIDEO',
          numFaces: faceLimit.limit,
          outputFaceBlendshapes: true,
          outputFacialTransformationMatrixes: true,
        },
      );
      return answer({ type: 'loaded' });
    case 'frames':
      return follow(request.frames.getReader());
    case 'frame':
      // In turn: the landmarker may be setting itself up anew.
      return (looking = looking.then(() => look(request.frame, request.capturedAt)));
    case 'rest':
      await reader?.cancel();
  }
}

/** Looks at the newest frame, again and again; those that come in between are dropped by the stream. */
async function follow(frames: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
  await reader?.cancel();
  reader = frames;
  const clock = new CaptureClock();
  for (;;) {
    const { value, done } = await frames.read();
    if (done) return;
    await look(value, clock.capturedAt(value.timestamp / 1000, now()));
  }
}

async function look(frame: VideoFrame | ImageBitmap, capturedAt: number): Promise<void> {
  const start = now();
  try {
    // Equal or older stamps would break the graph for good, and another camera's clock may be behind.
    lastStamp = Math.max(lastStamp + 1, Math.round(capturedAt));
    const result = landmarker!.detectForVideo(frame, lastStamp);
    const face = followedFace(result, aspectOf(frame));
    const faces = result.faceLandmarks.length;
    answer({ type: 'tracked', frame: { capturedAt, inferenceMs: now() - start, faces, face } });
    if (faceLimit.note(faces)) await landmarker!.setOptions({ numFaces: faceLimit.limit });
  } finally {
    frame.close();
  }
}

function followedFace(result: FaceLandmarkerResult, aspect: number): TrackedFace | null {
  const which = chooseFace(result.faceLandmarks, followed);
  const points = result.faceLandmarks[which];
  const categories = result.faceBlendshapes[which]?.categories;
  const matrix = result.facialTransformationMatrixes[which]?.data;
  followed = points === undefined ? null : facePlace(points);
  if (points === undefined || categories === undefined || matrix === undefined) return null;
  const flat = new Float32Array(points.length * 3);
  for (const [i, { x, y, z }] of points.entries()) flat.set([x, y, z], i * 3);
  const blendshapes = new Float32Array(BLENDSHAPE_COUNT);
  // The first one is `_neutral`; the others come in the order of `BLENDSHAPE_NAMES`.
  for (const [i, { score }] of categories.slice(1).entries()) blendshapes[i] = score;
  return { blendshapes, matrix: Float32Array.from(matrix), landmarks: { points: flat, aspect } };
}

function aspectOf(frame: VideoFrame | ImageBitmap): number {
  return 'displayWidth' in frame ? frame.displayWidth / frame.displayHeight : frame.width / frame.height;
}

function answer(message: TrackerAnswer): void {
  self.postMessage(message);
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
