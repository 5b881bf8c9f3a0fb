// `pnpm bench:train`: a training step of the face network, ours against tf.variableGrads, in turn in one process.
import { bestVariant, type KernelVariant } from '@tha4/kernels';
import { Command, InvalidArgumentError } from 'commander';
import { cpuName, load } from '../report/machine.ts';
import { median } from '../report/statistics.ts';
import { PIXELS, type StepContestant, tfjsContestant, wasmContestant } from './contestants.ts';

/** Losses of one batch agree to this: all sum 32,768 float32 differences in other orders. */
const SAME_LOSS = 1e-4;
/** What was set out to be reached: how many times as fast as tfjs-wasm, by threads. */
const GOALS: ReadonlyMap<number, number> = new Map([
  [1, 7.5],
  [2, 14],
]);

interface Times {
  readonly wall: number[];
  readonly cpu: number[];
}

async function main(rounds: number): Promise<void> {
  const variants: KernelVariant[] = bestVariant() === 'relaxed' ? ['plain', 'relaxed'] : ['plain'];
  const contestants = [await tfjsContestant('plain'), await tfjsContestant('core')];
  const others = contestants.length;
  for (const variant of variants) {
    for (const threads of [1, 2]) contestants.push(await wasmContestant(variant, threads));
  }
  // The first round is for warming up, and for seeing that all do the same.
  const losses: number[] = [];
  for (const contestant of contestants) losses.push(await contestant.step());
  if (losses.some((loss) => Math.abs(loss / losses[0]! - 1) > SAME_LOSS)) {
    throw new Error(`bench: expected the same loss of all, got ${losses.join(', ')}`);
  }
  const times = contestants.map((): Times => ({ wall: [], cpu: [] }));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (turn + round) % contestants.length;
      const before = process.cpuUsage();
      const start = performance.now();
      await contestants[index]!.step();
      times[index]!.wall.push(performance.now() - start);
      const { user, system } = process.cpuUsage(before);
      times[index]!.cpu.push((user + system) / 1000);
    }
    console.error(`round ${round + 1} of ${rounds}`);
  }
  report(contestants, times, others);
  for (const contestant of contestants) contestant.dispose();
}

/** @param others how many from the front are not ours; the first one is what all are compared with */
function report(contestants: readonly StepContestant[], times: readonly Times[], others: number): void {
  console.log(`one step of the paper's face network, ${PIXELS} pixels; ${cpuName()}, Node ${process.versions.node}`);
  console.log(`load ${load()} (last minute): where it exceeds the cores, two threads cannot show what they can do\n`);
  console.log('| who | ms (median) | CPU ms | steps a second | times as fast | goal |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  contestants.forEach(({ name, threads }, index) => {
    const { wall, cpu } = times[index]!;
    const ms = median(wall);
    // Paired by round, so that what else ran hits both.
    const ratio = median(wall.map((own, round) => times[0]!.wall[round]! / own));
    const goal = index < others ? '' : `${GOALS.get(threads)}: ${ratio >= GOALS.get(threads)! ? 'reached' : 'missed'}`;
    const cells = [name, ms.toFixed(0), median(cpu).toFixed(0), (1000 / ms).toFixed(2), ratio.toFixed(1), goal];
    console.log(`| ${cells.join(' | ')} |`);
  });
}

const command = new Command('bench:train')
  .description('Measures a training step of the face network against tf.variableGrads on tfjs-wasm.')
  .option('--rounds <N>', 'steps of each contestant', count, 9);
command.parse(process.argv);
await main(command.opts<{ rounds: number }>().rounds);

function count(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number from 1 to 999.');
}
