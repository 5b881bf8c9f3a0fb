// `pnpm quickstart [CHARACTER]`: build the page, prove that the character paints, then show it.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { ROOT, run, runTha4, runTurbo, USER_FOLDER } from './run.ts';

const PAGE = resolve(ROOT, 'apps/web-manual');

async function quickstart(given: string | undefined): Promise<number> {
  const character = given === undefined ? null : resolve(USER_FOLDER, given);
  if (character !== null && !existsSync(character)) {
    console.error(
      `quickstart: expected a character's file or folder, got '${given}', which is not there; check the path`,
    );
    return 1;
  }
  console.log('quickstart: building the page');
  const built = await runTurbo(['run', 'build', '--filter=web-manual...', '--output-logs=errors-only']);
  if (built !== 0) return built;

  if (character === null) {
    console.log('quickstart: no character given, so there is no proof picture; the page says how to open one');
    console.log('            (give one as the argument: npx -y pnpm@10 quickstart path/to/character)');
  } else {
    const proof = resolve(ROOT, 'out', `${basename(character).replace(/\.\w+$/, '')}-proof.png`);
    await mkdir(resolve(ROOT, 'out'), { recursive: true });
    const painted = await runTha4(['pose', character, '--pose', 'smile', '--out', proof], USER_FOLDER);
    if (painted !== 0) return painted;
    console.log(`quickstart: the proof picture is ${relative(USER_FOLDER, proof)}`);
  }

  if (process.env.CI === 'true') {
    console.log('quickstart: CI=true, so the page is not served');
    return 0;
  }
  console.log('quickstart: serving the page; Ctrl-C ends it');
  const env = character === null ? {} : { THA4_CHARACTER: character };
  return run(process.execPath, [resolve(PAGE, 'node_modules/vite/bin/vite.js'), 'preview', '--open'], {
    cwd: PAGE,
    env,
  });
}

process.exitCode = await quickstart(process.argv[2]);
