import { describe, expect, it } from 'vitest';
import { UsageError } from '../errors.ts';
import { type BridgeOptions, bridgeConfig } from './bridge-options.ts';

const config = (options: Partial<BridgeOptions> = {}) =>
  bridgeConfig({ host: '127.0.0.1', mirror: true, ...options }, () => 'a-token-made-now');

describe('options of bridge', () => {
  it('listens to everything on the usual ports, for this computer only', () => {
    expect(config()).toEqual({
      listen: new Map([
        ['ifacialmocap', 49983],
        ['facemotion3d', 49993],
        ['openseeface', 11573],
        ['vmc', 39539],
        ['vtube-studio', 21413],
      ]),
      named: false,
      phones: [],
      tcpPort: null,
      senders: new Set(),
      port: 39545,
      host: '127.0.0.1',
      token: null,
      origins: [],
      fps: 60,
      mirror: true,
      vmcTarget: null,
      vts: null,
    });
  });

  it('takes names, ports and addresses', () => {
    const made = config({
      listen: ['vmc=39540', 'openseeface'],
      phone: ['ifacialmocap=192.168.0.7', 'vtube-studio=192.168.0.8:21500'],
      tcp: true,
      from: ['10.0.0.2', '127.0.0.1'],
      sendVmc: 'localhost',
      allowOrigin: ['file', 'https://Example.org/'],
    });
    expect(made.listen).toEqual(
      new Map([
        ['vmc', 39540],
        ['openseeface', 11573],
      ]),
    );
    expect(made.phones).toEqual([
      { app: 'ifacialmocap', address: '192.168.0.7', port: null },
      { app: 'vtube-studio', address: '192.168.0.8', port: 21500 },
    ]);
    expect(made.senders).toEqual(new Set(['10.0.0.2', '192.168.0.7', '192.168.0.8']));
    expect(made.tcpPort).toBe(49986);
    expect(made.vmcTarget).toEqual({ address: '127.0.0.1', port: 39539 });
    expect(made.origins).toEqual(['file', 'https://example.org']);
  });

  it('does not hear itself', () => {
    expect(config({ sendVmc: '127.0.0.1' }).listen.has('vmc')).toBe(false);
    expect(config({ sendVmc: '127.0.0.1:39540' }).listen.has('vmc')).toBe(true);
    expect(config({ sendVmc: '192.168.0.9' }).listen.has('vmc')).toBe(true);
    expect(() => config({ sendVmc: '127.0.0.1', listen: ['vmc'] })).toThrow(/--send-vmc: .* 39539; --listen vmc=PORT/);
  });

  it('finds VTube Studio on this computer', () => {
    expect(config({ vts: true }).vts).toEqual({ address: '127.0.0.1', port: 8001, token: null });
    expect(config({ vts: '10.0.0.3:8002', vtsToken: 'abc' }).vts).toEqual({
      address: '10.0.0.3',
      port: 8002,
      token: 'abc',
    });
    expect(config({ vtsToken: 'abc' }).vts?.token).toBe('abc');
  });

  it('makes a token for other interfaces, and only there', () => {
    expect(config({ host: '0.0.0.0' }).token).toBe('a-token-made-now');
    expect(config({ host: '192.168.0.5', token: 'my-own-token-1' }).token).toBe('my-own-token-1');
    expect(config({ token: 'my-own-token-1' }).token).toBe('my-own-token-1');
  });

  it.each<[Partial<BridgeOptions>, RegExp]>([
    [{ listen: ['vcm'] }, /--listen: expected one of ifacialmocap, .*, got vcm/],
    [{ listen: ['vmc=70000'] }, /--listen: expected a whole number from 0 to 65535, got 70000/],
    [{ phone: ['192.168.0.7'] }, /--phone: expected APP=ADDRESS/],
    [{ phone: ['ifacialmocap=phone.local'] }, /--phone: expected an address as 192.168.0.7, got phone.local/],
    [{ from: ['everybody'] }, /--from: expected an address/],
    [{ tcpPort: '5' }, /--tcp-port: expected --tcp/],
    [{ port: '-1' }, /--port: expected a whole number/],
    [{ fps: '0' }, /--fps: expected a whole number from 1 to 240, got 0/],
    [{ token: 'short' }, /--token: expected 12 or more/],
    [{ allowOrigin: ['example.org'] }, /--allow-origin: expected an origin/],
    [{ allowOrigin: ['*'] }, /--allow-origin: expected an origin/],
    [{ sendVmc: 'somewhere:1' }, /--send-vmc: expected an address/],
  ])('refuses %j', (options, message) => {
    expect(() => config(options)).toThrow(UsageError);
    expect(() => config(options)).toThrow(message);
  });
});
