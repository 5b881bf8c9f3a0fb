import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePng, writeCharacter } from '@tha4/core';
import { launchChromium } from '@tha4/test-utils/page';
import type { Browser } from 'playwright-core';
import { preview } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallCharacter } from '../packages/core/test/small-character.ts';
import { installPacked, runIn } from './pack.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'tha4-consumer-'));

let browser: Browser;
beforeAll(async () => {
  await installPacked(project);
  for (const folder of ['node', 'strict', 'vite', 'plain'])
    cpSync(join(HERE, folder), join(project, folder), { recursive: true });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(project, { recursive: true, force: true });
});

/** Serves a folder, opens its page, and waits until what it shows is painted. */
async function open(root: string, outDir: string, painted: string): Promise<void> {
  writeFileSync(join(outDir, 'character.tha'), writeCharacter(smallCharacter()));
  const common = { root, configFile: false, logLevel: 'warn', appType: 'mpa', build: { outDir } } as const;
  const server = await preview({ ...common, preview: { host: '127.0.0.1', port: 0 } });
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(server.resolvedUrls!.local[0]!);
  await page.waitForSelector(painted, { timeout: 30_000 }).catch((cause) => {
    throw new Error(`the page painted nothing: ${problems.join('\n')}`, { cause });
  });
  await page.close();
  await server.close();
  expect(problems).toEqual([]);
}

describe('the packages, packed and installed', () => {
  test('run in a Node program', async () => {
    const folder = join(project, 'node');
    expect(JSON.parse(await runIn(folder, process.execPath, 'use.mjs'))).toEqual({ size: 512, alive: 45 });
    const { width, data } = decodePng(readFileSync(join(folder, 'posed.png')), 'posed.png');
    expect(width).toBe(512);
    expect(data.some((value) => value > 0)).toBe(true);
  });

  test.each(['bundler', 'nodenext'])(
    'have the types that a strict project wants, resolved by %s',
    async (resolution) => {
      await runIn(join(project, 'strict'), 'npx', 'tsc', '-p', `tsconfig.${resolution}.json`);
    },
  );

  test('show a character on a page that Vite builds', async () => {
    const root = join(project, 'vite');
    await runIn(root, 'npx', 'vite', 'build', '--logLevel', 'warn');
    await open(root, join(root, 'dist'), 'body[data-element=painted][data-player="1"]');
  });

  test('show a character on a page without a bundler', async () => {
    const root = join(project, 'plain');
    // Its modules lie beside it, as on a host.
    cpSync(join(project, 'node_modules/@tha4/element'), join(root, 'node_modules/@tha4/element'), {
      recursive: true,
      dereference: true,
    });
    await open(root, root, 'body[data-element=painted]');
  });
});
