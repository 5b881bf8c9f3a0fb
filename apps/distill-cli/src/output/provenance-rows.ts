import type { CharacterQuality, Provenance } from '@tha4/core';
import { counted, humanDecibels } from './human.ts';
import type { Row } from './table.ts';

/** What is known about where a character comes from, one row each. */
export function provenanceRows({ teacher, picture, licence, recipe, convertedFrom, engine }: Provenance): Row[] {
  return [
    ['Licence', licence],
    ['Teacher', teacher && joined(teacher.name, teacher.licence)],
    ['Picture by', picture && joined(picture.author, picture.licence, picture.source)],
    ['Recipe', joined(recipe, engine)],
    ['Came from', convertedFrom],
  ];
}

/** How a student was measured against its teacher, as a row. */
export function qualityRow(quality: CharacterQuality | null): Row {
  if (quality === null) return ['Quality', null];
  const { psnr, facePsnr, reference, poses, convention } = quality;
  const face = facePsnr === undefined ? '' : `, face ${humanDecibels(facePsnr)}`;
  return [
    'Quality',
    `${humanDecibels(psnr)}${face} against ${reference} over ${counted(poses, 'pose')}\n(${convention})`,
  ];
}

function joined(...parts: readonly (string | undefined)[]): string | null {
  const known = parts.filter((part) => part !== undefined && part !== '');
  return known.length === 0 ? null : known.join(', ');
}
