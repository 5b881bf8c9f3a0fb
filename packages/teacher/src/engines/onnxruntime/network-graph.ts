import { checkpointConstants, recordModel } from '@tha4/core/onnx';
import type { EngineChoice, NetworkSource } from '../engine.ts';

/** A recorded network. */
export interface NetworkGraph {
  /** ONNX file; images NCHW. */
  readonly model: Uint8Array;
  /** Name -> shape of every output, NHWC for images. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

/** Records a network for onnxruntime. */
export function networkGraph(source: NetworkSource, { name: engine, precision }: EngineChoice): NetworkGraph {
  const outputs: Record<string, readonly number[]> = {};
  const about = { name: source.name, description: `${source.name} of a teacher. Images are NCHW.` };
  const params = checkpointConstants(source.checkpoint, source.spec, source.name);
  const model = recordModel(about, { reduceSine: engine !== 'cpu', half: precision === 'fp16' }, (ops, input) => {
    const inputs = Object.entries(source.inputs).map(([name, shape]) => [name, input(name, shape)] as const);
    const results = source.run(ops, params, Object.fromEntries(inputs));
    for (const [name, value] of Object.entries(results)) outputs[name] = ops.shape(value);
    return results;
  });
  return { model, outputs };
}
