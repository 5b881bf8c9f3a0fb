import type { BridgeSource, BridgeStatus } from '@tha4/pose-mapper';

/** What the bridge says of itself, in plain words. */
export function bridgeWords({ state, driving }: BridgeStatus): string {
  if (driving === null) return 'Connected to the bridge. Nothing is sending yet; the character idles.';
  return state === 'tracking'
    ? `${NAMES[driving]} moves the character.`
    : `${NAMES[driving]} sends, but sees no face. The character idles.`;
}

const NAMES: Readonly<Record<BridgeSource, string>> = {
  ifacialmocap: 'iFacialMocap',
  facemotion3d: 'Facemotion3D',
  openseeface: 'OpenSeeFace',
  vmc: 'A VMC program',
  'vtube-studio': 'VTube Studio’s phone app',
  page: 'Another page',
};
