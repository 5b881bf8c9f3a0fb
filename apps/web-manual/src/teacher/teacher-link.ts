import { BackendError, POSE_SIZE } from '@tha4/core';

/** Where `tha4 serve` listens. */
export const TEACHER_URL = 'ws://127.0.0.1:7434';

/** What the server says of itself first. */
export interface TeacherHello {
  readonly name: string;
  /** Side of its frames, pixels. */
  readonly size: number;
  readonly teacher: string;
  readonly licence: string;
  readonly engine: string;
}

/** A frame of the teacher: RGBA, sRGB, straight alpha. */
export interface TeacherFrame {
  readonly size: number;
  readonly milliseconds: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

export interface TeacherEvents {
  readonly onFrame: (frame: TeacherFrame) => void;
  /** The server is gone; `reason` is empty where it gave none. */
  readonly onEnd: (reason: string) => void;
}

/** Of a frame's message; see `tha4 serve --help`. */
const HEADER = 8;
const MAX_SIZE = 4096;

/** A connection to a teacher on this machine. One pose is under way at a time, then the newest one. */
export class TeacherLink {
  readonly hello: TeacherHello;
  readonly #socket: WebSocket;
  #newest: Float32Array | null = null;
  #isPainting = false;
  #number = 0;

  private constructor(socket: WebSocket, hello: TeacherHello, { onFrame, onEnd }: TeacherEvents) {
    this.hello = hello;
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      this.#isPainting = false;
      const bytes = data as ArrayBuffer;
      const length = hello.size ** 2 * 4;
      if (!(bytes instanceof ArrayBuffer) || bytes.byteLength !== HEADER + length) {
        this.close();
        onEnd('it sent something else than a frame');
        return;
      }
      const milliseconds = new DataView(bytes).getUint32(4, true);
      onFrame({ size: hello.size, milliseconds, pixels: new Uint8ClampedArray(bytes, HEADER, length) });
      this.#send();
    };
    socket.onclose = ({ reason }) => onEnd(reason);
  }

  /** @throws {BackendError} where no teacher answers */
  static connect(events: TeacherEvents, url: string = TEACHER_URL): Promise<TeacherLink> {
    return new Promise((resolve, reject) => {
      const fail = (got: string): void =>
        reject(
          new BackendError(
            `teacher: expected one at ${url}, got ${got}; start one with: tha4 serve PICTURE --teacher tha4`,
          ),
        );
      const socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      socket.onclose = () => fail('no answer');
      socket.onmessage = ({ data }) => {
        const hello = readHello(data);
        if (hello !== null) return resolve(new TeacherLink(socket, hello, events));
        socket.onclose = null;
        socket.close();
        return fail('another program');
      };
    });
  }

  /** Wishes for a pose. @param pose 45 numbers */
  setPose(pose: Float32Array): void {
    this.#newest = pose.slice();
    if (!this.#isPainting) this.#send();
  }

  close(): void {
    this.#socket.onclose = null;
    this.#socket.onmessage = null;
    this.#socket.close();
  }

  #send(): void {
    const pose = this.#newest;
    if (pose === null || this.#socket.readyState !== WebSocket.OPEN) return;
    this.#newest = null;
    this.#isPainting = true;
    const view = new DataView(new ArrayBuffer(4 + 4 * POSE_SIZE));
    view.setUint32(0, ++this.#number, true);
    pose.forEach((value, i) => {
      view.setFloat32(4 + 4 * i, value, true);
    });
    this.#socket.send(view.buffer);
  }
}

/** `null` for what is no greeting of ours. */
function readHello(data: unknown): TeacherHello | null {
  try {
    const hello = JSON.parse(String(data)) as TeacherHello & { readonly type?: string; readonly version?: number };
    const { type, version, size, name, teacher, licence, engine } = hello;
    const isOurs = type === 'hello' && version === 1 && Number.isInteger(size) && size > 0 && size <= MAX_SIZE;
    const texts = [name, teacher, licence, engine];
    return isOurs && texts.every((text) => typeof text === 'string') ? hello : null;
  } catch {
    return null;
  }
}
