import type { KernelVariant } from '@tha4/kernels';
import type { Work } from '@tha4/kernels/threads';
import type { TrainingKernels } from '@tha4/kernels/training';
import { type BodyData, learnPatches } from '../body/learn-patches.ts';
import { type FaceData, learnTiles } from '../face/learn-tiles.ts';
import type { NetworkLayout, Scratch } from './layout.ts';
import { adamPiece, adamPieces, transposePiece, UPDATE_NUMBERS } from './optimiser.ts';
import type { Learner } from './passes.ts';
import { soapPiece } from './soap.ts';

/** Jobs of a team that trains; a part is a shard, a piece of the parameters, or a matrix. */
export const JOB = { clear: 0, learn: 1, adam: 2, transpose: 3, soap: 4 } as const;

/** What the network's own job reads. */
export type JobData = FaceData | BodyData;

/** What a thread is told at its start; plain data and the memory. */
export interface ThreadStart {
  readonly memory: WebAssembly.Memory;
  readonly variant: KernelVariant;
  readonly layout: NetworkLayout;
  readonly scratch: Scratch;
  readonly data: JobData;
  /** Pointers into `memory`. */
  readonly update: number;
  readonly control: number;
}

/** What one thread does with a part of a job. */
export function threadWork(
  { memory, layout, scratch, data, update: updatePointer }: ThreadStart,
  kernels: TrainingKernels,
): Work {
  const learner: Learner = { kernels, memory, layout, scratch };
  const pieces = adamPieces(layout.parameters, layout.bases);
  const update = new Float32Array(memory.buffer, updatePointer, UPDATE_NUMBERS);
  const doPart = (job: number, part: number): void => {
    switch (job) {
      case JOB.clear:
        new Uint8Array(memory.buffer, layout.gradients + part * layout.gradientBytes, layout.gradientBytes).fill(0);
        break;
      case JOB.learn:
        if (data.network === 'face') learnTiles(learner, data, part);
        else learnPatches(learner, data, part);
        break;
      case JOB.adam:
        adamPiece(learner, pieces[part]!, update);
        break;
      case JOB.transpose:
        transposePiece(learner, part);
        break;
      case JOB.soap:
        soapPiece(learner, layout.bases!.matrices[part]!, update);
        break;
      default:
        throw new RangeError(`training thread: expected a job, got ${job}`);
    }
  };
  return (job, from, end) => {
    for (let part = from; part < end; part++) doPart(job, part);
  };
}
