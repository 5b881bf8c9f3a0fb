import type { Engine, EngineTensor, LoadedStage } from '@tha4/teacher/engines';
import type { Subject } from './subjects.ts';

/** A subject on an engine, ready to be timed. */
export interface Runner {
  readonly run: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export async function createRunner(engine: Engine, { stages, weights }: Subject): Promise<Runner> {
  const loaded: LoadedStage[] = [];
  for (const { stage, outputs } of stages) {
    const own = Object.fromEntries(stage.networks.map(({ name }) => [name, weights[name]!]));
    loaded.push(await engine.load({ stage, outputs, weights: own, batch: 1 }));
  }
  const given: Record<string, EngineTensor> = {};
  const made = new Set(stages.flatMap(({ outputs }) => outputs));
  for (const { stage } of stages) {
    for (const { name, shape } of stage.inputs) {
      if (made.has(name) || name in given) continue;
      const count = shape.reduce((product, size) => product * size, 1);
      const data = Float32Array.from({ length: count }, (_, i) => 0.5 * Math.sin(i / 37));
      given[name] = engine.upload({ shape: [1, ...shape], data });
    }
  }
  return {
    run: async () => {
      const tensors: Record<string, EngineTensor> = {};
      for (const [index, { stage }] of stages.entries()) {
        const inputs = stage.inputs.map(({ name }) => [name, tensors[name] ?? given[name]!] as const);
        Object.assign(tensors, await loaded[index]!.run(Object.fromEntries(inputs)));
      }
      // Engines on a GPU have done nothing before somebody reads.
      await engine.read(Object.values(tensors).at(-1)!);
      engine.free(Object.values(tensors));
    },
    dispose: async () => {
      for (const each of loaded) await each.dispose();
      engine.free(Object.values(given));
    },
  };
}
