import { CharacterError, originalParts, writeCharacter } from '@tha4/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { smallCharacter } from '../../../core/test/small-character.ts';
import { fetchCharacter } from './fetch-character.ts';

const character = smallCharacter();

/** Serves files below https://host/rin/; anything else is not found. @returns the names that were asked for */
function serve(files: ReadonlyMap<string, Uint8Array>, missing: () => Response = notFound): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: URL) => {
    const name = address.href.replace('https://host/rin/', '');
    asked.push(name);
    const bytes = files.get(name);
    return bytes === undefined ? missing() : new Response(bytes.slice());
  });
  return asked;
}

const notFound = (): Response => new Response('none', { status: 404 });
const page = (): Response =>
  new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } });

describe('fetchCharacter', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('reads a .tha', async () => {
    serve(new Map([['rin.tha', writeCharacter(character)]]));
    expect((await fetchCharacter('https://host/rin/rin.tha')).manifest.name).toBe('Small One');
  });

  it("takes what may lie beside an original's files", async () => {
    serve(originalParts(character));
    const { manifest, faceMaskPng } = await fetchCharacter('https://host/rin/');
    expect(manifest.name).toBe('Small One');
    expect(manifest.provenance).toEqual(character.manifest.provenance);
    expect(faceMaskPng).toEqual(character.faceMaskPng);
  });

  it.each([
    ['404', notFound],
    ['a page', page],
  ])('gets along without it, where the host answers with %s', async (_, missing) => {
    const parts = new Map(originalParts(character));
    parts.delete('face_mask.png');
    const asked = serve(parts, missing);
    const { manifest, faceMaskPng } = await fetchCharacter('https://host/rin/character_model.yaml');
    expect([manifest.name, faceMaskPng]).toEqual(['Small One', null]);
    expect(asked).toContain('face_mask.png');
  });

  it('says which file is missing', async () => {
    const parts = new Map(originalParts(character));
    parts.delete('body_morpher.pt');
    serve(parts);
    const attempt = fetchCharacter('https://host/rin/character_model.yaml');
    await expect(attempt).rejects.toThrow(CharacterError);
    await expect(attempt).rejects.toThrow(/GET https:\/\/host\/rin\/body_morpher\.pt: .*HTTP 404/);
  });
});
