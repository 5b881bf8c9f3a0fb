import { neutralPose } from '@tha4/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TeacherFrame, TeacherLink } from './teacher-link.ts';

/** What stands for the browser's end of a connection. */
class FakeSocket {
  static readonly OPEN = 1;
  static last: FakeSocket;
  readyState = FakeSocket.OPEN;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { reason: string }) => void) | null = null;
  readonly sent: DataView[] = [];
  constructor() {
    FakeSocket.last = this;
  }
  send(data: ArrayBuffer): void {
    this.sent.push(new DataView(data));
  }
  close(): void {
    this.readyState = 3;
    this.onclose?.({ reason: '' });
  }
}

const HELLO = { type: 'hello', version: 1, name: 'Rin', size: 2, teacher: 'tha4', licence: 'NC', engine: 'CPU' };

beforeEach(() => vi.stubGlobal('WebSocket', FakeSocket));
afterEach(() => vi.unstubAllGlobals());

async function connect(): Promise<{ link: TeacherLink; frames: TeacherFrame[]; ends: string[]; socket: FakeSocket }> {
  const frames: TeacherFrame[] = [];
  const ends: string[] = [];
  const opened = TeacherLink.connect({
    onFrame: (frame) => void frames.push(frame),
    onEnd: (reason) => void ends.push(reason),
  });
  const socket = FakeSocket.last;
  socket.onmessage!({ data: JSON.stringify(HELLO) });
  return { link: await opened, frames, ends, socket };
}

function poseOf(value: number): Float32Array {
  const pose = neutralPose();
  pose[0] = value;
  return pose;
}

function frameMessage(milliseconds: number): ArrayBuffer {
  const bytes = new ArrayBuffer(8 + 16);
  new DataView(bytes).setUint32(4, milliseconds, true);
  new Uint8Array(bytes, 8).fill(200);
  return bytes;
}

describe('the link to a teacher', () => {
  it('sends one pose at a time, and then the newest one', async () => {
    const { link, frames, socket } = await connect();
    for (const value of [0.1, 0.2, 0.3]) link.setPose(poseOf(value));
    expect(socket.sent.map((view) => view.getFloat32(4, true))).toEqual([Math.fround(0.1)]);
    socket.onmessage!({ data: frameMessage(6200) });
    expect(socket.sent.map((view) => view.getFloat32(4, true))).toEqual([0.1, 0.3].map(Math.fround));
    expect(frames).toMatchObject([{ size: 2, milliseconds: 6200 }]);
    expect([...frames[0]!.pixels]).toEqual(Array(16).fill(200));
    socket.onmessage!({ data: frameMessage(1) });
    expect(socket.sent).toHaveLength(2);
  });

  it('says how to start one where none answers, or something else', async () => {
    const events = { onFrame: () => {}, onEnd: () => {} };
    const none = TeacherLink.connect(events);
    FakeSocket.last.close();
    await expect(none).rejects.toThrow(
      /expected one at ws:\/\/127\.0\.0\.1:\d+, got no answer; start one with: tha4 serve/,
    );
    for (const data of ['{"hello": 1}', '<html>', JSON.stringify({ ...HELLO, size: 1e9 })]) {
      const other = TeacherLink.connect(events);
      FakeSocket.last.onmessage!({ data });
      await expect(other).rejects.toThrow(/got another program/);
      expect(FakeSocket.last.readyState).toBe(3);
    }
  });

  it('ends where the server goes, or sends what is no frame', async () => {
    const gone = await connect();
    gone.socket.onclose!({ reason: 'bye' });
    expect(gone.ends).toEqual(['bye']);
    const odd = await connect();
    odd.link.setPose(poseOf(1));
    odd.socket.onmessage!({ data: new ArrayBuffer(3) });
    expect(odd.ends[0]).toMatch(/something else than a frame/);
    const closed = await connect();
    closed.link.close();
    expect(closed.ends).toEqual([]);
  });
});
