import { describe, expect, it } from 'vitest';
import { tha4WithSignal } from '../test/support.ts';

describe('tha4 bridge', () => {
  const arguments_ = ['bridge', '--port', '0', '--listen', 'vmc=0,openseeface=0'];

  it('says where to connect and what came, and ends cleanly on Ctrl-C', async () => {
    const { code, out, err } = await tha4WithSignal(AbortSignal.timeout(1300), ...arguments_);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Pages connect to ws:\/\/127\.0\.0\.1:\d+\/\nTrackers send to UDP ports: vmc \d+, openseeface \d+\nCtrl-C ends it\.\nStopped after 1 s\.\nNothing was received\.\n$/,
    );
    expect(err).toBe('nobody drives | no packets yet | 0 pages\n');
  });

  it('speaks JSON', async () => {
    const { out, err } = await tha4WithSignal(AbortSignal.timeout(1300), ...arguments_, '--json');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event?: { type: string }; command?: string });
    expect(lines.map(({ event, command }) => event?.type ?? command)).toEqual(['ready', 'status', 'bridge']);
    expect(err).toBe('');
  });

  it('refuses what it cannot do', async () => {
    const { code, err } = await tha4WithSignal(AbortSignal.timeout(1000), 'bridge', '--listen', 'vcm');
    expect(code).toBe(2);
    expect(err).toMatch(/--listen: expected one of/);
  });
});
