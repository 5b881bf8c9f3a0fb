import { encodePng } from '@tha4/core';
import type { ReportData } from '../../src/report/report-data.ts';

const png = encodePng({ width: 1, height: 1, data: Uint8Array.of(255, 0, 0, 255) });

export const RUNNING: ReportData = {
  name: '<Rin> & "co"',
  state: 'running',
  summary: 'Distilled from rin.png.',
  progress: 0.4,
  seconds: 100,
  secondsLeft: 150,
  done: { frames: 1200, faceSteps: 10, bodySteps: 10 },
  losses: [
    { progress: 0, face: 2, body: null },
    { progress: 0.2, face: 0.2, body: 1 },
  ],
  quality: [
    { progress: 0, seconds: 5, psnr: 13, facePsnr: 9 },
    { progress: 0.4, seconds: 100, psnr: 24.25, facePsnr: 25 },
  ],
  convention: 'sRGB',
  preview: { caption: 'pose 1', png },
  result: null,
  settings: [['Recipe', 'draft']],
  provenance: [['Licence', 'CC0-1.0']],
};

export const DONE: ReportData = {
  ...RUNNING,
  state: 'done',
  progress: 1,
  preview: null,
  result: {
    psnr: 28.4,
    ssim: 0.95,
    facePsnr: 27.1,
    faceSsim: 0.93,
    restingPsnr: 17.2,
    fileBytes: 1_050_000,
    shots: [{ caption: 'pose 1', png }],
    worst: [{ caption: 'pose 7', png }],
    parameters: [{ name: 'eye_wink', psnr: 30, facePsnr: 29 }],
    opening: 'npx -y pnpm@10 quickstart rin.tha',
  },
};
