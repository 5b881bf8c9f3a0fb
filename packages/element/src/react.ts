import {
  createElement,
  type ForwardRefExoticComponent,
  forwardRef,
  type HTMLAttributes,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react';
import type { Emotion, PartialPose } from './emotions/emotions.ts';
import type { CharacterEvents } from './events.ts';
import './index.ts';
import type { RuntimeChoice } from './stage/protocol.ts';
import type { ThaCharacter } from './tha-character.ts';

/** Props of `Character`: the element's attributes and events, and what any HTML element takes. */
export interface CharacterProps extends Omit<HTMLAttributes<ThaCharacter>, 'onError'> {
  readonly src: string;
  readonly runtime?: RuntimeChoice;
  readonly idle?: 'none';
  readonly expression?: Emotion;
  readonly pose?: PartialPose | ArrayLike<number> | null;
  readonly alt?: string;
  readonly onReady?: (detail: CharacterEvents['ready']) => void;
  readonly onFrame?: (detail: CharacterEvents['frame']) => void;
  readonly onError?: (detail: CharacterEvents['error']) => void;
}

/** `<tha-character>` for React; its ref is the element, with its methods. */
export const Character: ForwardRefExoticComponent<CharacterProps & RefAttributes<ThaCharacter>> = forwardRef<
  ThaCharacter,
  CharacterProps
>(function Character({ pose = null, onReady, onFrame, onError, ...attributes }, ref) {
  const element = useRef<ThaCharacter>(null);
  useImperativeHandle(ref, () => element.current!, []);
  useEffect(() => {
    if (element.current!.pose !== pose) element.current!.pose = pose;
  }, [pose]);
  useListener(element, 'ready', onReady);
  useListener(element, 'frame', onFrame);
  useListener(element, 'error', onError);
  return createElement('tha-character', { ...attributes, ref: element });
});

function useListener<K extends keyof CharacterEvents>(
  element: { readonly current: ThaCharacter | null },
  type: K,
  listener: ((detail: CharacterEvents[K]) => void) | undefined,
): void {
  useEffect(() => {
    if (listener === undefined) return;
    const hear = (event: Event): void => listener((event as CustomEvent<CharacterEvents[K]>).detail);
    const { current } = element;
    current!.addEventListener(type, hear);
    return () => current!.removeEventListener(type, hear);
  }, [element, type, listener]);
}
