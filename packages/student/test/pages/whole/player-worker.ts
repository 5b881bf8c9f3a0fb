// A worker that holds everything: runtime, player, and a canvas that its page gave away.
import { readCharacter } from '@tha4/core';
import { createStudentRuntime } from '../../../src/create-student-runtime.ts';
import { StudentPlayer } from '../../../src/player/player.ts';

/** What the page asks for. */
export type Order =
  | { readonly kind: 'start'; readonly canvas: OffscreenCanvas; readonly file: Uint8Array }
  | { readonly kind: 'pose'; readonly values: readonly number[] }
  | { readonly kind: 'hidden'; readonly hidden: boolean };

/** What it answers once the pose is on the canvas: the runtime's own pixels. */
export interface Shown {
  readonly pixels: Uint8Array;
  readonly pace: string;
}

let player: StudentPlayer | null = null;

async function obey(order: Order): Promise<void> {
  if (order.kind === 'start') {
    player = new StudentPlayer(createStudentRuntime({ runtime: 'wasm' }), order.canvas, { speed: 'auto' });
    await player.load(readCharacter(order.file, 'worker'));
  } else if (order.kind === 'hidden') {
    player!.setHidden(order.hidden);
  } else {
    player!.setPose(Float32Array.from(order.values));
    const { data } = await player!.snapshot();
    postMessage({ pixels: new Uint8Array(data), pace: player!.stats().pace } satisfies Shown);
  }
}

let last = Promise.resolve();
self.addEventListener('message', ({ data }: MessageEvent<Order>) => {
  last = last.then(() => obey(data));
});
