import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toFloat32 } from '@tha4/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder } from '../../test/support/folder.ts';
import { tinyFiles, writeFiles, zipOf } from '../../test/support/tiny-weights.ts';
import { readThroughCache } from './cache.ts';
import { findFiles } from './find-files.ts';
import { locateWeights } from './locate.ts';
import { rememberWeights } from './remembered.ts';
import { SYSTEM_NAMES, SYSTEMS } from './systems.ts';

beforeEach(() => {
  const folder = makeFolder();
  vi.stubEnv('THA4_CONFIG', join(folder, 'config'));
  vi.stubEnv('THA4_WEIGHTS', join(folder, 'weights'));
  vi.stubEnv('THA4_CACHE', join(folder, 'cache'));
});

describe('weights that are not there', () => {
  it.each(SYSTEM_NAMES)('of %s: three lines say what is missing, where it is, and what needs none', async (name) => {
    const error = await locateWeights(name, null).catch((error: Error) => error as Error);
    const { files, page, licence } = SYSTEMS[name];
    const lines = (error as Error).message.split('\n');
    expect(lines).toHaveLength(3);
    for (const file of files) expect(lines[0]).toContain(`${file}.pt`);
    expect(lines[1]).toContain(page);
    expect(lines[1]).toContain(licence);
    expect(lines[2]).toBe('--teacher puppet needs none.');
  });

  it('in part: says which', async () => {
    const folder = makeFolder();
    const files = tinyFiles('tha4', 'data/tha4');
    files.delete('data/tha4/upscaler.pt');
    writeFiles(folder, files);
    await expect(findFiles(SYSTEMS.tha4, folder)).rejects.toMatchObject({
      missing: ['upscaler'],
      message: expect.stringMatching(/expected the 5 files of THA4, got 4; missing: upscaler\.pt\./),
    });
    // Three networks of THA3 have the names of THA4's.
    await expect(findFiles(SYSTEMS.tha3, folder)).rejects.toMatchObject({
      missing: ['two_algo_face_body_rotator', 'editor'],
    });
  });

  it('behind a wrong name: says so', async () => {
    const folder = makeFolder();
    await expect(locateWeights('tha4', join(folder, 'none'))).rejects.toThrow(/none, which is not there/);
    writeFileSync(join(folder, 'x.txt'), 'text');
    await expect(locateWeights('tha4', join(folder, 'x.txt'))).rejects.toThrow(/expected a folder or a zip/);
    writeFiles(folder, tinyFiles('tha4', ''));
    await expect(locateWeights('tha4', join(folder, 'upscaler.pt'))).rejects.toThrow(
      /got a single \.pt; name its folder/,
    );
  });
});

describe('weights that are there', () => {
  it('are found in folders of the original, and each family in its own', async () => {
    const folder = makeFolder();
    const families = ['separable_half', 'standard_half', 'separable_float', 'standard_float'];
    families.forEach((family, index) => {
      writeFiles(folder, tinyFiles('tha3', `data/models/${family}`, 10 * index));
    });
    const standard = await findFiles(SYSTEMS.tha3, folder);
    expect(standard.map(({ where }) => where)).toEqual(
      SYSTEMS.tha3.files.map((name) => join(folder, 'data', 'models', 'standard_float', `${name}.pt`)),
    );
    const separable = await findFiles(SYSTEMS['tha3-separable'], folder);
    expect(separable[0]!.where).toContain('separable_float');
    rmSync(join(folder, 'data', 'models', 'standard_float'), { recursive: true });
    expect((await findFiles(SYSTEMS.tha3, folder))[0]!.where).toContain('standard_half');
  });

  it('are found in a zip, and read the same', async () => {
    const folder = makeFolder();
    const path = join(folder, 'tha4 models.zip');
    writeFileSync(path, zipOf(tinyFiles('tha4', 'tha4')));
    const files = await findFiles(SYSTEMS.tha4, path);
    const { checkpoint } = await readThroughCache(files[4]!);
    expect([...toFloat32(checkpoint.get('weight')!, 'test')]).toEqual([4]);
  });

  it('are remembered', async () => {
    const folder = makeFolder();
    writeFiles(folder, tinyFiles('tha4', ''));
    expect(await rememberWeights('tha4', folder)).toBe(true);
    expect(await rememberWeights('tha4', folder)).toBe(false);
    expect((await locateWeights('tha4', null)).path).toBe(folder);
    await expect(locateWeights('tha3', null)).rejects.toThrow(/needs the THA3 weights/);
  });
});

describe('the cache', () => {
  it('converts a file once, and again when the file or the cache has changed', async () => {
    const folder = makeFolder();
    writeFiles(folder, tinyFiles('tha4', ''));
    const read = async (): Promise<readonly [value: number, isCached: boolean]> => {
      const file = (await findFiles(SYSTEMS.tha4, folder))[2]!;
      const { checkpoint, isCached } = await readThroughCache(file);
      return [toFloat32(checkpoint.get('weight')!, 'test')[0]!, isCached];
    };
    expect(await read()).toEqual([2, false]);
    expect(await read()).toEqual([2, true]);

    writeFileSync(join(folder, 'face_morpher.pt'), tinyFiles('tha4', '', 50).get('face_morpher.pt')!);
    utimesSync(join(folder, 'face_morpher.pt'), 1, 1);
    expect(await read()).toEqual([52, false]);
    expect(await read()).toEqual([52, true]);

    const cache = join(process.env.THA4_CACHE!, 'weights');
    for (const name of readdirSync(cache).filter((each) => each.endsWith('.safetensors'))) {
      writeFileSync(join(cache, name), readFileSync(join(cache, name)).subarray(0, 20));
    }
    expect(await read()).toEqual([52, false]);
    expect(await read()).toEqual([52, true]);
  });

  it('is not needed', async () => {
    const folder = makeFolder();
    writeFiles(folder, tinyFiles('tha4', ''));
    writeFileSync(join(folder, 'a file'), '');
    vi.stubEnv('THA4_CACHE', join(folder, 'a file'));
    const { isCached } = await readThroughCache((await findFiles(SYSTEMS.tha4, folder))[0]!);
    expect(isCached).toBe(false);
  });
});
