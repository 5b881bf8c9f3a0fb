// `pnpm build`, `pnpm dev`, `pnpm typecheck`: turbo without its telemetry, which is on by default.
import { runTurbo } from './run.ts';

process.exitCode = await runTurbo(process.argv.slice(2));
