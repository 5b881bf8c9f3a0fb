import { readSharedJson } from '@tha4/test-utils';
import type { FloatTensor } from '../../src/checkpoint/stored-tensor.ts';
import { readGolden } from './golden.ts';
import { limitsOf, type Noise, type ParityReport, parity } from './network-parity.ts';
import { type Picture, samples } from './networks.ts';

export interface PipelineGolden {
  /** `[2, 45]` */
  readonly poses: FloatTensor;
  /** Names of the outputs in the original's order. */
  readonly names: readonly string[];
  /**
   * Compares all outputs with the float64 truth, by mean and 99.9th percentile: the last stages of this random pipeline
   * are too noisy for a maximum to mean anything.
   */
  compare(outputs: ReadonlyMap<string, Picture>): ParityReport;
}

/** @param path of the golden data without its extension */
export function readPipelineGolden(path: string): PipelineGolden {
  const golden = readGolden(`${path}.safetensors`);
  const { outputs, noise_f32_vs_f64: noise } = readSharedJson<{
    readonly outputs: readonly { readonly name: string }[];
    readonly noise_f32_vs_f64: Readonly<Record<string, Noise>>;
  }>(`golden/${path}.json`);
  const names = outputs.map(({ name }) => name);
  return {
    poses: golden.floats('poses'),
    names,
    compare(actual) {
      const { add, report } = parity();
      names.forEach((name, i) => {
        const picture = actual.get(name)!;
        const [, h, w] = picture.shape as [number, number, number];
        const truth = golden.floats(`output_f64.${String(i).padStart(2, '0')}.${name}`).data;
        const { mean, p999 } = limitsOf(noise[name]!);
        add(name, samples(picture, golden.ints(`positions.${h}x${w}`)), truth, { mean, p999 });
      });
      return report();
    },
  };
}
