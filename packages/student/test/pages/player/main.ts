// The least that a page needs to show a character; `loaded-size.test.ts` weighs what a visitor loads for it.
import { createStudentRuntime, fetchCharacter, StudentPlayer } from '@tha4/student';

const canvas = document.querySelector('canvas')!;
const player = new StudentPlayer(createStudentRuntime(), canvas);
await player.load(await fetchCharacter('character.tha'));
