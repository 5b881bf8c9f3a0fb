import type { BridgeStatus } from '@tha4/pose-mapper';
import { describe, expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { bridgeDisplay, bridgeReadyText, bridgeStatusText, bridgeText } from './bridge-text.ts';
import { style } from './style.ts';

const status = (packetsPerSecond: number, badPackets = 0): BridgeStatus => ({
  type: 'status',
  state: 'tracking',
  driving: packetsPerSecond > 0 ? 'vmc' : null,
  sources: [
    { source: 'vmc', packetsPerSecond, badPackets },
    { source: 'openseeface', packetsPerSecond: 0, badPackets: 0 },
  ],
});

function display(errIsTerminal: boolean) {
  let text = '';
  const io: Io = {
    out: () => {},
    err: (more) => {
      text += more;
    },
    errIsTerminal,
    colour: false,
    signal: new AbortController().signal,
  };
  return { ...bridgeDisplay(io), shown: () => text };
}

describe('how the bridge is doing', () => {
  it('is one line', () => {
    expect(bridgeStatusText(status(0), 0)).toBe('nobody drives | no packets yet | 0 pages');
    expect(bridgeStatusText(status(60, 2), 1)).toBe('vmc drives | vmc 60/s (2 bad) | 1 page');
    expect(bridgeStatusText({ ...status(60), state: 'lost' }, 2)).toBe('vmc drives, no face | vmc 60/s | 2 pages');
  });

  it('is written over on a terminal', () => {
    const { status: show, stop, shown } = display(true);
    show(status(59), 0);
    show(status(60), 0);
    stop();
    stop();
    expect(shown()).toBe('\r\u001b[Kvmc drives | vmc 59/s | 0 pages\r\u001b[Kvmc drives | vmc 60/s | 0 pages\n');
  });

  it('is said elsewhere only when more than numbers changed', () => {
    const { status: show, shown } = display(false);
    show(status(0), 0);
    show(status(59), 0);
    show(status(60), 0);
    show(status(58, 1), 0);
    show(status(58, 7), 0);
    show(status(58, 7), 1);
    expect(shown()).toBe(
      'nobody drives | no packets yet | 0 pages\nvmc drives | vmc 59/s | 0 pages\nvmc drives | vmc 58/s (1 bad) | 0 pages\nvmc drives | vmc 58/s (7 bad) | 1 page\n',
    );
  });
});

it('says where to connect, with the token', () => {
  const text = bridgeReadyText({
    hosts: ['127.0.0.1', '::1'],
    port: 7,
    token: 'secret',
    receivers: [],
    tcpPort: 49986,
  });
  expect(text).toBe(
    'Pages connect to ws://127.0.0.1:7/?token=secret or ws://[::1]:7/?token=secret\nTrackers send to UDP ports: none, phones by TCP 49986\nCtrl-C ends it.',
  );
});

it('says at the end what came', () => {
  const sources = [
    { source: 'vmc', packets: 720, badPackets: 3 },
    { source: 'page', packets: 0, badPackets: 0 },
  ] as const;
  expect(bridgeText({ command: 'bridge', seconds: 12.2, sources: [...sources] }, style(false))).toBe(
    'Stopped after 12 s.\n  vmc: 720 packets, 3 that could not be read\n',
  );
});
