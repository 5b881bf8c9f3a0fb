// `pnpm distill [CHAR.PNG] ...`: `tha4 distill` from its source, in the folder that the user is in.
import { runTha4, USER_FOLDER } from './run.ts';

process.exitCode = await runTha4(['distill', ...process.argv.slice(2)], USER_FOLDER);
