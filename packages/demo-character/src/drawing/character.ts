import { createSheet } from '../pen/sheet.ts';
import { dress, legs, neck } from './body.ts';
import { bow, collar } from './collar.ts';
import { brows, eyes } from './eyes.ts';
import { face, noseAndMouth } from './face.ts';
import { hairBack, hairOverShoulders, sprout } from './hair-back.ts';
import { fringeShadow, hairFront } from './hair-front.ts';
import { jacket } from './jacket.ts';

/** The demo character as an SVG document of 512x512 px on nothing, back to front. */
export function drawCharacter(): string {
  const sheet = createSheet();
  return sheet.svg('Aurelia, the demo character of THA4', [
    hairBack(sheet),
    legs(sheet),
    dress(sheet),
    neck(sheet),
    jacket(sheet),
    collar(sheet),
    bow(sheet),
    hairOverShoulders(sheet),
    face(sheet, fringeShadow(sheet)),
    noseAndMouth(sheet),
    eyes(sheet),
    sprout(sheet),
    hairFront(sheet),
    brows(sheet),
  ]);
}
