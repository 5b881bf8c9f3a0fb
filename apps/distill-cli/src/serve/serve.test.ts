import { once } from 'node:events';
import { modelToImage, neutralPose, POSE_SIZE } from '@tha4/core';
import type { PreparedTeacher, TeacherFrames } from '@tha4/teacher';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type FrameServer, startFrameServer } from './frame-server.ts';
import { FRAME_HEADER, type Hello, readPoseMessage } from './protocol.ts';

const HELLO: Hello = {
  type: 'hello',
  version: 1,
  name: 'Rin',
  size: 2,
  teacher: 'tha4',
  licence: 'CC BY-NC 4.0',
  engine: 'onnxruntime on the CPU (1 thread)',
};

/** Paints four pixels of the pose's first value; each takes as long as somebody lets it. */
function slowTeacher(): { teacher: PreparedTeacher; painted: number[]; release: () => void } {
  const painted: number[] = [];
  let free = (): void => {};
  let gate: Promise<void> = Promise.resolve();
  const close = (): void => {
    gate = new Promise((resolve) => {
      free = resolve;
    });
  };
  close();
  const teacher: PreparedTeacher = {
    async pose([pose]) {
      await gate;
      close();
      painted.push(pose![0]!);
      const posed = new Float32Array(16).map((_, i) => (i % 4 === 3 ? 1 : pose![0]!));
      return { count: 1, size: 2, posed } as TeacherFrames;
    },
    dispose: async () => {},
  };
  return { teacher, painted, release: () => free() };
}

function poseMessage(number: number, value: number): Uint8Array {
  const pose = neutralPose();
  pose[0] = value;
  const message = new Uint8Array(4 + 4 * POSE_SIZE);
  const view = new DataView(message.buffer);
  view.setUint32(0, number, true);
  pose.forEach((each, i) => {
    view.setFloat32(4 + 4 * i, each, true);
  });
  return message;
}

let server: FrameServer | null = null;
afterEach(() => server?.close());

async function start(teacher: PreparedTeacher, origins: readonly string[] = []): Promise<string> {
  server = await startFrameServer(teacher, { port: 0, origins, hello: HELLO, note: () => {} });
  return `ws://127.0.0.1:${server.port}`;
}

describe('the frame server', () => {
  it('greets, and answers a pose with its frame', async () => {
    const { teacher, release } = slowTeacher();
    const socket = new WebSocket(await start(teacher));
    const [hello] = await once(socket, 'message');
    expect(JSON.parse(String(hello))).toEqual(HELLO);
    release();
    socket.send(poseMessage(7, 0.5));
    const [frame] = (await once(socket, 'message')) as [Buffer];
    expect(frame.readUInt32LE(0)).toBe(7);
    const pixels = modelToImage(
      new Float32Array(16).map((_, i) => (i % 4 === 3 ? 1 : 0.5)),
      2,
      2,
    ).data;
    expect([...frame.subarray(FRAME_HEADER)]).toEqual([...pixels]);
  });

  it('paints the newest pose, and drops those before that nobody has begun', async () => {
    const { teacher, painted, release } = slowTeacher();
    const socket = new WebSocket(await start(teacher));
    await once(socket, 'message');
    for (let i = 1; i <= 5; i++) socket.send(poseMessage(i, i / 10));
    // All of them are there before the first one is painted.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const numbers: number[] = [];
    for (let i = 0; i < 2; i++) {
      release();
      const [frame] = (await once(socket, 'message')) as [Buffer];
      numbers.push(frame.readUInt32LE(0));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(numbers).toEqual([1, 5]);
    expect(painted).toHaveLength(2);
  });

  it('lets pages of this machine in, and no others', async () => {
    const { teacher } = slowTeacher();
    const url = await start(teacher, ['https://friend.example']);
    for (const origin of ['http://localhost:5173', 'https://friend.example', undefined]) {
      const socket = new WebSocket(url, origin === undefined ? {} : { origin });
      await once(socket, 'message');
      socket.close();
    }
    for (const origin of ['https://stranger.example', 'http://localhost.stranger.example', 'null']) {
      const [error] = await once(new WebSocket(url, { origin }), 'error');
      expect((error as Error).message).toMatch(/403/);
    }
  });

  it('hangs up on what is no pose', async () => {
    const { teacher } = slowTeacher();
    const url = await start(teacher);
    for (const message of ['{"pose": []}', new Uint8Array(3), poseMessage(1, Number.NaN), new Uint8Array(5000)]) {
      const socket = new WebSocket(url);
      await once(socket, 'message');
      socket.send(message);
      const [code] = await once(socket, 'close');
      expect([1008, 1009]).toContain(code);
    }
  });
});

describe('pose messages', () => {
  it('carry a number and 45 values', () => {
    const { number, pose } = readPoseMessage(poseMessage(9, 0.25));
    expect([number, pose[0], pose.length]).toEqual([9, 0.25, POSE_SIZE]);
  });
});
