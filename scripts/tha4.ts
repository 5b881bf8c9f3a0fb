// `pnpm tha4 ...`: the command line from its source, in the folder that the user is in.
import { runTha4, USER_FOLDER } from './run.ts';

process.exitCode = await runTha4(process.argv.slice(2), USER_FOLDER);
