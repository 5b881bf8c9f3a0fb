import {
  faceOfVtsParameters,
  parseVtsAnswer,
  type VtsAnswer,
  vtsAuthenticationRequest,
  vtsParametersRequest,
  vtsTokenRequest,
} from '@tha4/pose-mapper';
import { WebSocket } from 'ws';
import type { TakePacket } from './receivers.ts';

/** As VTube Studio shows us in its list of plugins. */
const PLUGIN = { pluginName: 'tha4 bridge', pluginDeveloper: 'tha4' } as const;

/** VTube Studio draws 60 frames a second; asking more often brings the same again. */
const ASK_MS = 16;

/** How long to wait before looking for VTube Studio again. */
const AGAIN_MS = 2000;

/** Bytes of the largest answer. */
const LARGEST = 262_144;

/** VTube Studio on a computer, as a source. */
export interface VtsTarget {
  readonly address: string;
  readonly port: number;
  /** What VTube Studio gave us before; `null` asks for a new one, which its user has to allow. */
  readonly token: string | null;
}

/**
 * Asks VTube Studio for its tracking parameters, over and over; looks for it again whenever it is not there.
 *
 * @returns what ends that
 */
export function followVts(target: VtsTarget, take: TakePacket, note: (line: string) => void): () => void {
  let token = target.token;
  let again: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | null = null;
  let ended = false;

  const onAnswer = (answer: VtsAnswer, send: (text: string) => void) => {
    if (answer.type === 'token') {
      token = answer.token;
      note(`VTube Studio let us in. Next time it need not ask: --vts-token ${token.replace(/[^\w=+/-]/g, '')}`);
      send(vtsAuthenticationRequest(PLUGIN, token));
    } else if (answer.type === 'authenticated') {
      if (answer.ok) send(vtsParametersRequest());
      else {
        note('VTube Studio does not know the token any more, and asks its user anew.');
        token = null;
        send(vtsTokenRequest(PLUGIN));
      }
    } else if (answer.type === 'parameters') {
      take('vtube-studio', { ok: true, value: faceOfVtsParameters(answer.values, performance.now()) });
      setTimeout(() => send(vtsParametersRequest()), ASK_MS);
    } else if (answer.type === 'error') {
      note(`VTube Studio refused us (${answer.code}); in its window, allow the plugin "${PLUGIN.pluginName}".`);
      socket?.close();
    }
  };

  const connect = () => {
    const here = new WebSocket(`ws://${target.address}:${target.port}`, { maxPayload: LARGEST });
    socket = here;
    const send = (text: string) => {
      if (here.readyState === WebSocket.OPEN) here.send(text);
    };
    here.on('open', () => {
      if (token === null) note('VTube Studio is asked to let us in: allow it in its window.');
      send(token === null ? vtsTokenRequest(PLUGIN) : vtsAuthenticationRequest(PLUGIN, token));
    });
    here.on('message', (data: Buffer) => {
      const answer = parseVtsAnswer(data.toString('utf8'));
      if (answer.ok) onAnswer(answer.value, send);
      else take('vtube-studio', answer);
    });
    here.on('error', () => {}); // not there; `close` follows
    here.on('close', () => {
      if (!ended) again = setTimeout(connect, AGAIN_MS);
    });
  };
  connect();
  return () => {
    ended = true;
    clearTimeout(again);
    socket?.terminate();
  };
}
