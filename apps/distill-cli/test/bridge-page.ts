import { type BridgeFrame, type BridgeText, decodeBridgeFrame, parseBridgeText } from '@tha4/pose-mapper';
import { WebSocket } from 'ws';

/** A page as far as the bridge can tell: it connects, and keeps what it was sent last. */
export interface Page {
  readonly texts: BridgeText[];
  /** The newest frame. */
  frame(): BridgeFrame | null;
  send(message: Uint8Array | string): void;
  close(): void;
}

/** @returns a page that was let in, or the HTTP status that refused it */
export function openPage(address: string, origin?: string): Promise<Page | number> {
  const socket = new WebSocket(address, origin === undefined ? {} : { origin });
  const texts: BridgeText[] = [];
  let newest: BridgeFrame | null = null;
  socket.on('message', (data: Buffer, isBinary) => {
    const message = isBinary ? decodeBridgeFrame(data) : parseBridgeText(data.toString('utf8'));
    if (!message.ok) throw new Error(message.reason);
    if ('kind' in message.value) newest = message.value;
    else texts.push(message.value);
  });
  const page: Page = {
    texts,
    frame: () => newest,
    send: (message) => socket.send(message),
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(page));
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', reject);
  });
}

/** Repeats an act until something holds: what runs beside it takes the time that it takes. */
export async function until<T>(what: () => T | null | undefined | false, act: () => void = () => {}): Promise<T> {
  for (let round = 0; round < 1000; round++) {
    const value = what();
    if (value) return value;
    act();
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error('it never happened');
}
