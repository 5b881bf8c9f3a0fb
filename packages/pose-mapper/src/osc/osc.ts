/** What an OSC message may carry here: int32 and float32 and float64 as numbers, strings, blobs, and the four bare values. */
export type OscArgument = number | string | boolean | null | Uint8Array;

/** One OSC message. */
export interface OscMessage {
  /** Begins with `/`. */
  readonly address: string;
  readonly args: readonly OscArgument[];
}
