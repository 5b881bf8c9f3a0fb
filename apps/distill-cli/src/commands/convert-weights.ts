import { UsageError } from '../errors.ts';
import { guardFile } from '../files/guard-output.ts';
import type { FileInput } from '../files/open-input.ts';
import type { Target } from '../files/target.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { ConvertConfig, ConvertResult } from './convert.ts';
import { castWeights, countWeights, readWeights, writeWeights } from './weights.ts';

/** Turns a single weight file into the other format. */
export async function convertWeights(
  input: FileInput,
  target: Target,
  { from, to, packing, force }: ConvertConfig,
): Promise<ConvertResult> {
  if (target.kind !== 'weights') {
    throw new UsageError(
      `${to}: expected a name ending in .pt or .safetensors for a single weight file, got another; to convert the whole character, name its folder as FROM`,
    );
  }
  if (packing === 'I16' || packing === 'small') {
    throw new UsageError(`${to}: expected fp32 or fp16 for a single weight file, got integers; they need a .tha`);
  }
  const checkpoint = readWeights(input);
  const { dtypes } = countWeights(checkpoint);
  const wasHalf = dtypes.every((dtype) => dtype === 'F16');
  const dtype = packing ?? (wasHalf ? 'F16' : 'F32');
  const written = packing === null ? checkpoint : castWeights(checkpoint, packing, from);
  const bytes = writeWeights(written, target.form);
  await guardFile(target.path, [target.form], input.sources, force);
  await writeAtomic(target.path, bytes);
  return {
    command: 'convert',
    name: null,
    from: { path: from, form: WEIGHT_FORMS[input.kind as 'pt'], bytes: input.size, dtype: null },
    to: { path: target.path, form: WEIGHT_FORMS[target.form], bytes: bytes.length, files: [] },
    parameters: countWeights(written).parameters,
    dtype: dtype === 'F16' ? 'fp16' : 'fp32',
    weightBytes: bytes.length,
    rounded: dtype === 'F16' && !wasHalf,
    fidelity: null,
    paintedShare: null,
  };
}

const WEIGHT_FORMS = { pt: 'PyTorch weights', safetensors: 'safetensors' } as const;
