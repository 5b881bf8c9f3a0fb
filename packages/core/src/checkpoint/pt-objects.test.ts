import { hashUniform } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors.ts';
import { fromFloat32, toFloat32 } from './dtype.ts';
import type { PickleValue } from './pickle-machine.ts';
import { ptObjects } from './pt-objects.ts';

const FILE_SIZE = 1000;
const DATA = Float32Array.from(hashUniform('storage', 24));

/** The rules as a pickle would use them. */
function fixture() {
  const objects = ptObjects(FILE_SIZE, 'x.pt');
  const { globals, persistentLoad } = objects.rules;
  const call = (name: string, ...args: PickleValue[]) => globals.get(name)!.call!(args);
  const storage = (key = '0', type = 'torch FloatStorage', count: PickleValue = 24, ...rest: PickleValue[]) =>
    persistentLoad(['storage', globals.get(type), key, 'cuda:0', count, ...rest]);
  const tensor = (of: PickleValue, offset: PickleValue, shape: PickleValue, strides: PickleValue) =>
    call('torch._utils _rebuild_tensor_v2', of, offset, shape, strides, false, new Map());
  const read = (value: PickleValue) => objects.toCheckpoint(value, () => fromFloat32(DATA, [24], 'F32').bytes);
  return { call, storage, tensor, read };
}

describe('objects of a PyTorch file', () => {
  it('honour offset and strides: a plain tensor, a transpose, every second column, one value expanded', () => {
    const { storage, tensor, read } = fixture();
    const views: [string, number, number[], number[], (row: number, column: number) => number][] = [
      ['plain', 4, [3, 5], [5, 1], (i, j) => DATA[4 + 5 * i + j]!],
      ['transposed', 0, [4, 6], [1, 4], (i, j) => DATA[i + 4 * j]!],
      ['stepped', 1, [3, 2], [6, 2], (i, j) => DATA[1 + 6 * i + 2 * j]!],
      ['expanded', 23, [3, 4], [0, 0], () => DATA[23]!],
    ];
    const tensors = read(
      new Map(views.map(([key, offset, shape, strides]) => [key, tensor(storage(), offset, shape, strides)])),
    );
    for (const [key, , shape, , value] of views) {
      const [rows, columns] = shape as [number, number];
      const expected = Array.from({ length: rows * columns }, (_, n) => value(Math.floor(n / columns), n % columns));
      expect([...toFloat32(tensors.get(key)!, key)], key).toEqual(expected);
    }
  });

  it('copy only what is not contiguous', () => {
    const bytes = fromFloat32(DATA, [24], 'F32').bytes;
    const { rules, toCheckpoint } = ptObjects(FILE_SIZE, 'x');
    const storage = rules.persistentLoad(['storage', rules.globals.get('torch FloatStorage'), '0', 'cpu', 24]);
    const tensor = (shape: number[], strides: number[]) =>
      rules.globals.get('torch._utils _rebuild_tensor_v2')!.call!([storage, 0, shape, strides]);
    const tensors = toCheckpoint(
      new Map([
        ['a', tensor([2, 1, 3], [3, 99, 1])],
        ['b', tensor([2, 3], [1, 2])],
      ]),
      () => bytes,
    );
    expect(tensors.get('a')!.bytes.buffer).toBe(bytes.buffer);
    expect(tensors.get('b')!.bytes.buffer).not.toBe(bytes.buffer);
  });

  it('keep a geometry that was checked, whatever the pickle does to its lists later', () => {
    const { storage, tensor, read } = fixture();
    const shape = [2, 3];
    const value = tensor(storage(), 0, shape, [3, 1]);
    shape[0] = 1e9;
    expect(read(new Map([['a', value]])).get('a')!.shape).toEqual([2, 3]);
  });

  type Build = (objects: ReturnType<typeof fixture>) => unknown;
  const view = (offset: unknown, shape: unknown, strides: unknown): Build => {
    return ({ storage, tensor }) => tensor(storage(), offset, shape, strides);
  };
  it.each<[string, Build, RegExp]>([
    ['one element too many', view(0, [25], [1]), /storage of 24 elements, got \[25\] at offset 0, which ends at 25/],
    ['an offset behind the end', view(24, [1], [1]), /at offset 24, which ends at 25/],
    ['a negative stride', view(23, [3], [-1]), /none negative/],
    ['a fraction', view(0.5, [3], [1]), /none negative/],
    ['more sizes than strides', view(0, [3, 1], [1]), /as many strides/],
    ['a list of a million sizes', view(0, new Array(1e6).fill(1), new Array(1e6).fill(1)), /up to 64 sizes/],
    ['sizes whose product overflows', view(0, [2 ** 40, 2 ** 40], [0, 0]), /within their storage/],
    [
      'a storage that the pickle made up',
      ({ tensor }) => tensor({ key: '0', count: 9 }, 0, [9], [1]),
      /tensor over a storage/,
    ],
    ['a negative count', ({ storage }) => storage('0', 'torch FloatStorage', -1), /a storage \('storage', class/],
    [
      'a view of a storage',
      ({ storage }) => storage('0', 'torch FloatStorage', 4, ['0', 1, 2]),
      /a storage \('storage'/,
    ],
    [
      'a function as a storage class',
      ({ storage }) => storage('0', 'collections OrderedDict'),
      /a storage \('storage'/,
    ],
    ['a persistent id that is no tuple', () => ptObjects(1, 'x.pt').rules.persistentLoad(5), /a storage \('storage'/],
    ['one storage of two types', ({ storage }) => [storage(), storage('0', 'torch HalfStorage')], /'0' to be the same/],
    ['a parameter around a dict', ({ call }) => call('torch._utils _rebuild_parameter', new Map()), /around a tensor/],
    ['an ordered dict of arguments', ({ call }) => call('collections OrderedDict', [[1, 2]]), /an empty ordered dict/],
    ['a list at the top', ({ read }) => read([]), /a dict of tensors \(a state_dict\), got a list or tuple/],
    ['a number as a key', ({ read }) => read(new Map([[1, 2]])), /a key that is a number/],
    ['a number for a tensor', ({ read }) => read(new Map([['epoch', 2]])), /'epoch': expected a tensor, got a number/],
  ])('refuse %s', (_, build, message) => {
    expect(() => build(fixture())).toThrow(CheckpointError);
    expect(() => build(fixture())).toThrow(message);
    expect(() => build(fixture())).toThrow(/^x\.pt: /);
  });

  it('refuse many expanded tensors that only together are a bomb', () => {
    const { storage, tensor, read } = fixture();
    const bomb = new Map(Array.from({ length: 100 }, (_, i) => [`t${i}`, tensor(storage(), 0, [100, 100], [0, 0])]));
    expect(() => read(bomb)).toThrow(/'t26': expected tensors that take about as much memory as the file/);
  });
});
