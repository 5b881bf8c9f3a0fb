/** The systems whose weights their author publishes. THA3's separable networks are a smaller family of the same kind. */
export const SYSTEM_NAMES = ['tha4', 'tha3', 'tha3-separable'] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];

/** What is known of a system's weights: plain data. */
export interface SystemFacts {
  readonly name: SystemName;
  /** For people. */
  readonly title: string;
  /** Files without their ending, each a network. */
  readonly files: readonly string[];
  /** Folders of the archive that hold them, best first; `half` ones have the same numbers with less precision. */
  readonly folders: readonly string[];
  readonly licence: string;
  /** The licence in a line. */
  readonly terms: string;
  readonly licenceUrl: string;
  /** Where the author publishes them. */
  readonly page: string;
  readonly archive: string;
}

const FACE_FILES = ['eyebrow_decomposer', 'eyebrow_morphing_combiner', 'face_morpher'] as const;

const THA3 = {
  files: [...FACE_FILES, 'two_algo_face_body_rotator', 'editor'],
  licence: 'CC BY 4.0',
  terms: 'free to use, also commercially; name the author, Pramook Khungurn, wherever you pass them on',
  licenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
  page: 'https://github.com/pkhungurn/talking-head-anime-3-demo',
  archive: 'https://www.dropbox.com/s/y7b8jl4n2euv8xe/talking-head-anime-3-models.zip?dl=1',
} as const;

/**
 * Source: READMEs of the THA4 and THA3 demos, "Download the Models". Neither publishes checksums.
 */
export const SYSTEMS: Readonly<Record<SystemName, SystemFacts>> = {
  tha4: {
    name: 'tha4',
    title: 'THA4',
    files: [...FACE_FILES, 'body_morpher', 'upscaler'],
    folders: ['tha4'],
    licence: 'CC BY-NC 4.0',
    terms: 'not for commercial use; name the author, Pramook Khungurn. It holds for what is made with them, too',
    licenceUrl: 'https://creativecommons.org/licenses/by-nc/4.0/',
    page: 'https://github.com/pkhungurn/talking-head-anime-4-demo',
    archive:
      'https://www.dropbox.com/scl/fi/7wec0sur7449iqgtlpi3n/tha4-models.zip?rlkey=0f9d1djmbvjjjn09469s1adx8&dl=1',
  },
  tha3: { ...THA3, name: 'tha3', title: 'THA3', folders: ['standard_float', 'standard_half'] },
  'tha3-separable': {
    ...THA3,
    name: 'tha3-separable',
    title: 'THA3 (separable)',
    folders: ['separable_float', 'separable_half'],
  },
};

/** Whether a name is one of a system. */
export function isSystemName(name: string): name is SystemName {
  return (SYSTEM_NAMES as readonly string[]).includes(name);
}
