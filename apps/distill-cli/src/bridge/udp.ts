import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isLoopback } from './origin.ts';

/** Who may send to us besides this computer. */
export type Senders = ReadonlySet<string>;

/**
 * Listens for packets. Only this computer can send, unless others are named: then the socket is open to the network, and
 * packets of anybody else are refused.
 *
 * @param port 0 takes a free one
 * @param take gets each packet, and whether its sender may send
 * @throws {Error} of the system where the port cannot be had
 */
export async function listenUdp(
  port: number,
  senders: Senders,
  take: (bytes: Uint8Array, allowed: boolean) => void,
): Promise<{ readonly socket: Socket; readonly port: number }> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, { address }) => take(bytes, isLoopback(address) || senders.has(address)));
  const bound = once(socket, 'listening');
  socket.bind(port, senders.size === 0 ? '127.0.0.1' : '0.0.0.0');
  await bound;
  // After that, errors come from answers to what we sent (a phone that is off), and change nothing.
  socket.on('error', () => {});
  return { socket, port: socket.address().port };
}
