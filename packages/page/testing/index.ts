export { type BuiltPage, buildPage } from './served-page.ts';
export { smallCharacter } from './small-character.ts';
