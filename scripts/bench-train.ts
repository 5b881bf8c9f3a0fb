// `pnpm bench:train ...`: a training step against tfjs, from the sources, in the folder that the user is in.
import { fileURLToPath } from 'node:url';
import { run, USER_FOLDER } from './run.ts';

const main = fileURLToPath(new URL('../bench/src/training/main.ts', import.meta.url));
// Before version 22, Node has relaxed SIMD behind a flag.
const relaxed = Number(process.versions.node.split('.')[0]) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];
const flags = ['--conditions=@tha4/source', ...relaxed, '--import', import.meta.resolve('tsx')];
process.exitCode = await run(process.execPath, [...flags, main, ...process.argv.slice(2)], { cwd: USER_FOLDER });
