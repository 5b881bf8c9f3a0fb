// `pnpm bench:teacher`: the networks of the published teachers, by engine, in turn in one process.
import { availableParallelism } from 'node:os';
import { chooseEngine, type EngineName } from '@tha4/teacher/engines';
import { SYSTEM_NAMES, type SystemName } from '@tha4/teacher/weights';
import { Command, InvalidArgumentError, Option } from 'commander';
import { cpuName, load } from '../report/machine.ts';
import { median } from '../report/statistics.ts';
import { measurePeak } from './peak.ts';
import { PYTORCH_SECONDS } from './pytorch.ts';
import { createRunner } from './runner.ts';
import { type Subject, subjects } from './subjects.ts';
import { quietTime, type Timing, timed } from './timed.ts';

interface Options {
  readonly system: SystemName;
  readonly rounds: number;
  readonly tfjs: boolean;
  readonly engine?: EngineName;
  readonly threads?: number;
  readonly only?: string;
}

/** Somebody who takes part. */
interface Contestant {
  readonly name: string;
  readonly engine: EngineName;
  readonly threads: number;
  /** TensorFlow.js takes minutes for a frame. */
  readonly rounds: number;
}

async function main({ system, rounds, tfjs, engine, threads: most, only }: Options): Promise<void> {
  const all = most ?? availableParallelism();
  const contestants: Contestant[] = [
    { name: 'onnxruntime 1 thread', engine: 'cpu', threads: 1, rounds },
    ...(all > 1 ? [{ name: `onnxruntime ${all} threads`, engine: 'cpu', threads: all, rounds } as const] : []),
    ...(engine === undefined ? [] : [{ name: engine, engine, threads: all, rounds }]),
    ...(tfjs ? [{ name: 'tfjs-wasm', engine: 'tfjs-wasm', threads: 1, rounds: 1 } as const] : []),
  ];
  const peaks = new Map<number, number>();
  for (const threads of new Set(contestants.map((each) => each.threads)))
    peaks.set(threads, await measurePeak(threads));
  console.log(`${system}, ${cpuName()}, Node ${process.versions.node}; load ${load()} (last minute)`);
  console.log(
    `peak (plain product or convolution): ${[...peaks].map(([threads, peak]) => `${peak.toFixed(0)} GFLOP/s on ${threads} threads`).join(', ')}`,
  );
  console.log('PyTorch: figures of the golden data, one thread of the same kind of machine.');
  console.log('GFLOP/s and ratios: by processor time shared among the threads where that is shorter than the clock.\n');
  console.log('| network | GMAC | who | ms (median) | CPU ms | GFLOP/s | of peak | times PyTorch | times tfjs-wasm |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const subject of subjects(system, only)) {
    const times = await measure(subject, contestants);
    const others = times.at(-1)!;
    contestants.forEach(({ name, engine: by, threads }, index) => {
      const own = times[index]!;
      const quiet = own.map((timing) => quietTime(timing, threads));
      const rate = (2 * subject.gmac) / (median(quiet) / 1000);
      // Best against best, as those figures were taken.
      const pytorch = (PYTORCH_SECONDS[system][subject.name]! * 1000) / Math.min(...quiet);
      const beside =
        tfjs && by !== 'tfjs-wasm'
          ? (median(others.map(({ cpu }) => cpu)) / median(own.map(({ cpu }) => cpu))).toFixed(1)
          : '';
      const cells = [
        subject.name,
        subject.gmac.toFixed(2),
        name,
        median(own.map(({ wall }) => wall)).toFixed(0),
        median(own.map(({ cpu }) => cpu)).toFixed(0),
        rate.toFixed(1),
        by === 'cpu' ? `${((100 * rate) / peaks.get(threads)!).toFixed(0)} %` : '',
        pytorch.toFixed(2),
        beside,
      ];
      console.log(`| ${cells.join(' | ')} |`);
    });
  }
  console.log(`\nload at the end: ${load()}; 'times tfjs-wasm' compares processor time`);
}

/** In turn, so that what else runs hits all alike; the first run of each is for warming up. */
async function measure(subject: Subject, contestants: readonly Contestant[]): Promise<Timing[][]> {
  const players = [];
  for (const { engine: name, threads } of contestants) {
    const engine = await chooseEngine({ engine: name, threads });
    players.push({ engine, runner: await createRunner(engine, subject) });
  }
  const times = contestants.map((): Timing[] => []);
  const most = Math.max(...contestants.map(({ rounds }) => rounds));
  for (let round = 0; round <= most; round++) {
    for (const [index, { runner }] of players.entries()) {
      const { rounds, name } = contestants[index]!;
      if (round > rounds || (round === 0 && rounds === 1)) continue;
      const timing = await timed(runner.run);
      if (round === 0) continue;
      times[index]!.push(timing);
      console.error(`${subject.name}: round ${round}, ${name}`);
    }
  }
  for (const { engine, runner } of players) {
    await runner.dispose();
    await engine.dispose();
  }
  return times;
}

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('expected a whole number from 1.');
  return value;
};

const program = new Command('bench:teacher')
  .description('Times the networks of a published teacher with synthetic weights, by engine.')
  .addOption(new Option('--system <name>', 'which').choices(SYSTEM_NAMES).default('tha4'))
  .option('--rounds <number>', 'runs of each', count, 3)
  .option('--threads <number>', 'beside one (default: one a core)', count)
  .option('--only <name>', "a network's name, or frame")
  .option('--engine <name>', 'one more engine, e.g. cuda or webgpu')
  .option('--no-tfjs', 'without TensorFlow.js, which takes minutes for a frame');
program.parse();
await main(program.opts<Options>());
