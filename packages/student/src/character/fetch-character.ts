import { type Character, CharacterError } from '@tha4/core';
import { readArchive, readParts } from './read-parts.ts';

const ENTRIES = ['character.json', 'character_model.yaml', 'face_morpher.json'];

/**
 * Fetches a character: a `.tha` or zip, an entry file (`character.json`, `character_model.yaml`,
 * `face_morpher.json`) with what it names or may have beside it, or a folder (address ending in `/`) that holds one.
 *
 * @throws {CharacterError} when something cannot be fetched; what the readers throw when it is not a character
 */
export async function fetchCharacter(url: string | URL, signal?: AbortSignal): Promise<Character> {
  const address = new URL(url, globalThis.location?.href);
  const entry = address.pathname.slice(address.pathname.lastIndexOf('/') + 1);
  if (entry === '') return fetchFolder(address, signal);
  const bytes = await fetchBytes(address, signal);
  if (!/\.(json|ya?ml)$/i.test(entry)) return readArchive(bytes, entry);
  return fetchParts(address, entry, bytes, signal);
}

async function fetchFolder(folder: URL, signal: AbortSignal | undefined): Promise<Character> {
  const failures: string[] = [];
  for (const entry of ENTRIES) {
    const address = new URL(entry, folder);
    const response = await request(address, signal);
    if (response.ok) {
      return fetchParts(address, entry, new Uint8Array(await response.arrayBuffer()), signal);
    }
    failures.push(`${entry}: HTTP ${response.status}`);
  }
  throw new CharacterError(
    `${folder.href}: expected a character's folder, got ${failures.join(', ')}; check the address`,
  );
}

async function fetchParts(
  address: URL,
  entry: string,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<Character> {
  const { companionFiles, OPTIONAL_COMPANIONS } = await import('./other-forms.ts');
  const where = address.href;
  const parts = new Map([[entry, bytes]]);
  const queue = companionFiles(entry, bytes, where);
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (parts.has(name)) continue;
    const companion = await fetchBytes(new URL(name, address), signal);
    parts.set(name, companion);
    if (/_morpher\.json$/.test(name)) queue.push(...companionFiles(name, companion, where));
  }
  // A character.json names all it has; other programs' folders may hold more than they name.
  if (entry !== 'character.json') {
    for (const name of OPTIONAL_COMPANIONS) {
      const companion = parts.has(name) ? null : await fetchIfThere(new URL(name, address), signal);
      if (companion !== null) parts.set(name, companion);
    }
  }
  return readParts(parts, where);
}

/** @returns `null` where there is no such file, or a page that says so */
async function fetchIfThere(address: URL, signal: AbortSignal | undefined): Promise<Uint8Array | null> {
  const response = await request(address, signal);
  // Some hosts answer every unknown address with a page of theirs.
  if (!response.ok || response.headers.get('content-type')?.startsWith('text/html')) return null;
  return new Uint8Array(await response.arrayBuffer());
}

async function fetchBytes(address: URL, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const response = await request(address, signal);
  if (!response.ok) {
    throw new CharacterError(`GET ${address.href}: expected the file, got HTTP ${response.status}; check the address`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function request(address: URL, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(address, { signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new CharacterError(
      `GET ${address.href}: expected an answer, got none; is the host up, and does it allow other pages (CORS)?`,
      { cause },
    );
  }
}
