import type { FaceBoxes } from './face-mask.ts';
import type { Point } from './find-features.ts';
import type { HeadBox } from './locate-head.ts';
import type { Placement } from './resample.ts';

/** Which rule for pictures a finding is about. */
export type Rule =
  | 'size'
  | 'background'
  | 'figure'
  | 'head'
  | 'face'
  | 'frame'
  | 'sharpness'
  | 'eyes'
  | 'mouth'
  | 'mask';

/** One thing about a picture that somebody should know. */
export interface Finding {
  readonly rule: Rule;
  /** A `problem` makes the picture unusable, a `warning` makes the result worse. */
  readonly kind: 'problem' | 'warning';
  /** What is wrong and how to mend it, in plain words. */
  readonly text: string;
  /** Where, in pixels of the prepared picture; `null` where it has no place. */
  readonly at: Box | null;
}

/** A rectangle that may lie outside of the picture and between pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What was found, done and left to do. */
export interface PictureReport {
  readonly format: 'tha4-picture-report';
  readonly version: 1;
  /** Whether the picture can be used: there is no problem. */
  readonly ok: boolean;
  /** Whether the picture kept all rules as it came; its pixels are then unchanged. */
  readonly conforming: boolean;
  readonly input: { readonly width: number; readonly height: number; readonly hasAlpha: boolean };
  readonly findings: readonly Finding[];
  /** What was changed, in order, in plain words; empty for a conforming picture. */
  readonly done: readonly string[];
  /** How points of the input became points of the result. */
  readonly placement: Placement;
  /** The head in the input's pixels; `null` where none was found. */
  readonly head: (HeadBox & { readonly from: 'picture' | 'given'; readonly score: number | null }) | null;
  /** Eyes and mouth in the result's pixels; `null` where none were found. */
  readonly features: { readonly leftEye: Point; readonly rightEye: Point; readonly mouth: Point } | null;
  readonly mask: {
    /** `usual` where no face was recognised in the crop and the usual boxes stand in. */
    readonly from: 'picture' | 'usual' | 'given';
    readonly boxes: FaceBoxes;
    /** Share of the face crop that it covers, 0..1. */
    readonly coverage: number;
  };
}
