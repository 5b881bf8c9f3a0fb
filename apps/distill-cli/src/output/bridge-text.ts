import type { BridgeStatus } from '@tha4/pose-mapper';
import type { BridgeReady, BridgeResult } from '../commands/bridge.ts';
import type { Io } from '../io.ts';
import type { Style } from './style.ts';

/** What is said once everything is open. */
export function bridgeReadyText({ hosts, port, token, receivers, tcpPort }: BridgeReady): string {
  const query = token === null ? '' : `?token=${token}`;
  const addresses = hosts.map((host) => `ws://${host.includes(':') ? `[${host}]` : host}:${port}/${query}`);
  const ports = receivers.map((receiver) => `${receiver.protocol} ${receiver.port}`).join(', ');
  const tcp = tcpPort === null ? '' : `, phones by TCP ${tcpPort}`;
  return [
    `Pages connect to ${addresses.join(' or ')}`,
    `Trackers send to UDP ports: ${ports === '' ? 'none' : ports}${tcp}`,
    'Ctrl-C ends it.',
  ].join('\n');
}

/** One line of how it goes, e.g. `vmc drives | vmc 60/s, openseeface 0/s (2 bad) | 1 page`. */
export function bridgeStatusText({ driving, state, sources }: BridgeStatus, pages: number): string {
  const heard = sources.filter(({ packetsPerSecond, badPackets }) => packetsPerSecond > 0 || badPackets > 0);
  const rates = heard.map(
    ({ source, packetsPerSecond, badPackets }) =>
      `${source} ${packetsPerSecond}/s${badPackets === 0 ? '' : ` (${badPackets} bad)`}`,
  );
  const who = driving === null ? 'nobody drives' : `${driving} drives${state === 'lost' ? ', no face' : ''}`;
  return `${who} | ${rates.length === 0 ? 'no packets yet' : rates.join(', ')} | ${pages} ${pages === 1 ? 'page' : 'pages'}`;
}

/** Shows the status: on a terminal one line that changes, elsewhere a line when something else is said than numbers. */
export function bridgeDisplay(io: Io): { status: (status: BridgeStatus, pages: number) => void; stop: () => void } {
  let before = '';
  let shown = false;
  return {
    status: (status, pages) => {
      const line = bridgeStatusText(status, pages);
      if (io.errIsTerminal) {
        io.err(`\r\u001b[K${line}`);
        shown = true;
        return;
      }
      const kind = line.replace(/\d+\/s/g, '').replace(/\d+ bad/g, 'bad');
      if (kind !== before) io.err(`${line}\n`);
      before = kind;
    },
    stop: () => {
      if (shown) io.err('\n');
      shown = false;
    },
  };
}

export function bridgeText({ seconds, sources }: BridgeResult, style: Style): string {
  const rows = sources
    .filter(({ packets, badPackets }) => packets + badPackets > 0)
    .map(({ source, packets, badPackets }) => {
      const bad = badPackets === 0 ? '' : `, ${style.warn(`${badPackets} that could not be read`)}`;
      return `  ${source}: ${packets} packets${bad}\n`;
    });
  return `Stopped after ${Math.round(seconds)} s.\n${rows.length === 0 ? 'Nothing was received.\n' : rows.join('')}`;
}
