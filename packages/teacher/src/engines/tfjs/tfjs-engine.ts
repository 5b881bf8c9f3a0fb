import * as tf from '@tensorflow/tfjs-core';
import { type FloatTensor, weightsFromCheckpoint } from '@tha4/core';
import { disposeParams, tfjsOps, uploadWeights } from '@tha4/core/tfjs';
import type { Engine, EngineChoice, EngineTensor, EngineTensors, LoadedNetwork, NetworkSource } from '../engine.ts';

/** TensorFlow.js on whatever backend is set: the networks operator by operator. The reference, and the last resort. */
export class TfjsEngine implements Engine {
  readonly choice: EngineChoice;

  constructor(choice: EngineChoice) {
    this.choice = choice;
  }

  async load(source: NetworkSource): Promise<LoadedNetwork> {
    const params = uploadWeights(weightsFromCheckpoint(source.checkpoint, source.spec, source.name));
    const ops = tfjsOps();
    return {
      run: async (inputs) =>
        tf.tidy(() => source.run(ops, params, inputs as Readonly<Record<string, tf.Tensor>>) as EngineTensors as never),
      dispose: async () => disposeParams(params),
    };
  }

  upload({ shape, data }: FloatTensor): EngineTensor {
    return tf.tensor(data.slice(), [...shape]);
  }

  read(x: EngineTensor): Promise<Float32Array> {
    return (x as tf.Tensor).data() as Promise<Float32Array>;
  }

  free(tensors: Iterable<EngineTensor>): void {
    for (const x of tensors) (x as tf.Tensor).dispose();
  }

  async dispose(): Promise<void> {}
}
