import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkpointFromWeights,
  encodePng,
  originalParts,
  readZip,
  writeCharacter,
  writePt,
  writeZip,
} from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../../test/small-character.ts';
import { makeFolder, tha4, writeSmall } from '../../test/support.ts';

const folder = makeFolder();
const small = writeSmall(folder);
const character = smallCharacter();

describe('tha4 info', () => {
  it('describes a character', async () => {
    const { code, out } = await tha4('info', small);
    expect(code).toBe(0);
    expect(out).toMatch(/^Small One\n {2}Form +character file \(\.tha\)\n/);
    expect(out).toMatch(/Picture +64 x 64 px, 49% transparent, 0% half transparent\n/);
    expect(out).toMatch(/Licence +CC0-1\.0\n/);
    expect(out).toMatch(/Pose +45 numbers, the first 39 for the face\n/);
  });

  it.each(['a folder', 'a zip with a folder in it', 'an entry file'])('reads %s', async (what) => {
    const parts = originalParts(character);
    const inner = join(folder, what, 'rin');
    mkdirSync(inner, { recursive: true });
    for (const [name, bytes] of parts) writeFileSync(join(inner, name), bytes);
    writeFileSync(join(folder, what, 'stray.bin'), new Uint8Array(10));
    const zip = join(folder, 'original.zip');
    writeFileSync(zip, writeZip(new Map([...parts].map(([name, bytes]) => [`rin/${name}`, bytes]))));
    const path = { 'a folder': join(folder, what), 'an entry file': join(inner, 'character_model.yaml') }[what] ?? zip;
    const { out, code } = await tha4('info', path, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ form: 'original', name: 'Small One', poseSize: 45, hasFaceMask: false });
  });

  it('lists the tensors of a weight file', async () => {
    const weights = join(folder, 'face.pt');
    writeFileSync(weights, writePt(checkpointFromWeights(character.face, 'F16')));
    const { out } = await tha4('info', weights);
    expect(out).toMatch(/What +face network of a student\n/);
    expect(out).toMatch(/siren\.sine_layers\.0\.linear\.weight +fp16 {2}\[8, 41, 1, 1\]\n/);
    const safetensors = join(folder, 'weights.safetensors');
    writeFileSync(safetensors, readZip(writeCharacter(character, 'F32'), 'x').get('weights.safetensors')!);
    expect((await tha4('info', safetensors)).out).toMatch(/What +not a network of a student\n/);
  });

  it('names a picture and a graph', async () => {
    const picture = join(folder, 'picture.png');
    writeFileSync(picture, encodePng({ width: 2, height: 1, data: new Uint8Array(8).fill(255) }));
    expect((await tha4('info', picture)).out).toMatch(/PNG picture\n(.*\n)*.*2 x 1 px, without transparency/);
    const graph = join(folder, 'graph.onnx');
    writeFileSync(graph, new Uint8Array(1200));
    expect((await tha4('info', graph)).out).toMatch(/ONNX graph\n {2}Size {2}1\.20 kB/);
  });

  it('refuses what it does not know, in one line', async () => {
    const text = join(folder, 'text.txt');
    writeFileSync(text, 'hello');
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const two = join(folder, 'two');
    for (const name of ['a', 'b']) {
      mkdirSync(join(two, name), { recursive: true });
      writeFileSync(join(two, name, 'character.json'), '{}');
    }
    for (const [path, message] of [
      [text, /got a file of another kind\n$/],
      [empty, /got an empty folder\n$/],
      [two, /expected one character, got 2 \(a, b\)/],
      [join(folder, 'nowhere'), /got nothing; check the name\n$/],
      [join(small, 'below'), /got a file where a folder should be/],
    ] as const) {
      const { code, err } = await tha4('info', path);
      expect(code).toBe(1);
      expect(err).toMatch(message);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
  });

  it('does not let a name steer the terminal', async () => {
    const manifest = { ...character.manifest, name: 'Rin\u001b[2J\u202e' };
    const path = writeSmall(folder, { manifest }, 'escape.tha');
    expect((await tha4('info', path)).out).toMatch(/^Rin\?\[2J\?\n/);
  });
});
