import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PaintAnswer, PaintRequest } from './host.ts';

/** Where Debian's Chromium has a Vulkan loader and a driver that needs no GPU. */
const CHROMIUM = '/usr/lib/chromium';
const DRIVER = `${CHROMIUM}/vk_swiftshader_icd.json`;

/** Paints in a process of its own: its environment chooses the driver, and a crash of it is only a failed test. */
export async function paintInNode(request: PaintRequest): Promise<PaintAnswer> {
  const child = fork(fileURLToPath(new URL('./host.ts', import.meta.url)), {
    execArgv: ['--conditions=@tha4/source', '--import', import.meta.resolve('tsx')],
    env: { ...driverEnvironment(), ...process.env },
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const settled = new AbortController();
  const { signal } = settled;
  const exit = once(child, 'exit', { signal }).then(([code, killedBy]): PaintAnswer => {
    return { error: `its process ended with ${code ?? killedBy}` };
  });
  child.send(request);
  const [answer] = await Promise.race([
    once(child, 'message', { signal }) as Promise<[PaintAnswer]>,
    exit.then((error) => [error] as const),
  ]);
  exit.catch(() => undefined);
  settled.abort();
  child.kill();
  return answer;
}

/** The driver that Chromium brings, where there is one; a driver that is named by the caller goes first. */
function driverEnvironment(): Record<string, string> {
  if (process.env.THA4_REAL_GPU === '1' || !existsSync(DRIVER)) return {};
  return { VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: CHROMIUM };
}
