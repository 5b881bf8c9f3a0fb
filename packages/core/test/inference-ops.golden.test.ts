import { assertClose, describeShared, readSharedJson } from '@tha4/test-utils';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromPytorchFloats } from '../src/checkpoint/dense-layout.ts';
import type { FloatTensor } from '../src/checkpoint/stored-tensor.ts';
import { blendColor, blendRgb } from '../src/models/blocks/blend.ts';
import { unetAttention } from '../src/models/tha4/unet/attention.ts';
import { modulatedNorm } from '../src/models/tha4/unet/fold-time.ts';
import type { ResidualPlan } from '../src/models/tha4/unet/plan.ts';
import { unetResidual } from '../src/models/tha4/unet/residual.ts';
import { TFJS_BACKENDS, useBackend } from './support/backends.ts';
import { type Executor, type OpsBody, type OpsInputs, onOnnx, onTfjs } from './support/executors.ts';
import { type Golden, readGolden } from './support/golden.ts';

/** Limit in units of what the golden data lists as the error of torch's own float32 run. Measured: at most 2.7. */
const TIMES_TORCH = 10;
/** Limit where torch was exact or nearly so. */
const LEAST_LIMIT = 1e-6;

interface Case {
  readonly case: string;
  readonly attributes: Readonly<Record<string, number | boolean | string>>;
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly torch_float32_max_abs_deviation: Readonly<Record<string, number>>;
}
type Groups = Readonly<Record<string, { readonly file: string; readonly cases: readonly Case[] }>>;

/** A weight in our layout; of the golden data's linear layers and 1x1 convolutions all are dense. */
function weightOf({ shape, data }: FloatTensor): FloatTensor {
  if (shape.length === 1) return { shape, data };
  const [out, ins, height = 1, width = 1] = shape as [number, number, number?, number?];
  const ours = height * width === 1 ? [ins, out] : [height, width, ins, out];
  return { shape: ours, data: fromPytorchFloats(data, ours) };
}

/** One picture of a batch. */
function only({ shape, data }: FloatTensor, i: number): FloatTensor {
  const size = data.length / shape[0]!;
  return { shape: [1, ...shape.slice(1)], data: data.slice(i * size, (i + 1) * size) };
}

function inputsOf(golden: Golden, { case: name, inputs, attributes }: Case): OpsInputs {
  const pictures = new Map<string, FloatTensor>();
  const weights = new Map<string, FloatTensor>();
  for (const [input, shape] of Object.entries(inputs)) {
    const key = `${name}.${input}`;
    // The networks' transposed convolutions have no bias, so ours has none: the case's is added afterwards.
    if (attributes.transpose && input === 'bias')
      pictures.set(input, { ...golden.floats(key), shape: [1, 1, 1, ...shape] });
    else if (/weight|bias/.test(input))
      weights.set(input.replace(/^weights\./, 'block.'), weightOf(golden.floats(key)));
    else pictures.set(input, shape.length === 4 ? golden.image(key) : golden.floats(key));
  }
  return { pictures, weights };
}

