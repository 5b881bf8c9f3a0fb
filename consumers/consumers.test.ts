import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePng, writeCharacter } from '@tha4/core';
import { launchChromium } from '@tha4/test-utils/page';
import type { Browser } from 'playwright-core';
import { preview } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { smallCharacter } from '../packages/core/test/small-character.ts';
import { publishedPackages } from '../scripts/pack.ts';
import { ROOT } from '../scripts/run.ts';
import { installPacked, runNode } from './pack.ts';
import { snippetsOf } from './snippets.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'tha4-consumer-'));
const TSC = join(project, 'node_modules/typescript/bin/tsc');

let browser: Browser | undefined;
let missing: string | null = null;
beforeAll(async () => {
  missing = await installPacked(project);
  if (missing !== null) return console.warn(`consumers: all tests are skipped: ${missing}`);
  for (const folder of ['node', 'strict', 'vite', 'plain', 'snippets'])
    cpSync(join(HERE, folder), join(project, folder), { recursive: true });
});
beforeEach(({ skip }) => skip(missing !== null, missing ?? ''));
afterAll(async () => {
  await browser?.close();
  rmSync(project, { recursive: true, force: true });
});

/** Serves a folder, opens its page, and waits until what it shows is painted. */
async function open(root: string, outDir: string, painted: string): Promise<void> {
  writeFileSync(join(outDir, 'character.tha'), writeCharacter(smallCharacter()));
  const common = { root, configFile: false, logLevel: 'warn', appType: 'mpa', build: { outDir } } as const;
  const server = await preview({ ...common, preview: { host: '127.0.0.1', port: 0 } });
  browser ??= await launchChromium();
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(server.resolvedUrls!.local[0]!);
  await page.waitForSelector(painted, { timeout: 60_000 }).catch(async (cause) => {
    const state = await page.locator('body').evaluate(({ dataset }) => JSON.stringify(dataset));
    throw new Error(`the page painted nothing: ${state} ${problems.join('\n')}`, { cause });
  });
  await page.close();
  await server.close();
  expect(problems).toEqual([]);
}

describe('the packages, packed and installed', () => {
  test('run in a Node program', async () => {
    const folder = join(project, 'node');
    expect(JSON.parse(await runNode(folder, 'use.mjs'))).toEqual({ size: 512, alive: 45 });
    const { width, data } = decodePng(readFileSync(join(folder, 'posed.png')), 'posed.png');
    expect(width).toBe(512);
    expect(data.some((value) => value > 0)).toBe(true);
  });

  test.each(['bundler', 'nodenext'])(
    'have the types that a strict project wants, resolved by %s',
    async (resolution) => {
      await runNode(join(project, 'strict'), TSC, '-p', `tsconfig.${resolution}.json`);
    },
  );

  test('do what their READMEs and the documentation say', async () => {
    const folder = join(project, 'snippets');
    const snippets = [
      ...publishedPackages().flatMap((name) =>
        snippetsOf(name.replace('@tha4/', ''), join(project, 'node_modules', name, 'README.md')),
      ),
      ...snippetsOf('getting-started', join(ROOT, 'docs/getting-started.md')),
    ];
    for (const { file, code } of snippets) writeFileSync(join(folder, file), code);
    await runNode(folder, TSC, '-p', 'tsconfig.strict.json');
    await runNode(folder, TSC, '-p', 'tsconfig.javascript.json');

    // What the programs among them read.
    writeFileSync(join(folder, 'rin.tha'), writeCharacter(smallCharacter()));
    for (const name of ['character.png', 'face_mask.png'])
      cpSync(join(project, 'node_modules/@tha4/demo-character', name), join(folder, name));
    const programs = snippets.filter(({ runs }) => runs);
    expect(programs.map(({ file }) => file)).toEqual(['core-1.js', 'demo-character-1.js', 'teacher-1.js']);
    for (const { file } of programs) await runNode(folder, file);
  });

  test('show a character on a page that Vite builds', async () => {
    const root = join(project, 'vite');
    await runNode(root, join(project, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn');
    await open(root, join(root, 'dist'), 'body[data-element=painted][data-player="1"]');
  });

  test('show a character on a page without a bundler', async () => {
    const root = join(project, 'plain');
    // Its modules lie beside it, as on a host.
    const modules = join(root, 'node_modules/@tha4/element');
    mkdirSync(modules, { recursive: true });
    cpSync(join(project, 'node_modules/@tha4/element'), modules, { recursive: true, dereference: true });
    await open(root, root, 'body[data-element=painted]');
  });
});
