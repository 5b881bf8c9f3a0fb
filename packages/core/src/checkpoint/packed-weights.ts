import { CheckpointError } from '../errors.ts';
import { readBits, rowBytes, writeBits } from './bit-rows.ts';
import { pytorchShape } from './dense-layout.ts';
import { elementCount, fromFloat32, toFloat32 } from './dtype.ts';
import { largestInteger, quantiseRow } from './quantise.ts';
import type { Checkpoint, Spec, StoredTensor } from './stored-tensor.ts';

/** Key of a weight -> bits of its integers. */
export type BitWidths = ReadonlyMap<string, number>;

export const LEAST_BITS = 2;
export const MOST_BITS = 16;

const PACKED = /^(.+)\.int(\d+)$/;

/**
 * Packs weights as integers with a scale per output channel. The tensor `KEY [out, in, 1, 1]` becomes
 *
 * - `KEY.int16`, I16 `[out, in, 1, 1]`, or for N from 2 to 15 `KEY.intN`, U8 `[out, ceil(in N / 8)]`: a row of bits for
 *   each output channel, N-bit two's complement integers one after the other from each byte's lowest bit up, and
 * - `KEY.scale`, F32 `[out]`.
 *
 * `weight[out][in] = integer[out][in] * scale[out]`. Tensors without a width, biases for one, stay as they are.
 *
 * @param checkpoint F32, in PyTorch's layout
 * @param widths 2 to 16 bits
 * @throws CheckpointError where a weight is not a finite number
 */
export function packWeights(checkpoint: Checkpoint, widths: BitWidths): Checkpoint {
  const packed = new Map<string, StoredTensor>();
  for (const [key, tensor] of checkpoint) {
    const bits = widths.get(key);
    if (bits === undefined) {
      packed.set(key, tensor);
      continue;
    }
    const { integers, scales } = packTensor(key, tensor, bits);
    packed.set(`${key}.int${bits}`, integers);
    packed.set(`${key}.scale`, scales);
  }
  return packed;
}

/**
 * Turns what `packWeights` has written back into float32, each product rounded once.
 *
 * @param spec key -> shape in our layout: it tells how long a row is, so a file cannot ask for more memory than it fills
 * @param where names the file in errors
 * @returns the checkpoint, and the widths that it had
 * @throws CheckpointError where a packed tensor has another size, no scales or impossible ones, or comes twice
 */
export function unpackWeights(
  packed: Checkpoint,
  spec: Spec,
  where: string,
): { readonly checkpoint: Checkpoint; readonly widths: BitWidths } {
  const checkpoint = new Map<string, StoredTensor>();
  const widths = new Map<string, number>();
  for (const [name, tensor] of packed) {
    const [, key, digits] = PACKED.exec(name) ?? [];
    const shape = key === undefined ? undefined : spec.get(key);
    if (key === undefined || shape === undefined) continue;
    const place = `${where}: '${name}'`;
    if (widths.has(key) || packed.has(key)) {
      throw new CheckpointError(`${place}: expected '${key}' once, got it twice; is the file damaged?`, [key]);
    }
    const bits = Number(digits);
    if (bits < LEAST_BITS || bits > MOST_BITS) {
      throw new CheckpointError(`${place}: expected ${LEAST_BITS} to ${MOST_BITS} bits, got ${digits}`, [key]);
    }
    widths.set(key, bits);
    checkpoint.set(key, unpackTensor(tensor, packed.get(`${key}.scale`), bits, pytorchShape(shape), place, key));
  }
  for (const [name, tensor] of packed) {
    const key = PACKED.exec(name)?.[1] ?? name.replace(/\.scale$/, '');
    if (!widths.has(key)) checkpoint.set(name, tensor);
  }
  return { checkpoint, widths };
}

function packTensor(
  key: string,
  tensor: StoredTensor,
  bits: number,
): { readonly integers: StoredTensor; readonly scales: StoredTensor } {
  const values = toFloat32(tensor, `packWeights: '${key}'`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new CheckpointError(
      `packWeights: '${key}': expected finite numbers, got ${values[bad]} at index ${bad}; did training diverge?`,
      [key],
    );
  }
  const [outputs = 1] = tensor.shape;
  const inputs = values.length / outputs;
  const shape = packedShape(tensor.shape, bits);
  const stride = rowBytes(inputs, bits);
  const bytes = new Uint8Array(outputs * stride);
  const scales = new Float32Array(outputs);
  const row = new Int16Array(inputs);
  for (let out = 0; out < outputs; out++) {
    scales[out] = quantiseRow(values.subarray(out * inputs, (out + 1) * inputs), bits, row);
    writeBits(row, bits, bytes.subarray(out * stride, (out + 1) * stride));
  }
  return {
    integers: { dtype: bits === 16 ? 'I16' : 'U8', shape, bytes },
    scales: fromFloat32(scales, [outputs], 'F32'),
  };
}

function unpackTensor(
  { dtype, shape, bytes }: StoredTensor,
  scale: StoredTensor | undefined,
  bits: number,
  target: readonly number[],
  place: string,
  key: string,
): StoredTensor {
  const wanted = packedShape(target, bits);
  const type = bits === 16 ? 'I16' : 'U8';
  if (dtype !== type || shape.join() !== wanted.join()) {
    throw new CheckpointError(
      `${place}: expected ${type} [${wanted.join(', ')}], got ${dtype} [${shape.join(', ')}]; is it another network's?`,
      [key],
    );
  }
  const scales = readScales(scale, target[0]!, place, key);
  const inputs = elementCount(target) / scales.length;
  const values = new Float32Array(elementCount(target));
  const row = new Int16Array(inputs);
  const stride = rowBytes(inputs, bits);
  const lowest = -largestInteger(bits);
  scales.forEach((factor, out) => {
    readBits(bytes.subarray(out * stride, (out + 1) * stride), bits, row);
    for (let i = 0; i < inputs; i++) {
      if (row[i]! < lowest) {
        throw new CheckpointError(`${place}: expected integers from ${lowest} up, got ${row[i]} in row ${out}`, [key]);
      }
      values[out * inputs + i] = row[i]! * factor;
    }
  });
  return fromFloat32(values, target, 'F32');
}

function readScales(scale: StoredTensor | undefined, outputs: number, place: string, key: string): Float32Array {
  if (scale === undefined || scale.dtype !== 'F32' || scale.shape.join() !== String(outputs)) {
    const got = scale === undefined ? 'none' : `${scale.dtype} [${scale.shape.join(', ')}]`;
    throw new CheckpointError(`${place}: expected '${key}.scale' as F32 [${outputs}], got ${got}`, [key]);
  }
  const scales = toFloat32(scale, place);
  const bad = scales.findIndex((factor) => !(factor >= 0 && factor < Number.POSITIVE_INFINITY));
  if (bad < 0) return scales;
  throw new CheckpointError(`${place}: expected scales of 0 or more, got ${scales[bad]} at index ${bad}`, [key]);
}

/** Shape of the integers of a tensor `[out, ...]`. */
function packedShape(shape: readonly number[], bits: number): number[] {
  if (bits === 16) return [...shape];
  const [outputs = 1] = shape;
  return [outputs, rowBytes(elementCount(shape) / outputs, bits)];
}
