import type { Socket } from 'node:dgram';
import {
  FACEMOTION3D_PORT,
  FACEMOTION3D_REQUEST,
  IFACIALMOCAP_PORT,
  IFACIALMOCAP_REQUEST,
  VTS_PHONE_PORT,
  vtsPhoneRequest,
} from '@tha4/pose-mapper';

/** Apps on phones that send only when asked. */
export const PHONE_APPS = ['ifacialmocap', 'facemotion3d', 'vtube-studio'] as const;

export type PhoneApp = (typeof PHONE_APPS)[number];

export function isPhoneApp(name: string): name is PhoneApp {
  return (PHONE_APPS as readonly string[]).includes(name);
}

/** A phone that is asked for faces. */
export interface Phone {
  readonly app: PhoneApp;
  /** Its IPv4 address. */
  readonly address: string;
  /** Where it listens; the app's usual port where `null`. */
  readonly port: number | null;
}

/** What asks an app, and where. @param receivePort where we listen */
function request(app: PhoneApp, tcp: boolean, receivePort: number): { text: string; port: number } {
  if (app === 'vtube-studio') return { text: vtsPhoneRequest(receivePort), port: VTS_PHONE_PORT };
  const [texts, port] =
    app === 'ifacialmocap' ? [IFACIALMOCAP_REQUEST, IFACIALMOCAP_PORT] : [FACEMOTION3D_REQUEST, FACEMOTION3D_PORT];
  return { text: tcp ? texts.tcp : texts.udp, port };
}

/** Asks once: packets get lost, apps are started late, and VTube Studio stops by itself, so ask every second or two. */
export function askPhone({ app, address, port }: Phone, socket: Socket, tcp: boolean, receivePort: number): void {
  const wanted = request(app, tcp, receivePort);
  // A phone that is off, or a network that is away, is no error: it is asked again.
  socket.send(wanted.text, port ?? wanted.port, address, () => {});
}

/** Asks an app to stop, where it can be asked. */
export function stopPhone({ app, address, port }: Phone, socket: Socket, tcp: boolean): Promise<void> {
  const text = app === 'facemotion3d' ? FACEMOTION3D_REQUEST.stop : tcp ? IFACIALMOCAP_REQUEST.stopTcp : null;
  if (app === 'vtube-studio' || text === null) return Promise.resolve();
  return new Promise((resolve) => socket.send(text, port ?? request(app, tcp, 0).port, address, () => resolve()));
}
