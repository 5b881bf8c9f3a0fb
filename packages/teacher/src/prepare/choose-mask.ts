import { ImageError, type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';
import { problem, warning } from './check-character.ts';
import { type FaceBoxes, type FaceMask, findFaceMask, maskCoverage, USUAL_BOXES } from './face-mask.ts';
import { readGivenMask } from './given-mask.ts';
import type { Finding, PictureReport } from './report.ts';

/** The mask that was drawn, or that was found, with the boxes that were given in place of those found. */
export function chooseMask(
  character: RgbaImage,
  drawn: RgbaImage | null,
  boxes: Partial<FaceBoxes>,
  done: string[],
  findings: Finding[],
): { readonly mask: FaceMask; readonly from: PictureReport['mask']['from'] } {
  checkBoxes(boxes);
  if (drawn !== null) {
    const given = readGivenMask(drawn);
    done.push(...given.done);
    return { mask: checked(given.mask, findings), from: 'given' };
  }
  const found = findFaceMask(character);
  const usual = found.mouth === USUAL_BOXES.mouth;
  const mask = checked({ ...found, ...boxes }, findings);
  const given = Object.keys(boxes).length;
  if (given < 3 && usual && findings.every(({ kind }) => kind !== 'problem')) {
    const text =
      'Eyes and mouth were not recognised, so the mask has its usual boxes; look at the overlay, and correct them.';
    findings.push(warning('mask', text, null));
  }
  return { mask, from: given > 0 ? 'given' : usual ? 'usual' : 'picture' };
}

function checked(mask: FaceMask, findings: Finding[]): FaceMask {
  const coverage = maskCoverage(mask);
  const percent = Math.round(100 * coverage);
  if (coverage < 0.02)
    findings.push(
      problem('mask', `The mask covers ${percent}% of the face; it should hold eyes, brows, mouth and jaw.`, null),
    );
  else if (coverage > 0.6)
    findings.push(
      warning('mask', `The mask covers ${percent}% of the face; what does not move should stay out of it.`, null),
    );
  return mask;
}

function checkBoxes(boxes: Partial<FaceBoxes>): void {
  const crop = STUDENT_FACE_CROP;
  for (const [name, { left, top, width, height }] of Object.entries(boxes)) {
    const whole = [left, top, width, height].every((value) => Number.isInteger(value));
    const inside =
      left >= crop.left &&
      top >= crop.top &&
      left + width <= crop.left + crop.width &&
      top + height <= crop.top + crop.height;
    if (whole && inside && width >= 1 && height >= 1) continue;
    throw new ImageError(
      `mask: '${name}': expected whole pixels within columns 192 to 320 and rows 80 to 208 of character.png, got x,y,width,height ${left},${top},${width},${height}`,
    );
  }
}
