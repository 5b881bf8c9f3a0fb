import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { type BridgeStatus, encodeFaceFrame, encodePoseFrame, encodeVmcPose } from '@tha4/pose-mapper';
import type { BridgeConfig } from '../bridge/bridge-options.ts';
import { Hub } from '../bridge/hub.ts';
import { Pages } from '../bridge/pages.ts';
import { askPhone, stopPhone } from '../bridge/phone-requests.ts';
import type { PhoneServer } from '../bridge/phone-tcp.ts';
import { portError, type Receiver, receive, receivePhones, type TakePacket } from '../bridge/receivers.ts';
import { followVts } from '../bridge/vts-client.ts';
import { NetworkError } from '../errors.ts';
import type { Reporter } from '../io.ts';

/** How often phones are asked: VTube Studio's sends for five seconds, the others until they are stopped. */
const ASK_MS = 2000;

/** What is open, once everything is. */
export interface BridgeReady {
  /** Addresses of this computer where pages find it. */
  readonly hosts: readonly string[];
  readonly port: number;
  readonly token: string | null;
  readonly receivers: readonly Pick<Receiver, 'protocol' | 'port'>[];
  readonly tcpPort: number | null;
}

/** What `bridge` tells while it runs. */
export interface BridgeReporter extends Reporter {
  readonly ready: (ready: BridgeReady) => void;
  /** Once a second. */
  readonly status: (status: BridgeStatus, pages: number) => void;
}

export interface BridgeResult {
  readonly command: 'bridge';
  readonly seconds: number;
  readonly sources: ReturnType<Hub['totals']>;
}

/**
 * Receives faces of trackers, and serves poses to pages, until the signal ends it.
 *
 * @throws {NetworkError} where the WebSocket's port, or a protocol's that was named, cannot be had
 */
export async function bridge(config: BridgeConfig, reporter: BridgeReporter): Promise<BridgeResult> {
  const begun = performance.now();
  const sources = new Set([...config.listen.keys(), ...(config.vts === null ? [] : (['vtube-studio'] as const))]);
  const hub = new Hub([...sources], { mirror: config.mirror }, (timeMs, sample) =>
    pages.send('face', encodeFaceFrame(timeMs, sample)),
  );
  const pages = await openPages(config, hub, reporter);
  const open: (() => unknown)[] = [() => pages.close()];
  try {
    const take: TakePacket = (source, packet) => hub.take(source, packet, performance.now());
    const receivers = await openReceivers(config, take, reporter);
    open.push(
      ...receivers.map(
        ({ socket }) =>
          () =>
            socket.close(),
      ),
    );
    const tcp = await openTcp(config, take);
    if (tcp !== null) open.push(tcp.close);
    reporter.ready({
      hosts: hostsOf(config.host),
      port: pages.port,
      token: config.token,
      receivers: receivers.map(({ protocol, port }) => ({ protocol, port })),
      tcpPort: tcp?.port ?? null,
    });
    open.push(...startSending(config, hub, pages), startTelling(hub, pages, reporter));
    if (config.vts !== null) open.push(followVts(config.vts, take, reporter.note));
    const phones = askPhones(config, receivers);
    open.push(phones.stop);
    if (!reporter.signal.aborted) await once(reporter.signal, 'abort');
    await phones.release();
  } finally {
    for (const close of open.reverse()) await close();
  }
  return { command: 'bridge', seconds: (performance.now() - begun) / 1000, sources: hub.totals() };
}

/** What a page can write for an interface: all that there are for "any". */
function hostsOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host];
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
}

async function openPages(config: BridgeConfig, hub: Hub, { note }: BridgeReporter): Promise<Pages> {
  try {
    const pages: Pages = await Pages.open(config, {
      pose: (frame) => {
        const nowMs = performance.now();
        hub.takePage(frame, nowMs);
        pages.send('pose', encodePoseFrame(nowMs, frame.state, frame.pose));
      },
      lookStraight: () => hub.lookStraight(),
      bad: () => hub.badPage(),
      refused: note,
    });
    return pages;
  } catch (error) {
    throw portError('--port', config.port, error);
  }
}

async function openReceivers(config: BridgeConfig, take: TakePacket, { note }: BridgeReporter): Promise<Receiver[]> {
  const receivers: Receiver[] = [];
  try {
    for (const [protocol, port] of config.listen) {
      try {
        receivers.push(await receive(protocol, port, config.senders, take));
      } catch (error) {
        // Somebody who named none wants what can be had: VSeeFace and others sit on the same ports.
        if (config.named || !(error instanceof NetworkError)) throw error;
        note(`Left out: ${error.message}`);
      }
    }
  } catch (error) {
    for (const { socket } of receivers) socket.close();
    throw error;
  }
  return receivers;
}

async function openTcp(config: BridgeConfig, take: TakePacket): Promise<PhoneServer | null> {
  if (config.tcpPort === null) return null;
  const asked = config.phones.find(({ app }) => app !== 'vtube-studio');
  return receivePhones(asked?.app ?? 'ifacialmocap', config.tcpPort, config.senders, take);
}

/** Sends poses to pages and to a VMC receiver. @returns what ends that */
function startSending({ fps, vmcTarget }: BridgeConfig, hub: Hub, pages: Pages): (() => void)[] {
  const vmc = vmcTarget === null ? null : createSocket('udp4');
  vmc?.on('error', () => {}); // nobody listens there yet
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const { pose, state, fromPage } = hub.pose(nowMs);
    // A page's poses went out as they came.
    if (!fromPage) pages.send('pose', encodePoseFrame(nowMs, state, pose));
    vmc?.send(encodeVmcPose(pose, nowMs / 1000), vmcTarget!.port, vmcTarget!.address, () => {});
  }, 1000 / fps);
  return [() => clearInterval(timer), () => vmc?.close()];
}

function startTelling(hub: Hub, pages: Pages, reporter: BridgeReporter): () => void {
  const timer = setInterval(() => {
    const status = hub.status(performance.now());
    pages.tell(JSON.stringify(status));
    reporter.status(status, pages.count);
  }, 1000);
  return () => clearInterval(timer);
}

/** Asks phones now and then, from the socket where their answer is awaited. */
function askPhones(
  { phones, tcpPort }: BridgeConfig,
  receivers: readonly Receiver[],
): { stop: () => void; release: () => Promise<unknown> } {
  const tcp = tcpPort !== null;
  const pairs = phones.flatMap((phone) => {
    const receiver = receivers.find(({ protocol }) => protocol === phone.app);
    return receiver === undefined ? [] : [{ phone, receiver }];
  });
  const ask = () => {
    for (const { phone, receiver } of pairs) askPhone(phone, receiver.socket, tcp, receiver.port);
  };
  ask();
  const timer = setInterval(ask, ASK_MS);
  return {
    stop: () => clearInterval(timer),
    release: () => Promise.all(pairs.map(({ phone, receiver }) => stopPhone(phone, receiver.socket, tcp))),
  };
}
