// `pnpm bench:teacher ...`: the published teachers' networks by engine, from the sources, in the folder that the user is in.
import { fileURLToPath } from 'node:url';
import { run, USER_FOLDER } from './run.ts';

const main = fileURLToPath(new URL('../bench/src/teacher/main.ts', import.meta.url));
const flags = ['--conditions=@tha4/source', '--import', import.meta.resolve('tsx')];
process.exitCode = await run(process.execPath, [...flags, main, ...process.argv.slice(2)], { cwd: USER_FOLDER });
