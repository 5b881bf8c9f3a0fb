import { BackendError } from '@tha4/core';
import { recordModel } from '@tha4/core/onnx';
import type { Engine, Precision, SkippedEngine } from '../engine.ts';
import { loadOrt, type Ort } from './load-ort.ts';
import { firstLine, OrtEngine, sessionOptions } from './ort-engine.ts';
import { obstacle, PROVIDERS, type Provider } from './providers.ts';

/** How an engine on onnxruntime is set up. */
export interface OrtSetup {
  readonly precision: Precision;
  readonly batch: number;
  readonly threads: number;
  readonly skipped: readonly SkippedEngine[];
  /** Whether somebody named it: then it is tried even where it promises little. */
  readonly isAsked: boolean;
}

/** Starts onnxruntime on one provider. @throws {BackendError} in one line where that does not work here */
export async function createOrtEngine(name: Provider['name'], setup: OrtSetup): Promise<Engine> {
  const provider = PROVIDERS.find((each) => each.name === name)!;
  const ort = await loadOrt();
  const why = obstacle(provider, ort.listSupportedBackends());
  if (why !== null && !(setup.isAsked && name === 'webgpu')) throw new BackendError(`${name}: ${why}`);
  await tryProvider(ort, provider);
  const { precision, batch, skipped, threads } = setup;
  const count = name === 'cpu' ? ` (${threads === 1 ? '1 thread' : `${threads} threads`})` : '';
  const words = `onnxruntime on ${provider.words}${count}`;
  return new OrtEngine(ort, provider, { name, words, precision, batch, skipped }, threads);
}

/** Runs a network of one operator: a provider may be there and its driver not. */
async function tryProvider(ort: Ort, provider: Provider): Promise<void> {
  const shape = [1, 2, 2, 2];
  const about = { name: 'try', description: '' };
  const model = recordModel(about, undefined, (ops, input) => {
    const x = input('x', shape);
    return { y: ops.add(ops.gridSample(x, input('grid', shape)), x) };
  });
  try {
    const session = await ort.InferenceSession.create(model, sessionOptions(provider, 1));
    const x = new ort.Tensor('float32', Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape);
    const grid = new ort.Tensor('float32', new Float32Array(8), shape);
    const { y } = await session.run({ x, grid });
    await session.release();
    // The middle of the picture is the mean of its four pixels.
    if (Math.abs((y!.data as Float32Array)[0]! - 3.5) > 1e-2) throw new Error('it computes wrong numbers');
  } catch (cause) {
    throw new BackendError(`${provider.name}: ${reason(firstLine(cause))}`, { cause });
  }
}

/** onnxruntime's errors begin with its source files and their lines. */
function reason(message: string): string {
  const words = message.split(/(?:was false\. |: )/).at(-1)!;
  return words === '' ? message : words.replace(/\.$/, '');
}
