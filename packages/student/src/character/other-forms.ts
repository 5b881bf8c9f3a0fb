// What only folders of other programs need (pickles, YAML, TFJS models), in one chunk of a page.
export { companionFiles, OPTIONAL_COMPANIONS, readCharacterParts } from '@tha4/core';
