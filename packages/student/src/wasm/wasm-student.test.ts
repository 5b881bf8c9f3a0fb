import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {
  BackendError,
  type Character,
  cropTensor,
  decodeTileMap,
  imageToModel,
  modelToImage,
  premultipliedSrgb,
  psnr,
  type StudentConfig,
  type StudentOutput,
  student,
} from '@tha4/core';
import { tfjsOps, uploadWeights } from '@tha4/core/tfjs';
import { bestVariant } from '@tha4/kernels';
import { assertClose, hashUniform } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../../../core/test/small-character.ts';
import { createNodeThread } from '../../test/node-thread.ts';
import { withBlindBody } from '../../test/synthetic-students.ts';
import { planStudent } from '../plan/student-plan.ts';
import { QUALITIES } from '../quality.ts';
import { surveyTiles } from './survey-tiles.ts';
import { WasmStudent, type WasmStudentOptions } from './wasm-student.ts';

/**
 * A made-up character whose sines are as calm as a trained student's (with weights of any size, seven sines in a row
 * make much of the last bit), and which is transparent wherever its picture is: no alpha, no colour of its own.
 */
function calmCharacter(config?: StudentConfig): Character {
  const character = smallCharacter(config);
  for (const weights of [character.face, character.body]) {
    for (const { data } of weights.values()) data.set(data.map((value) => value / 4));
  }
  for (const part of ['weight', 'bias']) {
    const { data } = character.body.get(`last_linear.${part}`)!;
    data.set(data.map((value, i) => (i % 7 < 2 ? value : 0)));
  }
  return character;
}

const CHARACTER = calmCharacter();
const DEFAULTS: WasmStudentOptions = {
  variant: 'plain',
  tiles: null,
  threads: 1,
  createThread: null,
  keepOutputs: false,
};

const pose = (key: string): Float32Array => Float32Array.from(hashUniform(key, 45));

function createStudent(options: Partial<WasmStudentOptions> = {}, character = CHARACTER): Promise<WasmStudent> {
  const { config, face, body, image } = character;
  return WasmStudent.create(config, planStudent(config, face, body), image, { ...DEFAULTS, ...options });
}

/** The same frame layer by layer, in model space. */
async function layerByLayer(values: Float32Array): Promise<Float32Array> {
  return (await allOutputs(values)).blended;
}

/** Everything that the networks say in a pose, layer by layer. */
async function allOutputs(values: Float32Array): Promise<Readonly<Record<keyof StudentOutput<unknown>, Float32Array>>> {
  await tf.setBackend('cpu');
  const { config, face, body, image } = CHARACTER;
  const size = image.width;
  return tf.tidy(() => {
    const params = { face: uploadWeights(face), body: uploadWeights(body) };
    const picture = tf.tensor(imageToModel(image), [1, size, size, 4]);
    const outputs = student(tfjsOps(), config, params, picture, tf.tensor2d(values, [1, 45]));
    const entries = Object.entries(outputs).map(([name, tensor]) => [name, tensor.dataSync() as Float32Array]);
    return Object.fromEntries(entries) as Record<keyof StudentOutput<unknown>, Float32Array>;
  });
}

