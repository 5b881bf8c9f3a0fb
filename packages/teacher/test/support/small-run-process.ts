// A small run as a process of its own, to be killed: `small-run-process.ts STATE_FOLDER`. It saves at every update.
import { createStateStore } from '../../src/distill/state/state-store.ts';
import { smallRun, weightsOf } from './small-run.ts';

let clock = 0;
const store = createStateStore(process.argv[2]!);
const { run, trainers } = await smallRun(store, { now: () => (clock += 11) }, 2);
process.stdout.write('begun\n');
await run.train();
process.stdout.write(JSON.stringify(weightsOf(trainers)));
