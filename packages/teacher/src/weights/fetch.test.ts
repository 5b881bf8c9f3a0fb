import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CheckpointError } from '@tha4/core';
import { seededRandom } from '@tha4/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { type ArchiveServer, archiveServer } from '../../test/support/archive-server.ts';
import { makeFolder } from '../../test/support/folder.ts';
import { tinyFiles, zipOf } from '../../test/support/tiny-weights.ts';
import { fetchWeights } from './fetch.ts';
import { SYSTEMS } from './systems.ts';

const FILES = tinyFiles('tha4', 'tha4');
// What makes it long enough to break.
const next = seededRandom(1);
const ARCHIVE = zipOf(new Map([...FILES, ['tha4/notes.bin', Uint8Array.from({ length: 400_000 }, next)]]));

let server: ArchiveServer | null = null;
afterEach(() => server?.close());

async function fetchFrom(
  archive: Uint8Array,
  folder: string,
  change: Partial<ArchiveServer> = {},
  check: (folder: string) => Promise<void> = async () => {},
): Promise<{ notes: string[]; progress: (number | null)[][] }> {
  server = await archiveServer(archive);
  Object.assign(server, change);
  const notes: string[] = [];
  const progress: (number | null)[][] = [];
  const events = {
    note: (line: string) => void notes.push(line),
    progress: (done: number, total: number | null) => void progress.push([done, total]),
  };
  await fetchWeights(SYSTEMS.tha4, { url: server.url, folder, check }, events);
  return { notes, progress };
}

describe('fetching weights', () => {
  it('puts the files in place once they were checked, and writes their checksums', async () => {
    const folder = makeFolder();
    let seen: string[] = [];
    const { progress } = await fetchFrom(ARCHIVE, folder, {}, async (unpacked) => {
      seen = readdirSync(join(unpacked, 'tha4')).sort();
      expect(existsSync(join(folder, 'tha4'))).toBe(false);
    });
    expect(seen).toEqual([...FILES.keys()].map((name) => name.slice(5)).sort());
    for (const [name, bytes] of FILES) expect(readFileSync(join(folder, name))).toEqual(Buffer.from(bytes));
    expect(progress.at(-1)).toEqual([ARCHIVE.length, ARCHIVE.length]);
    expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toMatch(/^([0-9a-f]{64} {2}tha4\/\w+\.pt\n){5}$/);
    expect(readdirSync(folder).sort()).toEqual(['SHA256SUMS', 'tha4']);
  });

  it('goes on where the connection broke, and asks for the rest only', async () => {
    const folder = makeFolder();
    const { notes } = await fetchFrom(ARCHIVE, folder, { breakAfter: 150_000 });
    const [first, second] = server!.requests;
    expect(first).toBeNull();
    expect(Number(/^bytes=(\d+)-$/.exec(second!)![1])).toBeGreaterThan(0);
    expect(notes).toEqual(['Going on at 0 MB.']);
    for (const [name, bytes] of FILES) expect(readFileSync(join(folder, name))).toEqual(Buffer.from(bytes));
  });

  it('begins afresh where the file has changed since, or nothing tells whether it has', async () => {
    for (const etag of ['"two"', null]) {
      const folder = makeFolder();
      const broken = await archiveServer(ARCHIVE.map((byte) => byte ^ 255));
      broken.breakAfter = 100_000;
      broken.etag = etag === null ? null : '"one"';
      const control = new AbortController();
      const noted = { progress: () => setTimeout(() => control.abort(), 5), note: () => {} };
      const options = { url: broken.url, folder, check: async () => {} };
      await expect(fetchWeights(SYSTEMS.tha4, options, noted, control.signal)).rejects.toThrow();
      await broken.close();
      expect(readdirSync(folder)).toContain('archive.zip.part');
      await fetchFrom(ARCHIVE, folder, { etag });
      await server!.close();
      for (const [name, bytes] of FILES) expect(readFileSync(join(folder, name))).toEqual(Buffer.from(bytes));
    }
  });

  it('says so where a web page comes instead', async () => {
    const page = fetchFrom(ARCHIVE, makeFolder(), { isPage: true });
    await expect(page).rejects.toThrow(/expected a zip, got a web page; open it in a browser/);
  });

  it('leaves nothing in place of a damaged archive, or one of something else', async () => {
    const folder = makeFolder();
    const damaged = ARCHIVE.slice();
    damaged[200]! ^= 1;
    await expect(fetchFrom(damaged, folder)).rejects.toThrow(/CRC-32/);
    await server!.close();
    const refuse = async (): Promise<void> => {
      throw new CheckpointError('not these');
    };
    await expect(fetchFrom(ARCHIVE, folder, {}, refuse)).rejects.toThrow(/not these/);
    await server!.close();
    await expect(
      fetchFrom(zipOf(tinyFiles('tha4', 'tha4').set('x', new Uint8Array(4))), folder),
    ).resolves.toBeDefined();
    await server!.close();
    const other = makeFolder();
    await expect(fetchFrom(zipOf(new Map([['readme.txt', new Uint8Array(4)]])), other)).rejects.toThrow(
      /got none of them/,
    );
    expect(readdirSync(other)).toEqual([]);
  });

  it('writes no file outside of its folder', async () => {
    const folder = makeFolder();
    const evil = [...FILES][0]![1];
    await fetchFrom(zipOf(new Map([...FILES, ['../upscaler.pt', evil], ['a/../../face_morpher.pt', evil]])), folder);
    expect(readdirSync(join(folder, '..'))).not.toContain('upscaler.pt');
    expect(readdirSync(folder).sort()).toEqual(['SHA256SUMS', 'tha4']);
  });
});
