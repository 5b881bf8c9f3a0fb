import { isIPv4 } from 'node:net';
import {
  BRIDGE_PORT,
  FACEMOTION3D_PORT,
  IFACIALMOCAP_PORT,
  isTrackerProtocol,
  OPENSEEFACE_PORT,
  PHONE_TCP_PORT,
  TRACKER_PROTOCOLS,
  type TrackerProtocol,
  VMC_PORT,
  VTS_API_PORT,
  VTS_RECEIVE_PORT,
} from '@tha4/pose-mapper';
import { UsageError } from '../errors.ts';
import type { GlobalOptions } from '../options.ts';
import { FILE_ORIGIN, isLoopback } from './origin.ts';
import { isPhoneApp, PHONE_APPS, type Phone } from './phone-requests.ts';
import type { VtsTarget } from './vts-client.ts';

/** Options of `bridge`, as commander gives them. */
export interface BridgeOptions extends GlobalOptions {
  readonly listen?: readonly string[];
  readonly phone?: readonly string[];
  readonly tcp?: boolean;
  readonly tcpPort?: string;
  readonly from?: readonly string[];
  readonly port?: string;
  readonly host: string;
  readonly token?: string;
  readonly allowOrigin?: readonly string[];
  readonly fps?: string;
  readonly mirror: boolean;
  readonly sendVmc?: string;
  readonly vts?: string | true;
  readonly vtsToken?: string;
}

/** What `bridge` does. */
export interface BridgeConfig {
  /** Protocols that are listened to, and their ports; 0 takes a free one. */
  readonly listen: ReadonlyMap<TrackerProtocol, number>;
  /** Whether the protocols were named: then a port that is taken ends the command instead of leaving its protocol out. */
  readonly named: boolean;
  readonly phones: readonly Phone[];
  /** Port for phones that send by TCP; `null` for UDP. */
  readonly tcpPort: number | null;
  /** IPv4 addresses that may send besides this computer. */
  readonly senders: ReadonlySet<string>;
  readonly port: number;
  readonly host: string;
  /** What pages have to know; `null` for nothing. */
  readonly token: string | null;
  readonly origins: readonly string[];
  readonly fps: number;
  readonly mirror: boolean;
  readonly vmcTarget: { readonly address: string; readonly port: number } | null;
  /** VTube Studio on a computer, where it is a source. */
  readonly vts: VtsTarget | null;
}

/** Where each protocol's senders send. */
const USUAL_PORTS: Readonly<Record<TrackerProtocol, number>> = {
  ifacialmocap: IFACIALMOCAP_PORT,
  facemotion3d: FACEMOTION3D_PORT,
  openseeface: OPENSEEFACE_PORT,
  vmc: VMC_PORT,
  'vtube-studio': VTS_RECEIVE_PORT,
};

/** A token that can be guessed is none. */
const SHORTEST_TOKEN = 12;

/** @param randomToken makes one where it is needed and none was given @throws {UsageError} */
export function bridgeConfig(options: BridgeOptions, randomToken: () => string): BridgeConfig {
  const { host, fps = '60', tcp = false, allowOrigin = [] } = options;
  const phones = (options.phone ?? []).map(readPhone);
  const from = (options.from ?? []).map((address) => ipv4('--from', address));
  if (options.tcpPort !== undefined && !tcp) throw new UsageError('--tcp-port: expected --tcp with it');
  const vmcTarget = options.sendVmc === undefined ? null : readTarget('--send-vmc', options.sendVmc, VMC_PORT);
  return {
    listen: withoutEcho(readListen(options.listen), vmcTarget, options.listen !== undefined),
    named: options.listen !== undefined,
    phones,
    tcpPort: tcp ? portNumber('--tcp-port', options.tcpPort ?? String(PHONE_TCP_PORT)) : null,
    senders: new Set([...from, ...phones.map(({ address }) => address)].filter((address) => !isLoopback(address))),
    port: portNumber('--port', options.port ?? String(BRIDGE_PORT)),
    host,
    token: readToken(options.token, host, randomToken),
    origins: allowOrigin.map(readOrigin),
    fps: wholeNumber('--fps', fps, 1, 240),
    mirror: options.mirror,
    vmcTarget,
    vts: readVts(options),
  };
}

function readListen(list: readonly string[] | undefined): Map<TrackerProtocol, number> {
  if (list === undefined) return new Map(TRACKER_PROTOCOLS.map((protocol) => [protocol, USUAL_PORTS[protocol]]));
  return new Map(
    list.map((entry) => {
      const [name = '', port] = entry.split('=', 2);
      if (!isTrackerProtocol(name)) {
        throw new UsageError(`--listen: expected one of ${TRACKER_PROTOCOLS.join(', ')}, got ${name}`);
      }
      return [name, port === undefined ? USUAL_PORTS[name] : portNumber('--listen', port)];
    }),
  );
}

/** Leaves out the port that we send to ourselves: it belongs to the program that shall get our poses, and we would hear ourselves. */
function withoutEcho(
  listen: Map<TrackerProtocol, number>,
  target: BridgeConfig['vmcTarget'],
  named: boolean,
): Map<TrackerProtocol, number> {
  const port = listen.get('vmc');
  if (target === null || port !== target.port || !isLoopback(target.address)) return listen;
  if (named) {
    throw new UsageError(
      `--send-vmc: expected a port that is not listened to, got ${port}; --listen vmc=PORT changes that`,
    );
  }
  listen.delete('vmc');
  return listen;
}

function readPhone(entry: string): Phone {
  const [app = '', target = ''] = entry.split('=', 2);
  if (!isPhoneApp(app)) {
    throw new UsageError(`--phone: expected APP=ADDRESS with an app of ${PHONE_APPS.join(', ')}, got ${entry}`);
  }
  const [address = '', port] = target.split(':', 2);
  return { app, address: ipv4('--phone', address), port: port === undefined ? null : portNumber('--phone', port) };
}

function readTarget(option: string, target: string, usualPort: number): { address: string; port: number } {
  const [address = '', port] = target.split(':', 2);
  const known = address === 'localhost' ? '127.0.0.1' : address;
  return { address: ipv4(option, known), port: port === undefined ? usualPort : portNumber(option, port) };
}

function readVts({ vts, vtsToken }: BridgeOptions): VtsTarget | null {
  if (vts === undefined && vtsToken === undefined) return null;
  const target = readTarget('--vts', typeof vts === 'string' ? vts : '127.0.0.1', VTS_API_PORT);
  return { ...target, token: vtsToken ?? null };
}

function readToken(given: string | undefined, host: string, randomToken: () => string): string | null {
  if (given === undefined) return isLoopback(host) ? null : randomToken();
  if (given.length < SHORTEST_TOKEN || !/^[\w-]+$/.test(given)) {
    throw new UsageError(
      `--token: expected ${SHORTEST_TOKEN} or more letters, digits, - or _, got ${given.length} characters`,
    );
  }
  return given;
}

function readOrigin(origin: string): string {
  if (origin === FILE_ORIGIN) return origin;
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`--allow-origin: expected an origin as https://example.org, or file, got ${origin}`);
  }
  return url.origin;
}

function ipv4(option: string, address: string): string {
  if (!isIPv4(address)) throw new UsageError(`${option}: expected an address as 192.168.0.7, got ${address}`);
  return address;
}

function portNumber(option: string, text: string): number {
  return wholeNumber(option, text, 0, 65_535);
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw new UsageError(`${option}: expected a whole number from ${least} to ${most}, got ${text}`);
  }
  return value;
}
