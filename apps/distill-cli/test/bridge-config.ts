import { TRACKER_PROTOCOLS } from '@tha4/pose-mapper';
import type { BridgeConfig } from '../src/bridge/bridge-options.ts';

/** A bridge on free ports of this computer, for every protocol. */
export const CONFIG: BridgeConfig = {
  listen: new Map(TRACKER_PROTOCOLS.map((protocol) => [protocol, 0])),
  named: true,
  phones: [],
  tcpPort: null,
  senders: new Set(),
  port: 0,
  host: '127.0.0.1',
  token: null,
  origins: [],
  fps: 60,
  mirror: false,
  vmcTarget: null,
  vts: null,
};
