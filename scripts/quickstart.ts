// `pnpm quickstart [PICTURE | CHARACTER]`: distil the demo character or a picture, or take a character that is there;
// prove that it paints, then show it in the page.
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { ROOT, run, runTha4, runTurbo, USER_FOLDER } from './run.ts';

const PAGE = resolve(ROOT, 'apps/web-manual');
const OUT = resolve(ROOT, 'out');
/** What a first try may take: with the page built around it, under eight minutes on two cores. */
const DRAFT_TIME = '6m';

async function quickstart(given: string | undefined): Promise<number> {
  const path = given === undefined ? null : resolve(USER_FOLDER, given);
  if (path !== null && !existsSync(path)) {
    console.error(
      `quickstart: expected a picture, or a character's file or folder, got '${given}', which is not there; check the path`,
    );
    return 1;
  }
  console.log('quickstart: building the page');
  const built = await runTurbo(['run', 'build', '--filter=web-manual...', '--output-logs=errors-only']);
  if (built !== 0) return built;

  const isPicture = path === null || /\.png$/i.test(path);
  const name = stem(path ?? 'Aurelia');
  if (isPicture) {
    console.log(
      `quickstart: distilling ${path === null ? 'the demo character' : given} as a draft; this takes minutes,`,
    );
    console.log('            Ctrl-C saves, and the same command goes on or takes what is finished');
    const distilled = await runTha4(
      [
        'distill',
        ...(path === null ? [] : [path]),
        '--recipe',
        'draft',
        '--time',
        DRAFT_TIME,
        '--out',
        join(OUT, name),
      ],
      USER_FOLDER,
    );
    if (distilled !== 0) return distilled;
  }
  const character = isPicture ? await characterIn(join(OUT, name)) : path;
  const proof = resolve(OUT, `${name}-proof.png`);
  await mkdir(OUT, { recursive: true });
  const painted = await runTha4(['pose', character, '--pose', 'smile', '--out', proof], USER_FOLDER);
  if (painted !== 0) return painted;
  console.log(`quickstart: the proof picture is ${relative(USER_FOLDER, proof)}`);

  if (process.env.CI === 'true') {
    console.log('quickstart: CI=true, so the page is not served');
    return 0;
  }
  console.log('quickstart: serving the page; Ctrl-C ends it');
  return run(process.execPath, [resolve(PAGE, 'node_modules/vite/bin/vite.js'), 'preview', '--open'], {
    cwd: PAGE,
    env: { THA4_CHARACTER: character },
  });
}

/** The character that was distilled into a folder. */
async function characterIn(folder: string): Promise<string> {
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.tha'));
  if (file === undefined) throw new Error(`quickstart: expected a .tha in ${folder}, got none`);
  return join(folder, file);
}

function stem(path: string): string {
  return basename(path).replace(/\.\w+$/, '');
}

process.exitCode = await quickstart(process.argv[2]);