describeShared('operators of the teachers', () => {
  const index = readSharedJson<{ groups?: Groups } & Groups>('golden/ops/index.json');
  const groups: Groups = index.groups ?? index;

  const check = (actual: FloatTensor, expected: FloatTensor, item: Case): void => {
    expect(actual.shape).toEqual(expected.shape);
    const atol = Math.max(LEAST_LIMIT, TIMES_TORCH * item.torch_float32_max_abs_deviation.output!);
    assertClose(actual.data, expected.data, { atol });
  };

  const eachCase = (group: string, run: (golden: Golden, item: Case) => Promise<void>, omit = /$^/): void => {
    const { file, cases } = groups[group]!;
    const golden = readGolden(`ops/${file}`);
    for (const item of cases.filter(({ case: name }) => !omit.test(name))) {
      test(`${group}: ${item.case}`, () => run(golden, item));
    }
  };

  describe.each([...TFJS_BACKENDS, 'onnxruntime'] as const)('on %s', (name) => {
    const execute: Executor = name === 'onnxruntime' ? onOnnx : onTfjs;
    beforeAll(async () => {
      if (name !== 'onnxruntime') await useBackend(name);
    });

    const operator = (body: (item: Case) => OpsBody) => async (golden: Golden, item: Case) => {
      const actual = await execute(body(item), inputsOf(golden, item));
      check(actual, golden.image(`${item.case}.output`), item);
    };

    // The networks halve even sizes only.
    eachCase(
      'resample',
      operator(({ case: resample }) => {
        return (ops, input) => (resample === 'nearest2' ? ops.doubleNearest(input('x')) : ops.halve(input('x')));
      }),
      /odd/,
    );

    eachCase(
      'norm',
      operator(({ attributes, inputs }) => (ops, input, weight) => {
        const count = (attributes.groups as number | undefined) ?? inputs.x![1]!;
        return ops.groupNorm(input('x'), count, weight('weight'), weight('bias'));
      }),
    );

    eachCase(
      'conv',
      operator(({ attributes, inputs, case: conv }) => (ops, input, weight) => {
        const stride = attributes.stride as 1 | 2;
        const x = input('x');
        if (conv === 'k1s1p0') return ops.dense(x, weight('weight'), weight('bias'));
        if (conv === 'transpose_k4s2p1') return ops.add(ops.convTranspose2d(x, weight('weight')), input('bias'));
        if (conv === 'transpose_k4s2p1_depthwise') return ops.depthwiseConvTranspose2d(x, weight('weight'));
        if (conv.includes('depthwise')) return ops.depthwiseConv2d(x, weight('weight'), stride);
        return ops.conv2d(x, weight('weight'), 'bias' in inputs ? weight('bias') : null, stride);
      }),
    );

    eachCase(
      'activation',
      operator(({ case: activation }) => (ops, input) => {
        const x = input('x');
        if (activation === 'leaky_relu_0.1') return ops.leakyRelu(x, 0.1);
        return ops[activation as 'silu' | 'sigmoid' | 'tanh' | 'relu'](x);
      }),
      /^sin/,
    );

    eachCase(
      'blend',
      operator(({ case: blend }) => (ops, input) => {
        const change = blend === 'apply_rgb_change' ? blendRgb : blendColor;
        return change(ops, input('alpha'), input('color_change'), input('image'));
      }),
    );

    const attention = operator(({ attributes }) => (ops, input, weight) => {
      const params = { get: weight } as ReadonlyMap<string, ReturnType<typeof weight>>;
      return unetAttention({ ops, params }, 'block', input('x'), attributes.heads as number);
    });
    eachCase('unet_parts', attention, /^(?!attention_new)/);

    eachCase(
      'unet_parts',
      async (golden, item) => {
        await expect(attention(golden, item)).rejects.toThrow(/elements differ/); // the older order of the parts
      },
      /^(?!attention_legacy)/,
    );

    // The time's part is folded into weights, and a batch of this data has two times, so each picture goes alone.
    eachCase(
      'unet_parts',
      async (golden, item) => {
        const { pictures, weights } = inputsOf(golden, item);
        const silu = (values: Float32Array): Float64Array => Float64Array.from(values, (v) => v / (1 + Math.exp(-v)));
        const { in: ins, out: outs, sampling } = item.attributes as { in: number; out: number; sampling: string };
        const kind = ({ downsamping: 'down', upsampling: 'up' } as const)[sampling] ?? 'same';
        const plan: ResidualPlan = { key: 'block', ins, outs, sampling: kind };
        for (const i of [0, 1]) {
          const time = silu(only(pictures.get('cond0')!, i).data);
          const { data: bias } = weights.get('block.cond0_layers.1.bias')!;
          const { data: matrix } = weights.get('block.cond0_layers.1.weight')!;
          const scaleShift = Float64Array.from(bias, (sum, j) =>
            time.reduce((total, value, k) => total + value * matrix[k * bias.length + j]!, sum),
          );
          const [weight, shift] = ['block.norm1.weight', 'block.norm1.bias'];
          const norm = modulatedNorm({ weight: weights.get(weight!)!, bias: weights.get(shift!)! }, scaleShift);
          const folded = new Map(weights).set(weight!, norm.weight).set(shift!, norm.bias);
          const own = { x: only(pictures.get('x')!, i), pose: only(pictures.get('cond1')!, i) };
          const actual = await execute(
            (ops, input, get) => {
              const params = { get } as ReadonlyMap<string, ReturnType<typeof get>>;
              return unetResidual({ ops, params }, plan, input('x'), ops.silu(ops.poseImage(input('pose'), 1, 1)));
            },
            { pictures: new Map(Object.entries(own)), weights: folded },
          );
          check(actual, only(golden.image(`${item.case}.output`), i), item);
        }
      },
      /^(?!resblock)/,
    );
  });
});
