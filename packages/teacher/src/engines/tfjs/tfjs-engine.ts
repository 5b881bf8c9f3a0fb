import * as tf from '@tensorflow/tfjs-core';
import { type FloatTensor, networkWeights } from '@tha4/core';
import { disposeParams, tfjsOps, uploadWeights } from '@tha4/core/tfjs';
import type { Engine, EngineChoice, EngineTensor, EngineTensors, LoadedStage, StageSource } from '../engine.ts';

/** TensorFlow.js on whatever backend is set: the networks operator by operator. The reference, and the last resort. */
export class TfjsEngine implements Engine {
  readonly choice: EngineChoice;

  constructor(choice: EngineChoice) {
    this.choice = choice;
  }

  async load({ stage, weights, outputs }: StageSource): Promise<LoadedStage> {
    const params = Object.fromEntries(
      stage.networks.map((network) => [
        network.name,
        uploadWeights(networkWeights(network, weights[network.name]!, network.name)),
      ]),
    );
    const ops = tfjsOps();
    return {
      run: async (inputs) =>
        tf.tidy(() => {
          const all = stage.run(ops, params, inputs as Readonly<Record<string, tf.Tensor>>);
          return Object.fromEntries(outputs.map((name) => [name, all[name]!]));
        }) as EngineTensors,
      dispose: async () => {
        for (const own of Object.values(params)) disposeParams(own);
      },
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
