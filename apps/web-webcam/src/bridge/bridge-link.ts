import {
  type BridgeFrame,
  type BridgeStream,
  type BridgeText,
  decodeBridgeFrame,
  parseBridgeText,
} from '@tha4/pose-mapper';

/** What a link tells its page. */
export interface BridgeEvents {
  readonly onFrame: (frame: BridgeFrame) => void;
  readonly onText: (text: BridgeText) => void;
  /** The bridge is there (`true`) or not; in the second case the link goes on trying. */
  readonly onLink: (linked: boolean) => void;
}

const RETRY_MS = 2000;
/** More than this many bytes that wait mean that the bridge is slow: newer poses matter more than all of them. */
const MAX_WAITING = 4096;

/** A connection to `tha4 bridge` that comes back by itself. */
export class BridgeLink {
  readonly #url: URL;
  readonly #events: BridgeEvents;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** @throws {Error} in words for a person, when the address is none */
  constructor(address: string, stream: BridgeStream, events: BridgeEvents) {
    this.#url = bridgeUrl(address, stream);
    this.#events = events;
    this.#connect();
  }

  send(frame: Uint8Array): void {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > MAX_WAITING) return;
    socket.send(frame as Uint8Array<ArrayBuffer>);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => this.#events.onLink(true));
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (this.#closed) return;
      if (typeof data === 'string') {
        const text = parseBridgeText(data);
        if (text.ok) this.#events.onText(text.value);
      } else {
        const frame = decodeBridgeFrame(new Uint8Array(data));
        if (frame.ok) this.#events.onFrame(frame.value);
      }
    });
    socket.addEventListener('close', () => {
      if (this.#closed) return;
      this.#events.onLink(false);
      this.#timer = setTimeout(() => this.#connect(), RETRY_MS);
    });
  }
}

/** @throws {Error} in words for a person */
export function bridgeUrl(address: string, stream: BridgeStream): URL {
  const text = address.includes('://') ? address : `ws://${address}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^wss?:$/.test(url.protocol)) {
    throw new Error(`Bridge: expected an address such as ws://127.0.0.1:39545, got '${address}'.`);
  }
  url.searchParams.set('stream', stream);
  return url;
}
