import type { Vowel } from '../src/lip-sync/vowel-model.ts';

/** First four formants of a group of speakers, in Hz. */
export type FormantTable = Readonly<Record<Vowel, readonly number[]>>;

/**
 * Hillenbrand, Getty, Clark and Wheeler (1995), table V, American English: the vowels of hod, heed, who'd, hayed, hoed.
 * Not the source of the model's places, so that the model is asked about other speakers than it was made from.
 */
export const HILLENBRAND: Readonly<Record<'men' | 'women' | 'children', FormantTable>> = {
  men: {
    aaa: [768, 1333, 2522, 3687],
    iii: [342, 2322, 3000, 3657],
    uuu: [378, 997, 2343, 3357],
    eee: [476, 2089, 2691, 3649],
    ooo: [497, 910, 2459, 3384],
  },
  women: {
    aaa: [936, 1551, 2815, 4299],
    iii: [437, 2761, 3372, 4352],
    uuu: [459, 1105, 2735, 4115],
    eee: [536, 2530, 3047, 4319],
    ooo: [555, 1035, 2828, 3927],
  },
  children: {
    aaa: [1002, 1688, 2950, 4307],
    iii: [452, 3081, 3702, 4572],
    uuu: [494, 1345, 2988, 4276],
    eee: [564, 2656, 3323, 4422],
    ooo: [597, 1137, 2987, 4167],
  },
};

/** Pitches of each group, in Hz: low, usual and high for it. */
export const PITCHES: Readonly<Record<keyof typeof HILLENBRAND, readonly number[]>> = {
  men: [95, 130, 170],
  women: [180, 220, 270],
  children: [230, 270, 320],
};
