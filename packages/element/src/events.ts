/** Details of the events of `<tha-character>`. */
export interface CharacterEvents {
  /** Its first frame can be seen. */
  readonly ready: { readonly name: string | null; readonly runtime: string };
  /** A frame was shown. */
  readonly frame: { readonly ms: number; readonly quality: string };
  /** It could not be opened or painted. Prevent its default to keep it out of the console. */
  readonly error: { readonly error: Error };
}

/** An event that the element dispatches; it does not bubble, as those of `<video>` do not. */
export function characterEvent<K extends keyof CharacterEvents>(
  type: K,
  detail: CharacterEvents[K],
): CustomEvent<CharacterEvents[K]> {
  return new CustomEvent(type, { detail, cancelable: type === 'error' });
}
