import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import {
  decodeOsc,
  encodePoseFrame,
  POSE,
  type PoseFrame,
  TRACKER_PROTOCOLS,
  type TrackerProtocol,
} from '@tha4/pose-mapper';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { CONFIG } from '../../test/bridge-config.ts';
import { openPage, type Page, until } from '../../test/bridge-page.ts';
import { PACKETS } from '../../test/tracker-packets.ts';
import type { BridgeConfig } from '../bridge/bridge-options.ts';
import { NetworkError } from '../errors.ts';
import { SILENT } from '../io.ts';
import { type BridgeReady, type BridgeResult, bridge } from './bridge.ts';

interface Running {
  readonly ready: BridgeReady;
  readonly address: string;
  readonly notes: string[];
  readonly port: (protocol: TrackerProtocol) => number;
  readonly stop: () => Promise<BridgeResult>;
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(patch: Partial<BridgeConfig> = {}): Promise<Running> {
  const end = new AbortController();
  const notes: string[] = [];
  let result: Promise<BridgeResult> | null = null;
  const ready = await new Promise<BridgeReady>((resolve, reject) => {
    result = bridge(
      { ...CONFIG, ...patch },
      { ...SILENT, signal: end.signal, note: (line) => notes.push(line), status: () => {}, ready: resolve },
    );
    result.catch(reject);
  });
  const stop = () => {
    end.abort();
    return result!;
  };
  closers.push(stop);
  const port = (protocol: TrackerProtocol) => ready.receivers.find((each) => each.protocol === protocol)!.port;
  return { ready, address: `ws://127.0.0.1:${ready.port}/`, notes, port, stop };
}

async function page(address: string, origin?: string): Promise<Page> {
  const opened = await openPage(address, origin);
  if (typeof opened === 'number') throw new Error(`refused with ${opened}`);
  closers.push(opened.close);
  return opened;
}

function udp(): Socket {
  const socket = createSocket('udp4');
  closers.push(() => socket.close());
  return socket;
}

const poseOf = (from: Page): PoseFrame | null => {
  const frame = from.frame();
  return frame?.kind === 'pose' ? frame : null;
};

/** The face of `PACKETS`, as a pose that does not mirror. */
function turned(from: Page): boolean {
  const pose = poseOf(from)?.pose;
  const shut = pose !== undefined && pose[POSE.eye_wink_left]! > 0.6 && pose[POSE.eye_wink_right]! < 0.4;
  return shut && pose[POSE.head_y]! < -0.4;
}

const settle = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('from a tracker to a page', () => {
  it.each(TRACKER_PROTOCOLS.filter((protocol) => protocol !== 'openseeface'))(
    '%s poses the character; what cannot be read is counted and ignored',
    async (protocol) => {
      const running = await start();
      const viewer = await page(running.address);
      const sender = udp();
      await until(
        () => turned(viewer),
        () => {
          sender.send(PACKETS[protocol], running.port(protocol));
          sender.send('rubbish', running.port(protocol));
        },
      );
      expect(poseOf(viewer)?.state).toBe('tracking');
      const { sources } = await running.stop();
      const counted = sources.find(({ source }) => source === protocol)!;
      expect(counted.packets).toBeGreaterThan(0);
      expect(counted.badPackets).toBeGreaterThan(0);
      expect(sources.filter(({ packets, badPackets }) => packets + badPackets > 0)).toHaveLength(1);
    },
  );

  it('openseeface does so against where the person looked first, since its angles depend on the camera', async () => {
    const running = await start();
    const viewer = await page(running.address);
    const sender = udp();
    const port = running.port('openseeface');
    const straight = PACKETS.openseeface.slice();
    new DataView(straight.buffer).setFloat32(53, 3, true);
    for (let i = 0; i < 25; i++) {
      sender.send(straight, port);
      await settle(10);
    }
    const turnedFace = PACKETS.openseeface.slice();
    new DataView(turnedFace.buffer).setFloat32(53, 11, true);
    await until(
      () => turned(viewer),
      () => {
        sender.send(turnedFace, port);
        sender.send(straight.subarray(1), port);
      },
    );
    const { sources } = await running.stop();
    expect(sources.find(({ source }) => source === 'openseeface')!.badPackets).toBeGreaterThan(0);
  });

  it('shows a page with a driver of its own what the tracker saw', async () => {
    const running = await start();
    const viewer = await page(`${running.address}?stream=face`);
    const sender = udp();
    const frame = await until(viewer.frame, () => sender.send(PACKETS.ifacialmocap, running.port('ifacialmocap')));
    expect(frame).toMatchObject({
      kind: 'face',
      sample: { rotation: { yaw: expect.closeTo((8 * Math.PI) / 180, 5) } },
    });
    // And that the tracker fell silent.
    await until(() => {
      const last = viewer.frame();
      return last?.kind === 'face' && last.sample === null;
    });
  });

  it('tells pages who drives, and stays with that tracker while another sends, too', async () => {
    const running = await start();
    const viewer = await page(running.address);
    const sender = udp();
    await until(
      () => turned(viewer),
      () => sender.send(PACKETS.vmc, running.port('vmc')),
    );
    for (let i = 0; i < 80; i++) {
      sender.send(PACKETS.vmc, running.port('vmc'));
      sender.send('eyeBlink_L&0|=head#0,-8,0,0,0,0|', running.port('ifacialmocap'));
      await settle(15);
    }
    expect(turned(viewer)).toBe(true);
    const [hello, ...told] = viewer.texts;
    expect(hello).toEqual({ type: 'hello', format: 'tha4-bridge', version: 1, stream: 'pose' });
    expect(told.length).toBeGreaterThan(0);
    for (const status of told) expect(status).toMatchObject({ type: 'status', state: 'tracking', driving: 'vmc' });
  });
});

describe('phones', () => {
  it('are asked, and send where they are told', async () => {
    const phone = udp();
    phone.bind(0, '127.0.0.1');
    await once(phone, 'listening');
    const asked: string[] = [];
    phone.on('message', (text, from) => {
      asked.push(text.toString());
      if (asked.length > 1) return;
      const { ports } = JSON.parse(text.toString()) as { ports: number[] };
      expect(ports).toEqual([from.port]);
      const timer = setInterval(() => phone.send(PACKETS['vtube-studio'], ports[0]!, '127.0.0.1'), 15);
      closers.push(() => clearInterval(timer));
    });
    const running = await start({
      phones: [{ app: 'vtube-studio', address: '127.0.0.1', port: phone.address().port }],
    });
    const viewer = await page(running.address);
    await until(() => turned(viewer));
    await until(() => asked.length > 1); // again, before it stops by itself
  });

  it.each(['ifacialmocap', 'facemotion3d'] as const)('with %s may send by TCP, and are stopped', async (app) => {
    const phone = udp();
    phone.bind(0, '127.0.0.1');
    await once(phone, 'listening');
    const asked: string[] = [];
    phone.on('message', (text) => asked.push(text.toString()));
    const running = await start({
      tcpPort: 0,
      phones: [{ app, address: '127.0.0.1', port: phone.address().port }],
    });
    await until(() => asked.length > 0);
    expect(asked[0]).toMatch(app === 'ifacialmocap' ? /^iFacialMocap_UDPTCP_.*v2$/ : /\|protocol=tcp$/);
    const line = connect(running.ready.tcpPort!, '127.0.0.1');
    closers.push(() => line.destroy());
    await once(line, 'connect');
    const end = app === 'ifacialmocap' ? '___iFacialMocap' : '___FACEMOTION3D';
    const stream = Buffer.concat([PACKETS[app], Buffer.from(`${end}rubbish${end}`)]);
    const viewer = await page(running.address);
    await until(
      () => turned(viewer),
      () => {
        // Cut where no frame ends.
        line.write(stream.subarray(0, 21));
        line.write(stream.subarray(21));
      },
    );
    const { sources } = await running.stop();
    expect(sources.find(({ source }) => source === app)!.badPackets).toBeGreaterThan(0);
    expect(asked.at(-1)).toMatch(/stop/i);
  });
});

describe('VTube Studio on a computer', () => {
  /** Answers as VTube Studio does; knows the token `good`. */
  async function vtubeStudio(): Promise<{ port: number; asked: string[] }> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    closers.push(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
    await once(server, 'listening');
    const asked: string[] = [];
    server.on('connection', (client) => {
      client.on('message', (text: Buffer) => {
        const { messageType, data } = JSON.parse(text.toString()) as { messageType: string; data: object };
        asked.push(messageType);
        const answers: Record<string, [string, object]> = {
          AuthenticationTokenRequest: ['AuthenticationTokenResponse', { authenticationToken: 'good' }],
          AuthenticationRequest: [
            'AuthenticationResponse',
            { authenticated: (data as { authenticationToken?: string }).authenticationToken === 'good' },
          ],
          InputParameterListRequest: [
            'InputParameterListResponse',
            {
              defaultParameters: [
                { name: 'FaceAngleX', value: 8 },
                { name: 'EyeOpenLeft', value: 0 },
                { name: 'EyeOpenRight', value: 1 },
              ],
            },
          ],
        };
        const [type, answer] = answers[messageType]!;
        client.send(
          JSON.stringify({ apiName: 'VTubeStudioPublicAPI', apiVersion: '1.0', messageType: type, data: answer }),
        );
      });
    });
    return { port: (server.address() as { port: number }).port, asked };
  }

  it.each([
    ['lets us in when its user allows it', null, ['AuthenticationTokenRequest', 'AuthenticationRequest']],
    ['knows us from before', 'good', ['AuthenticationRequest']],
    ['has forgotten us', 'old', ['AuthenticationRequest', 'AuthenticationTokenRequest', 'AuthenticationRequest']],
  ])('%s', async (_, token, first) => {
    const { port, asked } = await vtubeStudio();
    const running = await start({ vts: { address: '127.0.0.1', port, token } });
    const viewer = await page(running.address);
    await until(() => turned(viewer));
    expect(asked.slice(0, first.length + 1)).toEqual([...first, 'InputParameterListRequest']);
    expect(running.notes.join().includes('--vts-token good')).toBe(token !== 'good');
    const { sources } = await running.stop();
    expect(sources.find(({ source }) => source === 'vtube-studio')!.packets).toBeGreaterThan(3);
  });
});

describe('pages', () => {
  it('send poses that other pages get as they are', async () => {
    const running = await start();
    const viewer = await page(running.address, 'http://localhost:4173');
    const sender = await page(`${running.address}?stream=send`);
    const pose = Float32Array.from({ length: 45 }, (_, i) => i / 64);
    await until(
      () => poseOf(viewer)?.pose[10] === pose[10],
      () => sender.send(encodePoseFrame(1, 'tracking', pose)),
    );
    expect(poseOf(viewer)).toMatchObject({ state: 'tracking', pose });
    await until(
      () => viewer.texts.some((text) => text.type === 'status' && text.driving === 'page'),
      () => sender.send(encodePoseFrame(1, 'tracking', pose)),
    );
    // And then it falls silent.
    await until(() => poseOf(viewer)?.state !== 'tracking');
    expect(sender.frame()).toBeNull();
  });

  it('cannot disturb with messages that are none', async () => {
    const running = await start();
    const [viewer, sender] = [await page(running.address), await page(`${running.address}?stream=send`)];
    viewer.send(encodePoseFrame(1, 'tracking', new Float32Array(45))); // its stream does not send
    sender.send(new Uint8Array(7));
    sender.send(encodePoseFrame(Number.NaN, 'tracking', new Float32Array(45)));
    sender.send('{"type":"rubbish"}');
    sender.send('{"type":"look-straight"}');
    sender.send(new Uint8Array(5000)); // too large: it is put out
    await settle(100);
    expect(poseOf(viewer)?.state).toBe('idle');
    const { sources } = await running.stop();
    expect(sources.find(({ source }) => source === 'page')).toEqual({ source: 'page', packets: 0, badPackets: 4 });
  });

  it('of another origin are refused, and those that are named are not', async () => {
    const running = await start();
    for (const origin of ['https://evil.example', 'null', 'file://', 'http://localhost.evil.example']) {
      expect(await openPage(running.address, origin), origin).toBe(403);
    }
    expect(running.notes[0]).toBe(
      'A page of https://evil.example was refused; --allow-origin https://evil.example lets it in.',
    );
    expect(running.notes).toContain('A page opened from a file was refused; --allow-origin file lets it in.');
    const wider = await start({ origins: ['https://good.example', 'file'] });
    await page(wider.address, 'https://good.example');
    await page(wider.address, 'null');
    expect(await openPage(wider.address, 'https://evil.example')).toBe(403);
    expect(await openPage(`${wider.address}?stream=everything`)).toBe(400);
    expect(await openPage(`ws://127.0.0.1:${wider.ready.port}//?stream=x`)).toBe(400);
  });

  it('need the token where there is one, wherever they come from', async () => {
    const running = await start({ host: '0.0.0.0', token: 'a-long-token-1' });
    for (const query of ['', '?token=', '?token=a-long-token-2', '?token=a-long-token-1x']) {
      expect(await openPage(`${running.address}${query}`, 'http://localhost:1'), query).toBe(401);
    }
    expect(running.ready.hosts).toContain('127.0.0.1');
    expect(running.ready.hosts).not.toContain('0.0.0.0');
    const viewer = await page(`${running.address}?token=a-long-token-1`);
    await until(() => poseOf(viewer));
    expect(await openPage(`${running.address}?token=a-long-token-1`, 'https://evil.example')).toBe(403);
  });

  it('are told what the port is by HTTP', async () => {
    const running = await start();
    const response = await fetch(`http://127.0.0.1:${running.ready.port}/`);
    expect(response.status).toBe(426);
    expect(await response.text()).toContain('WebSocket');
  });
});

describe('the network', () => {
  it('gets poses by VMC', async () => {
    const receiver = udp();
    receiver.bind(0, '127.0.0.1');
    await once(receiver, 'listening');
    const got = once(receiver, 'message') as Promise<[Buffer]>;
    await start({ vmcTarget: { address: '127.0.0.1', port: receiver.address().port } });
    const messages = decodeOsc((await got)[0]);
    expect(messages.ok && messages.value.map(({ address }) => address)).toContain('/VMC/Ext/Blend/Apply');
  });

  const own = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

  it.skipIf(own === undefined)('may not send, unless it is named', async () => {
    const running = await start({ senders: new Set(['192.0.2.1']) });
    const sender = udp();
    sender.bind(0, own);
    await once(sender, 'listening');
    for (let i = 0; i < 3; i++) sender.send(PACKETS.vmc, running.port('vmc'), own!);
    await settle(100);
    const { sources } = await running.stop();
    expect(sources.find(({ source }) => source === 'vmc')).toEqual({ source: 'vmc', packets: 0, badPackets: 3 });
  });

  it('is told which port is taken', async () => {
    const holder = udp();
    holder.bind(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address();
    const listen = new Map<TrackerProtocol, number>([
      ['vmc', port],
      ['openseeface', 0],
    ]);
    await expect(start({ listen })).rejects.toThrow(NetworkError);
    await expect(start({ listen })).rejects.toThrow(
      `--listen vmc: expected port ${port} to be free, got EADDRINUSE; another program has it`,
    );
    const running = await start({ listen, named: false });
    expect(running.ready.receivers.map(({ protocol }) => protocol)).toEqual(['openseeface']);
    expect(running.notes[0]).toMatch(/^Left out: --listen vmc: /);
    await expect(start({ port: running.ready.port })).rejects.toThrow(/^--port: expected port \d+ to be free/);
  });
});
