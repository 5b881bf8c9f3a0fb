import { type Parsed, parsed, refused } from '../parsed.ts';
import { BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import type { FaceSample, HeadRotation } from '../sample/face-sample.ts';
import { blendshapePlace } from './blendshape-lookup.ts';
import { decimal } from './decimal.ts';
import { rotationOfDegrees } from './rotation.ts';

/** UDP port of the phone (requests) and of the receiver (faces). */
export const IFACIALMOCAP_PORT = 49983;

/** TCP port that phones connect to; Facemotion3D's too. The vendor's English page says 49896; programs use this one. */
export const PHONE_TCP_PORT = 49986;

/** What asks a phone to send, by UDP to its `IFACIALMOCAP_PORT`; UDP loses packets, so send it again until faces come. */
export const IFACIALMOCAP_REQUEST = {
  udp: 'iFacialMocap_sahuasouryya9218sauhuiayeta91555dy3719|sendDataVersion=v2',
  tcp: 'iFacialMocap_UDPTCP_sahuasouryya9218sauhuiayeta91555dy3719|sendDataVersion=v2',
  stopTcp: 'iFacialMocap_UDPTCPSTOP_sahuasouryya9218sauhuiayeta91555dy3719',
} as const;

/** Facemotion3D is asked at its own port. */
export const FACEMOTION3D_PORT = 49993;
export const FACEMOTION3D_REQUEST = {
  udp: 'FACEMOTION3D_OtherStreaming',
  tcp: 'FACEMOTION3D_OtherStreaming|protocol=tcp',
  stop: 'StopStreaming_FACEMOTION3D',
} as const;

/** What stands between two faces on a TCP connection. */
export const PHONE_FRAME_ENDS: readonly string[] = ['___iFacialMocap', '___FACEMOTION3D'];

/** A face takes about 1,500 characters. */
const LONGEST = 16_384;

/**
 * Reads a face of iFacialMocap (both versions) or Facemotion3D: `name&value` (version 1: `name-value`, which cannot be
 * told from a negative value except by its second dash) in percent, `=head#` with three angles in degrees and a
 * position, parted by `|`. The eyes' own angles are not used: the `eyeLook*` shapes say the same, and the original takes
 * those. Never throws; names that are not known are passed over.
 *
 * Source: `ifacialmocap_v2.py` of the THA4 demo and the vendor's documentation, https://www.ifacialmocap.com/for-developer/.
 */
export function parseIFacialMocap(text: string, timeMs: number): Parsed<FaceSample> {
  if (text.length > LONGEST) return refused(`iFacialMocap: expected up to ${LONGEST} characters, got ${text.length}`);
  const blendshapes = new Float32Array(BLENDSHAPE_COUNT);
  let rotation: HeadRotation | null = null;
  let shapes = 0;
  for (const token of text.split('|')) {
    const head = token.indexOf('#');
    if (head >= 0) {
      if (token.slice(0, head).trim() !== '=head') continue;
      rotation = headRotation(token.slice(head + 1));
      if (rotation === null) return refused('iFacialMocap: expected =head# and six numbers');
      continue;
    }
    const parting = token.includes('&') ? token.indexOf('&') : token.indexOf('-');
    if (parting < 0) continue;
    const place = blendshapePlace(token.slice(0, parting).trim());
    if (place < 0) continue;
    const percent = decimal(token.slice(parting + 1));
    if (percent === null) return refused('iFacialMocap: expected a number for each blendshape');
    blendshapes[place] = percent / 100;
    shapes++;
  }
  if (shapes === 0 || rotation === null) return refused('iFacialMocap: expected blendshapes and =head#');
  return parsed({ timeMs, blendshapes, rotation });
}

function headRotation(text: string): HeadRotation | null {
  const numbers = text.split(',', 7).map(decimal);
  const [x, y, z] = numbers;
  if (numbers.length !== 6 || numbers.includes(null)) return null;
  return rotationOfDegrees(x!, y!, z!);
}
