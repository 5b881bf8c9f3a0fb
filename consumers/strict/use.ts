// What a strict TypeScript project sees of every package.
import { type Character, type CharacterManifest, parsePose, readCharacter } from '@tha4/core';
import { EMOTIONS, type Emotion, type ThaCharacter } from '@tha4/element';
import { Character as ReactCharacter } from '@tha4/element/react';
import { createPoseDriver, type PoseDriver } from '@tha4/pose-mapper';
import { createStudentRuntime, fetchCharacter, StudentPlayer, type StudentRuntime } from '@tha4/student';
import { createWasmRuntime } from '@tha4/student/wasm';
import { puppetTeacher, type Teacher } from '@tha4/teacher';

export async function show(canvas: HTMLCanvasElement, address: string): Promise<StudentRuntime> {
  const runtime: StudentRuntime = createStudentRuntime();
  const player = new StudentPlayer(runtime, canvas);
  await player.load(await fetchCharacter(address));
  player.setPose(parsePose({ head_y: 0.5 }));
  return runtime;
}

export function read(file: Uint8Array): CharacterManifest {
  const character: Character = readCharacter(file, 'rin.tha');
  return character.manifest;
}

export function feel(emotion: Emotion): void {
  const element: ThaCharacter = document.querySelector('tha-character')!;
  element.expression = emotion;
  element.addEventListener('ready', () => element.lookAt(0, 0));
}

// @ts-expect-error not an emotion
feel('hungry');

export const driver: PoseDriver = createPoseDriver();
export const teacher: Teacher = puppetTeacher();
export const everything = [EMOTIONS.joy, ReactCharacter, createWasmRuntime] as const;
