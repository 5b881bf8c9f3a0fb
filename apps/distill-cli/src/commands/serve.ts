import { once } from 'node:events';
import { UsageError } from '../errors.ts';
import type { Reporter } from '../io.ts';
import { withThreads } from '../render/node-threads.ts';
import { startFrameServer } from '../serve/frame-server.ts';
import { chooseSitting, type SittingChoice } from '../sheet/choose-teacher.ts';

/** Where the page looks for it. */
export const DEFAULT_PORT = 7434;

export interface ServeConfig extends SittingChoice {
  readonly port: number;
  readonly origins: readonly string[];
  readonly threads: number;
}

export interface ServeResult {
  readonly command: 'serve';
  readonly port: number;
}

/** Serves frames of a teacher to pages on this machine, until Ctrl-C. */
export async function serve(config: ServeConfig, reporter: Reporter): Promise<ServeResult> {
  const { port: wanted, origins, threads: count } = config;
  if (!(Number.isInteger(wanted) && wanted >= 0 && wanted < 65536)) {
    throw new UsageError(`--port: expected a whole number from 0 to 65535, got ${wanted}`);
  }
  const sitting = await chooseSitting(config, reporter);
  const { info, prepared } = await withThreads(count, reporter.note, async (threads) => {
    const teacher = sitting.teacher(threads);
    return { info: teacher.info, prepared: await teacher.prepare(sitting.image, sitting.mask, reporter.signal) };
  });
  try {
    const { name, licence } = info;
    const size = sitting.image.width;
    const shared = { type: 'hello', version: 1, size, engine: sitting.engine ?? name } as const;
    const hello = { ...shared, name: sitting.name, teacher: name, licence };
    const server = await startFrameServer(prepared, { port: wanted, origins, hello, note: reporter.note });
    reporter.note(`Serving ${sitting.name} by ${name} on ws://127.0.0.1:${server.port}; Ctrl-C ends it.`);
    if (!reporter.signal.aborted) await once(reporter.signal, 'abort');
    await server.close();
    return { command: 'serve', port: server.port };
  } finally {
    await prepared.dispose();
    await sitting.dispose();
  }
}
