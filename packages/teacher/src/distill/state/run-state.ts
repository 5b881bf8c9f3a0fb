import { type Checkpoint, CheckpointError, readSafetensors, type StoredTensor, writeSafetensors } from '@tha4/core';
import type { TrainerState } from '../../training/trainer.ts';
import type { Fingerprint } from '../fingerprint.ts';
import type { LossPoint, QualityPoint } from '../history.ts';
import type { Position } from '../schedule.ts';

/** Everything that a run needs to go on as if it had never stopped; the frames are painted again. */
export interface RunState {
  readonly fingerprint: Fingerprint;
  readonly position: Position;
  /** The time that it was planned for, seconds; `null` where the work is fixed. */
  readonly budgetSeconds: number | null;
  /** Spent so far, all sessions together. */
  readonly seconds: number;
  readonly losses: readonly LossPoint[];
  readonly quality: readonly QualityPoint[];
  /** Whether a plateau has cut the run short. */
  readonly plateau: boolean;
  readonly face: TrainerState;
  readonly body: TrainerState;
}

const VERSION = 1;
const KEY = 'tha4-run-state';
const NETWORKS = ['face', 'body'] as const;

/** A run's state as bytes: a safetensors file with everything that is no tensor as JSON in its header. */
export function encodeRunState(state: RunState): Uint8Array {
  const { face, body, ...plain } = state;
  const tensors = new Map<string, StoredTensor>();
  const unsigned: string[] = [];
  for (const network of NETWORKS) {
    for (const [name, data] of { face, body }[network]) {
      const key = `${network}.${name}`;
      if (data instanceof Uint32Array) unsigned.push(key);
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      tensors.set(key, { dtype: data instanceof Uint32Array ? 'I32' : 'F32', shape: [data.length], bytes });
    }
  }
  const text = JSON.stringify({ version: VERSION, unsigned, ...plain });
  return writeSafetensors(tensors, new Map([[KEY, text]]));
}

/** The inverse. @throws {CheckpointError} when the bytes are no state of this version */
export function decodeRunState(bytes: Uint8Array, where: string): RunState {
  const { tensors, metadata } = readSafetensors(bytes, where);
  const text = metadata.get(KEY);
  if (text === undefined) throw new CheckpointError(`${where}: expected the state of a run, got other tensors`);
  const { version, unsigned, ...plain } = JSON.parse(text) as { version: number; unsigned: string[] } & Omit<
    RunState,
    'face' | 'body'
  >;
  if (version !== VERSION) {
    throw new CheckpointError(
      `${where}: expected a state of version ${VERSION}, got ${version}; begin afresh with another --out`,
    );
  }
  const of = (network: string): TrainerState => trainerState(tensors, `${network}.`, new Set(unsigned));
  return { ...plain, face: of('face'), body: of('body') };
}

function trainerState(tensors: Checkpoint, prefix: string, unsigned: ReadonlySet<string>): TrainerState {
  const state = new Map<string, Float32Array | Uint32Array>();
  for (const [key, { bytes }] of tensors) {
    if (!key.startsWith(prefix)) continue;
    // A copy: it is aligned, and does not keep the file's bytes alive. (`slice` of a Buffer would be no copy.)
    const { buffer } = new Uint8Array(bytes);
    state.set(key.slice(prefix.length), unsigned.has(key) ? new Uint32Array(buffer) : new Float32Array(buffer));
  }
  return state;
}
