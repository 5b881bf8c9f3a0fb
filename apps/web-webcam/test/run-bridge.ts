import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../distill-cli/src/main.ts', import.meta.url));

/** A `tha4 bridge` that runs. */
export interface RunningBridge {
  /** `ws://127.0.0.1:PORT` */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts `tha4 bridge` on free ports. */
export async function runBridge(): Promise<RunningBridge> {
  const tsx = import.meta.resolve('tsx');
  const child = spawn(
    process.execPath,
    ['--conditions=@tha4/source', '--import', tsx, MAIN, 'bridge', '--port', '0', '--listen', 'vmc=0'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text.toString();
      const found = /ws:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found !== null) resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`tha4 bridge: expected it to run, got: ${said}`)));
  });
  return {
    address,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}
