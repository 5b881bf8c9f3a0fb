import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { FrameSplitter, PHONE_FRAME_ENDS } from '@tha4/pose-mapper';
import { isLoopback } from './origin.ts';
import type { Senders } from './udp.ts';

/** Phones at once; more are shut out. */
const MOST = 4;

/** Where phones connect to, for those who choose TCP. */
export interface PhoneServer {
  readonly port: number;
  readonly close: () => void;
}

/**
 * Listens for phones that send by TCP. As with packets, only this computer may, unless others are named.
 *
 * @param take gets each whole frame
 */
export async function listenPhones(port: number, senders: Senders, take: (text: string) => void): Promise<PhoneServer> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    const { remoteAddress = '' } = socket;
    if (open.size >= MOST || !(isLoopback(remoteAddress) || senders.has(remoteAddress))) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    const splitter = new FrameSplitter(PHONE_FRAME_ENDS);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      for (const frame of splitter.push(text)) take(frame);
    });
  });
  const listening = once(server, 'listening');
  server.listen(port, senders.size === 0 ? '127.0.0.1' : '0.0.0.0');
  await listening;
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
