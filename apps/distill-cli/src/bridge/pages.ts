import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  BRIDGE_VERSION,
  type BridgeStream,
  decodeBridgeFrame,
  type PoseFrame,
  parseBridgeCommand,
} from '@tha4/pose-mapper';
import { type WebSocket, WebSocketServer } from 'ws';
import { isFileOrigin, mayConnect } from './origin.ts';

const STREAMS: readonly string[] = ['pose', 'face', 'send'] satisfies BridgeStream[];

/** Pages at once; more are refused. */
const MOST = 32;

/** Bytes of the largest message that a page sends, generously. */
const LARGEST = 1024;

/** A page that does not keep up skips frames: more than this many bytes wait for it. */
const BEHIND = 16_384;

export interface PagesConfig {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What an address must say as `token=`; `null` asks for none. */
  readonly token: string | null;
  readonly origins: readonly string[];
}

/** What pages send. */
export interface PagesEvents {
  /** A pose of a page with the stream `send`. */
  readonly pose: (frame: PoseFrame) => void;
  readonly lookStraight: () => void;
  /** A message that could not be read. */
  readonly bad: () => void;
  /** A page that may not connect, and why; once for each reason. */
  readonly refused: (reason: string) => void;
}

/** The WebSocket that pages connect to. */
export class Pages {
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST, perMessageDeflate: false });
  readonly #streams = new Map<WebSocket, BridgeStream>();
  readonly #config: PagesConfig;
  readonly #events: PagesEvents;
  readonly #told = new Set<string>();

  private constructor(config: PagesConfig, events: PagesEvents) {
    this.#config = config;
    this.#events = events;
    this.#server = createServer((_, response) => {
      response.writeHead(426, { 'content-type': 'text/plain', upgrade: 'websocket' });
      response.end('This is the bridge of tha4. Pages connect to it by WebSocket.\n');
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
  }

  /** @throws {Error} of the system where the port cannot be had */
  static async open(config: PagesConfig, events: PagesEvents): Promise<Pages> {
    const pages = new Pages(config, events);
    const listening = once(pages.#server, 'listening');
    pages.#server.listen(config.port, config.host);
    await listening;
    return pages;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many pages are there. */
  get count(): number {
    return this.#streams.size;
  }

  /** Sends to all pages with a stream. @param bytes of a frame, or a text */
  send(stream: BridgeStream, bytes: Uint8Array | string): void {
    for (const [socket, wanted] of this.#streams) {
      if (wanted === stream && socket.bufferedAmount < BEHIND) socket.send(bytes);
    }
  }

  /** Sends a text to all pages. */
  tell(text: string): void {
    for (const stream of STREAMS) this.send(stream as BridgeStream, text);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#streams.keys()) socket.close(1001, 'the bridge ends');
    const late = setTimeout(() => {
      for (const socket of this.#streams.keys()) socket.terminate();
      this.#server.closeAllConnections();
    }, 500);
    await closed;
    clearTimeout(late);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // The path does not matter, and need not even be one.
    const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
    const stream = query.get('stream') ?? 'pose';
    const refusal = this.#refusal(request.headers.origin, query.get('token') ?? '', stream);
    if (refusal !== null) {
      socket.on('error', () => {});
      socket.end(`HTTP/1.1 ${refusal.status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      if (this.#told.size < 20 && !this.#told.has(refusal.reason)) this.#events.refused(refusal.reason);
      this.#told.add(refusal.reason);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (page) => this.#welcome(page, stream as BridgeStream));
  }

  #refusal(origin: string | undefined, token: string, stream: string): { status: string; reason: string } | null {
    if (!mayConnect(origin, this.#config.origins)) {
      return { status: '403 Forbidden', reason: strangerText(origin ?? '') };
    }
    if (this.#config.token !== null && !same(token, this.#config.token)) {
      return { status: '401 Unauthorized', reason: 'A page without the right token was refused.' };
    }
    if (!STREAMS.includes(stream)) {
      return { status: '400 Bad Request', reason: `A page wanted an unknown stream; there are ${STREAMS.join(', ')}.` };
    }
    if (this.#streams.size >= MOST)
      return { status: '503 Service Unavailable', reason: `A page was refused: ${MOST} are there already.` };
    return null;
  }

  #welcome(page: WebSocket, stream: BridgeStream): void {
    this.#streams.set(page, stream);
    page.on('close', () => this.#streams.delete(page));
    page.on('error', () => {}); // too large, or no WebSocket: it is closed after this
    page.on('message', (data, isBinary) => this.#message(data as Buffer, isBinary, stream));
    page.send(JSON.stringify({ type: 'hello', format: 'tha4-bridge', version: BRIDGE_VERSION, stream }));
  }

  #message(data: Buffer, isBinary: boolean, stream: BridgeStream): void {
    if (!isBinary) {
      if (parseBridgeCommand(data.toString('utf8')).ok) this.#events.lookStraight();
      else this.#events.bad();
      return;
    }
    const frame = stream === 'send' ? decodeBridgeFrame(data) : null;
    if (frame?.ok && frame.value.kind === 'pose') this.#events.pose(frame.value);
    else this.#events.bad();
  }
}

function strangerText(origin: string): string {
  if (isFileOrigin(origin)) return 'A page opened from a file was refused; --allow-origin file lets it in.';
  // It stands on a terminal: nothing but what an origin is made of.
  const shown = origin.slice(0, 100).replace(/[^\w.:/[\]-]/g, '?');
  return `A page of ${shown} was refused; --allow-origin ${shown} lets it in.`;
}

/** Compares without telling by the time taken how much is right. */
function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
