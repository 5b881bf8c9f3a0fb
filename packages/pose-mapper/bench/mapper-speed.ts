/** Prints what a frame of the mapper costs: a sample and a draw, and the mouth fit alone. `pnpm --filter @tha4/pose-mapper bench` */
import { BLENDSHAPE_COUNT, createPoseDriver, fitMouth, LANDMARK_COUNT, POSE_SIZE } from '../src/index.ts';

const FRAMES = 20_000;

/** Numbers in [0, 1) that do not repeat soon. */
function noise(n: number): number {
  const x = Math.sin(n * 12.9898) * 43758.5453;
  return x - Math.floor(x);
}

function report(name: string, microseconds: number[]): void {
  const sorted = microseconds.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  console.log(`${name}: p50 ${at(0.5)} us, p95 ${at(0.95)} us, p99 ${at(0.99)} us`);
}

function measure(name: string, work: (n: number) => void): void {
  for (let n = 0; n < 3000; n++) work(n);
  const times: number[] = [];
  for (let n = 3000; n < FRAMES; n++) {
    const start = performance.now();
    work(n);
    times.push((performance.now() - start) * 1000);
  }
  report(name, times);
}

const driver = createPoseDriver();
const blendshapes = new Float32Array(BLENDSHAPE_COUNT);
const points = new Float32Array(3 * LANDMARK_COUNT);
const pose = new Float32Array(POSE_SIZE);
const point = new Float64Array(4);
const weights = new Float64Array(4);

function observe(n: number): void {
  for (let i = 0; i < BLENDSHAPE_COUNT; i++) blendshapes[i] = noise(n * 52 + i);
  for (let i = 0; i < 30; i++) points[(i * 47 + n) % points.length] = noise(n + i);
}

measure('sample with landmarks, and draw', (n) => {
  observe(n);
  const timeMs = n * 16;
  driver.observe({
    timeMs,
    blendshapes,
    rotation: { pitch: noise(n) - 0.5, yaw: noise(n + 1) - 0.5, roll: noise(n + 2) - 0.5 },
    position: { x: 1, y: 2, z: -40 },
    landmarks: { points, aspect: 4 / 3 },
  });
  driver.pose(timeMs, pose);
});
measure('  of which making up the sample', observe);
measure('draw alone', (n) => driver.pose(1e6 + n * 16, pose));
measure('mouth fit', (n) => {
  for (let i = 0; i < 4; i++) point[i] = noise(n * 4 + i);
  fitMouth(point, weights);
});
