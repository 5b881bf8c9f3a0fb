import type { Socket } from 'node:dgram';
import {
  type FaceSample,
  type Parsed,
  parseIFacialMocap,
  parseOpenSeeFace,
  parseVtsPhone,
  type TrackerProtocol,
  VmcReader,
} from '@tha4/pose-mapper';
import { NetworkError } from '../errors.ts';
import { listenPhones, type PhoneServer } from './phone-tcp.ts';
import { listenUdp, type Senders } from './udp.ts';

/** Takes what a packet was, as `Hub.take`. */
export type TakePacket = (source: TrackerProtocol, packet: Parsed<FaceSample | null | undefined>) => void;

/** A protocol that is listened to. */
export interface Receiver {
  readonly protocol: TrackerProtocol;
  readonly socket: Socket;
  readonly port: number;
}

type Reader = (bytes: Uint8Array, timeMs: number) => Parsed<FaceSample | null | undefined>;

const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');

/** Readers with a state are made for each receiver. */
const READERS: Readonly<Record<TrackerProtocol, () => Reader>> = {
  ifacialmocap: () => (bytes, timeMs) => parseIFacialMocap(text(bytes), timeMs),
  facemotion3d: () => (bytes, timeMs) => parseIFacialMocap(text(bytes), timeMs),
  openseeface: () => parseOpenSeeFace,
  'vtube-studio': () => (bytes, timeMs) => parseVtsPhone(text(bytes), timeMs),
  vmc: () => {
    const reader = new VmcReader();
    // VMC never says that there is no face: `null` is a packet of something else.
    return (bytes, timeMs) => {
      const packet = reader.read(bytes, timeMs);
      return packet.ok && packet.value === null ? { ok: true, value: undefined } : packet;
    };
  },
};

const STRANGER = { ok: false, reason: 'expected a packet of a known sender' } as const;

/** @throws {NetworkError} where the port cannot be had */
export async function receive(
  protocol: TrackerProtocol,
  port: number,
  senders: Senders,
  take: TakePacket,
): Promise<Receiver> {
  const read = READERS[protocol]();
  try {
    const bound = await listenUdp(port, senders, (bytes, allowed) =>
      take(protocol, allowed ? read(bytes, performance.now()) : STRANGER),
    );
    return { protocol, ...bound };
  } catch (error) {
    throw portError(`--listen ${protocol}`, port, error);
  }
}

/** Phones of both kinds by TCP: their frames read alike, and count for the one that was asked. */
export async function receivePhones(
  protocol: TrackerProtocol,
  port: number,
  senders: Senders,
  take: TakePacket,
): Promise<PhoneServer> {
  try {
    return await listenPhones(port, senders, (frame) => take(protocol, parseIFacialMocap(frame, performance.now())));
  } catch (error) {
    throw portError('--tcp', port, error);
  }
}

export function portError(option: string, port: number, error: unknown): NetworkError {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  const taken = code === 'EADDRINUSE';
  const advice = taken
    ? `another program has it; ${option}=PORT chooses another`
    : 'is the address one of this computer?';
  return new NetworkError(`${option}: expected port ${port} to be free, got ${code}; ${advice}`, { cause: error });
}
