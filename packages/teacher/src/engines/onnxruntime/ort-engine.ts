import { BackendError, type FloatTensor } from '@tha4/core';
import { recordStage } from '@tha4/core/onnx';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Engine, EngineChoice, EngineTensor, EngineTensors, LoadedStage, StageSource } from '../engine.ts';
import { channelsFirst, channelsLast } from '../layout.ts';
import type { Ort } from './load-ort.ts';
import type { Provider } from './providers.ts';

/** A tensor in onnxruntime's layout: NCHW for images. */
interface OrtTensor extends EngineTensor {
  readonly tensor: Tensor;
}

/** onnxruntime-node on the graph that core records. */
export class OrtEngine implements Engine {
  readonly choice: EngineChoice;
  readonly #ort: Ort;
  readonly #options: InferenceSession.SessionOptions;

  constructor(ort: Ort, provider: Provider, choice: EngineChoice, threads: number) {
    this.#ort = ort;
    this.choice = choice;
    this.#options = sessionOptions(provider, threads);
  }

  async load({ stage, weights, batch, outputs }: StageSource): Promise<LoadedStage> {
    const model = recordStage(stage, weights, { batch, outputs, half: this.choice.precision === 'fp16' });
    const session = await this.#ort.InferenceSession.create(model, this.#options).catch((cause) => {
      throw new BackendError(`${this.choice.words}: expected it to take ${stage.name}, got ${firstLine(cause)}`, {
        cause,
      });
    });
    return {
      run: async (inputs) => {
        const feeds = Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, (x as OrtTensor).tensor]));
        const results = await session.run(feeds);
        return Object.fromEntries(
          Object.entries(results).map(([name, tensor]) => [name, { shape: ourShape(tensor.dims), tensor }]),
        ) as EngineTensors;
      },
      dispose: () => session.release(),
    };
  }

  upload({ shape, data }: FloatTensor): OrtTensor {
    if (!isImage(shape)) return { shape, tensor: new this.#ort.Tensor('float32', data.slice(), [...shape]) };
    const [n, h, w, c] = shape;
    return { shape, tensor: new this.#ort.Tensor('float32', channelsFirst(data, shape), [n, c, h, w]) };
  }

  async read(x: EngineTensor): Promise<Float32Array> {
    const { shape, tensor } = x as OrtTensor;
    const data = tensor.data as Float32Array;
    return isImage(shape) ? channelsLast(data, shape) : data.slice();
  }

  free(tensors: Iterable<EngineTensor>): void {
    for (const x of tensors) (x as OrtTensor).tensor.dispose();
  }

  async dispose(): Promise<void> {}
}

/** Session options of a provider; shared with the first try of it. */
export function sessionOptions({ id }: Provider, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: [id === 'cpu' ? 'cpu' : { name: id }],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
    // Between two frames the cores are the trainers'.
    extra: { session: { force_spinning_stop: '1' } },
  };
}

export function firstLine(error: unknown): string {
  return String((error as Error).message ?? error).split('\n')[0]!;
}

function isImage(shape: readonly number[]): shape is readonly [number, number, number, number] {
  return shape.length === 4;
}

function ourShape(dims: readonly number[]): readonly number[] {
  if (!isImage(dims)) return dims;
  const [n, c, h, w] = dims;
  return [n, h, w, c];
}
