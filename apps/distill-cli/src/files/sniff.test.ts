import {
  checkpointFromWeights,
  encodePng,
  originalParts,
  writeCharacter,
  writePt,
  writeSafetensors,
  writeZip,
} from '@tha4/core';
import { exportFaceMorpherOnnx } from '@tha4/core/onnx';
import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../../test/small-character.ts';
import { sniff } from './sniff.ts';

const character = smallCharacter();
const face = checkpointFromWeights(character.face, 'F32');

describe('sniff', () => {
  it.each([
    ['png', encodePng({ width: 1, height: 1, data: new Uint8Array(4) })],
    ['webp', new TextEncoder().encode('RIFF\0\0\0\0WEBPVP8L')],
    ['pt', writePt(face)],
    ['pt', Uint8Array.of(0x80, 2, 0x8a, 10)],
    ['character', writeCharacter(character)],
    ['character', writeZip(originalParts(character))],
    ['zip', writeZip(new Map([['a.txt', new Uint8Array(3)]]))],
    ['onnx', exportFaceMorpherOnnx(character.config.face, character.face)],
    ['safetensors', writeSafetensors(face)],
    ['unknown', new TextEncoder().encode('just a text, with nothing special about it')],
    ['unknown', new Uint8Array()],
    ['unknown', new Uint8Array(64)],
  ])('knows %s', (kind, bytes) => {
    expect(sniff(bytes)).toBe(kind);
    expect(sniff(bytes.subarray(0, 4096))).toBe(kind);
  });
});
