import { type Contestant, type Engine, type Place, usesGpu } from './contestant.ts';

/** What ratios on the CPU and on the GPU are taken to, in the same run and place. */
export const CPU_CONTROL = 'onnxruntime-web wasm 1 thread';
export const GPU_CONTROL = 'tfjs-webgl layer by layer';

type WasmOptions = Partial<Omit<Engine & { kind: 'wasm' }, 'kind'>>;
const wasm = (options: WasmOptions = {}): Engine => ({
  kind: 'wasm',
  variant: 'plain',
  precision: 'auto',
  threads: 1,
  cull: true,
  ...options,
});
const webgl = (precision: 'float' | 'half', cull = true): Engine => ({ kind: 'webgl', precision, cull });
const webgpu = (cull = true): Engine => ({ kind: 'webgpu', cull });
const onnx = (provider: 'wasm' | 'webgpu' | 'node', threads = 1): Engine => ({
  kind: 'onnxruntime',
  provider,
  threads,
  graph: 'ours',
});
const tfjs = (backend: 'wasm' | 'webgl'): Engine => ({ kind: 'tfjs', backend, graph: 'ours' });
const published = (engine: Engine & { kind: 'tfjs' | 'onnxruntime' }): Engine => ({ ...engine, graph: 'published' });

/** A contestant's name, what it is, and whether it is too slow for `--quick`. */
type Entry = readonly [name: string, engine: Engine, slow?: 'slow'];

const NODE: readonly Entry[] = [
  ['ours wasm 1 thread', wasm()],
  ['ours wasm 1 thread relaxed', wasm({ variant: 'relaxed' })],
  ['ours wasm 2 threads', wasm({ threads: 2 })],
  ['ours wasm 2 threads relaxed', wasm({ threads: 2, variant: 'relaxed' })],
  ['ours wasm 1 thread, every pixel', wasm({ cull: false })],
  ['ours wasm 1 thread relaxed, every pixel', wasm({ variant: 'relaxed', cull: false })],
  ['ours wasm 1 thread float', wasm({ precision: 'float' })],
  ['ours wasm 1 thread relaxed float', wasm({ variant: 'relaxed', precision: 'float' })],
  ['ours wasm 1 thread float, every pixel', wasm({ precision: 'float', cull: false })],
  ['ours wasm 1 thread relaxed float, every pixel', wasm({ variant: 'relaxed', precision: 'float', cull: false })],
  [CPU_CONTROL, onnx('wasm')],
  [`${CPU_CONTROL}, published graph`, published(onnx('wasm') as Engine & { kind: 'onnxruntime' }), 'slow'],
  ['onnxruntime-node 1 thread', onnx('node')],
  ['onnxruntime-node 2 threads', onnx('node', 2)],
  ['tfjs-wasm', tfjs('wasm'), 'slow'],
];

const CHROMIUM: readonly Entry[] = [
  ['ours wasm 1 thread', wasm()],
  ['ours wasm 1 thread relaxed', wasm({ variant: 'relaxed' })],
  ['ours wasm 2 threads', wasm({ threads: 2 })],
  ['ours wasm 2 threads relaxed', wasm({ threads: 2, variant: 'relaxed' })],
  ['ours wasm 1 thread float', wasm({ precision: 'float' })],
  ['ours wasm 1 thread relaxed float', wasm({ variant: 'relaxed', precision: 'float' })],
  [CPU_CONTROL, onnx('wasm')],
  ['tfjs-wasm', tfjs('wasm'), 'slow'],
  ['ours webgl', webgl('float')],
  ['ours webgl half', webgl('half')],
  ['ours webgl, every pixel', webgl('float', false)],
  ['ours webgpu', webgpu()],
  ['ours webgpu, every pixel', webgpu(false)],
  ['onnxruntime-web webgpu', onnx('webgpu'), 'slow'],
  [GPU_CONTROL, tfjs('webgl'), 'slow'],
  [`${GPU_CONTROL}, published graph`, published(tfjs('webgl') as Engine & { kind: 'tfjs' }), 'slow'],
];

/** Everybody, in the order in which they take turns. */
export const CONTESTANTS: readonly Contestant[] = [...NODE.map(entered('node')), ...CHROMIUM.map(entered('chromium'))];

/**
 * Those that a run takes.
 *
 * @param only parts of names, or of `<place> <name>`; a name that matches none of them stays out; none: take all
 * @throws {RangeError} when one of them matches nobody
 */
export function chooseContestants(only: readonly string[], quick: boolean): Contestant[] {
  const matches = (contestant: Contestant, part: string): boolean =>
    `${contestant.place} ${contestant.name}`.toLowerCase().includes(part.toLowerCase());
  for (const part of only) {
    if (!CONTESTANTS.some((contestant) => matches(contestant, part))) {
      const names = [...new Set(CONTESTANTS.map(({ name }) => name))].join('; ');
      throw new RangeError(`--only: expected a part of a contestant's name, got '${part}'; there are: ${names}`);
    }
  }
  return CONTESTANTS.filter(
    (contestant) =>
      (!quick || contestant.quick) && (only.length === 0 || only.some((part) => matches(contestant, part))),
  );
}

function entered(place: Place): (entry: Entry) => Contestant {
  return ([name, engine, slow]) => ({
    name,
    place,
    engine,
    control: usesGpu(engine) ? GPU_CONTROL : CPU_CONTROL,
    quick: slow === undefined,
  });
}