describe('WasmStudent', () => {
  const variants = bestVariant() === 'relaxed' ? (['plain', 'relaxed'] as const) : (['plain'] as const);
  if (!variants.includes('relaxed' as never)) console.warn('SKIPPED: this Node has no relaxed SIMD');

  it.each(variants)('paints what the layer-by-layer student paints (%s SIMD)', async (variant) => {
    const painter = await createStudent({ variant });
    for (const values of [new Float32Array(45), pose('a'), pose('b')]) {
      // About ten times what was seen (SEEN).
      assertClose(painter.paint(values), await layerByLayer(values), { atol: 1e-4 });
    }
  });

  it.each(variants)('paints nearly that with layers in 16-bit integers (%s SIMD)', async (variant) => {
    const painter = await createStudent({ variant, precision: 'int16' });
    const exact = await createStudent({ variant });
    for (const values of [new Float32Array(45), pose('a'), pose('b')]) {
      assertClose(painter.paint(values), await layerByLayer(values), { atol: 5e-3 });
      expect(painter.frame()).not.toEqual(exact.paint(values));
    }
  });

  it('takes levels and faces of one layer in 16-bit integers too', async () => {
    const levels = [
      { size: 32, widths: [12] },
      { size: 64, widths: [9] },
    ];
    const { face } = CHARACTER.config;
    const shallow = calmCharacter({
      ...CHARACTER.config,
      face: { ...face, widths: [8] },
      body: { poseSize: 45, levels },
    });
    const [painter, right] = [await createStudent({ precision: 'int16' }, shallow), await createStudent({}, shallow)];
    assertClose(painter.paint(pose('a')), right.paint(pose('a')), { atol: 5e-3 });
  });

  it('keeps what the networks say, where that is asked for', async () => {
    const painter = await createStudent({ keepOutputs: true });
    const values = pose('a');
    painter.paint(values);
    const { gridChange, alpha, direct, face } = await allOutputs(values);
    const kept = (first: number, count: number): number[] =>
      Array.from(
        { length: 64 * 64 * count },
        (_, i) => painter.outputs()[Math.floor(i / count) * 8 + first + (i % count)]!,
      );
    assertClose(kept(0, 2), gridChange, { atol: 1e-4 });
    assertClose(kept(2, 1), alpha, { atol: 1e-4 });
    assertClose(kept(3, 4), direct, { atol: 1e-4 });
    const crop = { top: 12, left: 22, height: 16, width: 16 };
    assertClose(cropTensor(painter.faceMorphed(), [64, 64, 4], crop), face, { atol: 1e-4 });
    // Where tiles are left out, nothing is moved or painted, also after a frame that was painted whole.
    const culled = await createStudent({ keepOutputs: true, tiles: new Uint8Array(8 * 8) });
    culled.paint(new Float32Array(45).fill(0.9));
    expect(culled.outputs()[0]).not.toBe(0);
    culled.paint(new Float32Array(45));
    expect([...culled.outputs().subarray(0, 8)]).toEqual([0, 0, 0, -1, -1, -1, -1, 0]);
    const alone = await createStudent();
    assertClose(cropTensor(alone.paintFace(values), [64, 64, 4], crop), face, { atol: 1e-4 });
    expect(alone.outputs().length).toBe(0);
  });

  it('notices a nudged weight', async () => {
    const character = calmCharacter();
    character.body.get('siren_layers.2.0.linear.bias')!.data[0]! += 0.01;
    const values = pose('a');
    const nudged = (await createStudent({}, character)).paint(values).slice();
    const right = (await createStudent()).paint(values);
    expect(() => assertClose(nudged, right, { atol: 1e-4 })).toThrow(/elements differ/);
  });

  it.each(['float', 'int16'] as const)('paints the same bits with two threads (%s)', async (precision) => {
    const one = await createStudent({ precision });
    const two = await createStudent({ precision, threads: 2, createThread: createNodeThread });
    for (const key of ['a', 'b', 'c']) expect(two.paint(pose(key))).toEqual(one.paint(pose(key)));
    two.dispose();
  });

  it('says why a thread did not start', async () => {
    const broken = () => ({
      postMessage: () => undefined,
      terminate: () => undefined,
      on: (_: string, listener: (data: unknown) => void) => listener(new Error('no such file')),
    });
    await expect(createStudent({ threads: 2, createThread: broken })).rejects.toThrow(/thread.*no such file/);
  });

  it.each(['float', 'int16'] as const)(
    'paints the same picture when it leaves out what cannot be seen (%s)',
    async (precision) => {
      const map = await surveyTiles(CHARACTER, { poses: 30 });
      const tiles = decodeTileMap(map, CHARACTER.image.width, 'map');
      expect(tiles.includes(0), 'something to leave out').toBe(true);
      const [whole, culled] = [await createStudent({ precision }), await createStudent({ precision, tiles })];
      for (let i = 0; i < 30; i++) {
        const values = pose(`soak ${i}`).map((value) => value * Math.min(1, i / 15));
        const expected = modelToImage(whole.paint(values), 64, 64).data;
        expect(modelToImage(culled.paint(values), 64, 64).data, `pose ${i}`).toEqual(expected);
      }
      expect(culled.bytes).toBe(whole.bytes);
    },
  );

  describe('with something left out', () => {
    const moved = (values: Float32Array, index: number, by: number): Float32Array =>
      values.map((value, i) => (i === index ? value + by : value));
    const picture = (frame: Float32Array): Float32Array => premultipliedSrgb(modelToImage(frame, 64, 64));

    it('keeps the body while the face moves, and computes it when the body does', async () => {
      const [painter, right] = [await createStudent(), await createStudent()];
      const first = pose('a');
      expect(painter.paint(first, 'reuse')).toEqual(right.paint(first));
      expect(painter.quality).toBe('exact');
      // A step of the size at which these weights, which are no character's, stay alike.
      const face = moved(first, 6, 0.05);
      const kept = painter.paint(face, 'reuse').slice();
      expect(painter.quality).toBe('reuse');
      expect(kept).not.toEqual(right.paint(face));
      expect(psnr(picture(kept), picture(right.paint(face)))).toBeGreaterThan(45);
      const body = moved(face, 39, 0.05);
      expect(painter.paint(body, 'reuse')).toEqual(right.paint(body));
      expect(painter.quality).toBe('exact');
    });

    it('keeps a body that does not see the face whatever the face does, and a face whatever the body does', async () => {
      const blind = withBlindBody(calmCharacter());
      const first = pose('a');
      const poses = [first, moved(first, 6, 0.8), moved(moved(first, 6, 0.8), 39, 0.3), moved(first, 39, 0.3)];
      const painter = await createStudent({}, blind);
      for (const values of poses) {
        const frame = painter.paint(values).slice();
        expect(painter.quality).toBe('exact');
        expect(frame).toEqual((await createStudent({}, blind)).paint(values));
      }
    });

    it('computes the body when the face has gone far, counted from where it was computed', async () => {
      const [painter, right] = [await createStudent(), await createStudent()];
      const first = pose('a');
      painter.paint(first, 'reuse');
      painter.paint(moved(first, 6, 0.4), 'reuse');
      expect(painter.quality).toBe('reuse');
      const far = moved(moved(first, 6, 0.4), 7, 0.2);
      expect(painter.paint(far, 'reuse')).toEqual(right.paint(far));
      expect(painter.quality).toBe('exact');
      painter.paint(first, 'reuse');
      expect(painter.quality).toBe('exact');
    });

    it.each(['float', 'int16'] as const)(
      'paints the last level at half the size, and does not take that for more (%s)',
      async (precision) => {
        const [painter, right] = [await createStudent({ precision }), await createStudent({ precision })];
        const values = pose('a');
        const half = picture(painter.paint(values, 'half'));
        expect(painter.quality).toBe('half');
        const exact = picture(right.paint(values));
        expect(half).not.toEqual(exact);
        expect(psnr(half, exact)).toBeGreaterThan(40);
        expect(painter.paint(moved(values, 6, 0.05), 'half')).not.toEqual(right.frame());
        expect(painter.quality).toBe('half');
        // What was kept at half the size is not good enough for more.
        expect(painter.paint(values, 'reuse')).toEqual(right.paint(values));
      },
    );

    it('paints the same bits with two threads', async () => {
      const [one, two] = [await createStudent(), await createStudent({ threads: 2, createThread: createNodeThread })];
      for (const quality of QUALITIES) {
        for (const by of [0, 0.05, 0.1]) {
          const values = moved(pose('a'), 6, by);
          expect(two.paint(values, quality)).toEqual(one.paint(values, quality));
        }
      }
      two.dispose();
    });

    it('leaves out invisible tiles as well, and finds what comes into their band', async () => {
      const tiles = decodeTileMap(await surveyTiles(CHARACTER, { poses: 1 }), CHARACTER.image.width, 'map');
      const [whole, culled] = [await createStudent(), await createStudent({ tiles })];
      for (let i = 0; i < 12; i++) {
        const values = moved(pose(`grow ${i >> 2}`), 6, (i % 4) * 0.02).map((value) => value / 2);
        const quality = i % 2 === 0 ? 'reuse' : 'half';
        const [right, left] = [whole.paint(values), culled.paint(values, quality)].map(picture);
        expect(psnr(left!, right!), `frame ${i}`).toBeGreaterThan(40);
      }
    });

    it('offers no half of a body with one level', async () => {
      const levels = [{ size: 64, widths: [8] }];
      const flat = calmCharacter({ ...CHARACTER.config, body: { poseSize: 45, levels } });
      expect((await createStudent({}, flat)).qualities).toEqual(['exact', 'reuse']);
    });
  });

  it('refuses shapes that its kernels do not know', async () => {
    const config: StudentConfig = {
      ...CHARACTER.config,
      face: { ...CHARACTER.config.face, widths: [400] },
    };
    await expect(createStudent({}, smallCharacter(config))).rejects.toThrow(BackendError);
    const levels = [
      { size: 16, widths: [8] },
      { size: 64, widths: [8] },
    ];
    const uneven = smallCharacter({ ...CHARACTER.config, body: { poseSize: 45, levels } });
    await expect(createStudent({}, uneven)).rejects.toThrow(/twice as large/);
  });
});
