import { ThaCharacter } from './tha-character.ts';

export { EMOTIONS, type Emotion, type PartialPose } from './emotions/emotions.ts';
export type { CharacterEvents } from './events.ts';
export type { Clip, ClipFrame } from './motion/clip.ts';
export type { RuntimeChoice } from './stage/protocol.ts';
export { ThaCharacter, type ThaCharacterEventMap } from './tha-character.ts';
export type { VoiceSource } from './voice/voice.ts';

declare global {
  interface HTMLElementTagNameMap {
    'tha-character': ThaCharacter;
  }
}

// Importing the package is what makes `<tha-character>` work; a second copy of it on a page leaves the first in place.
if (typeof customElements !== 'undefined' && customElements.get('tha-character') === undefined) {
  customElements.define('tha-character', ThaCharacter);
}
