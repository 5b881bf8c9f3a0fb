import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { modelToImage } from '@tha4/core';
import type { PreparedTeacher } from '@tha4/teacher';
import { type WebSocket, WebSocketServer } from 'ws';
import { mayConnect } from '../bridge/origin.ts';
import { frameMessage, type Hello, MAX_MESSAGE, readPoseMessage } from './protocol.ts';

export interface FrameServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Origins of pages on other machines that may connect. */
  readonly origins: readonly string[];
  readonly hello: Hello;
  readonly note: (line: string) => void;
}

export interface FrameServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A pose that waits to be painted. */
interface Waiting {
  readonly number: number;
  readonly pose: Float32Array;
}

/**
 * Paints poses for pages on this machine: poses come in over a WebSocket, frames go out. A page gets its newest pose
 * painted; those before that nobody has begun are dropped. Pages take turns.
 */
export async function startFrameServer(teacher: PreparedTeacher, options: FrameServerOptions): Promise<FrameServer> {
  const { port, origins, hello, note } = options;
  const http = createServer((_, response) => {
    response.writeHead(426, { 'content-type': 'text/plain' }).end('This address speaks WebSocket only.\n');
  });
  const sockets = new WebSocketServer({
    server: http,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
    verifyClient: ({ req }, answer) => {
      const isAllowed = mayConnect(req.headers.origin, origins);
      if (!isAllowed) note(`Refused a page of ${req.headers.origin}; --allow-origin lets it in.`);
      answer(isAllowed, 403, 'this origin may not connect');
    },
  });
  const waiting = new Map<WebSocket, Waiting>();
  let painting: Promise<void> | null = null;

  const paint = async (): Promise<void> => {
    for (let next = waiting.entries().next().value; next !== undefined; next = waiting.entries().next().value) {
      const [socket, { number, pose }] = next;
      waiting.delete(socket);
      if (socket.readyState !== socket.OPEN) continue;
      const start = performance.now();
      try {
        const { posed, size } = await teacher.pose([pose]);
        socket.send(frameMessage(number, performance.now() - start, modelToImage(posed, size, size).data));
      } catch (error) {
        socket.close(1011, (error as Error).message.slice(0, 120));
        note(`A frame failed: ${(error as Error).message}`);
      }
    }
    painting = null;
  };

  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify(hello));
    socket.on('message', (data: Buffer, isBinary) => {
      try {
        if (!isBinary) throw new RangeError('pose message: expected bytes, got text');
        waiting.set(socket, readPoseMessage(data));
        painting ??= paint();
      } catch (error) {
        socket.close(1008, (error as Error).message.slice(0, 120));
      }
    });
    socket.on('close', () => waiting.delete(socket));
    // A connection that breaks is closed, too.
    socket.on('error', () => {});
  });

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    close: async () => {
      waiting.clear();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await new Promise((resolve) => http.close(resolve));
      await painting;
    },
  };
}
