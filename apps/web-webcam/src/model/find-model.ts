import { MODEL_FILE, modelProblem } from './model-file.ts';

/** The browser's own store for files; what it keeps is here without a network. */
const CACHE = 'tha4-models';
/** Not an address that is ever fetched: the name under which the cache keeps the file. */
const KEY = `/${MODEL_FILE.sha256}/${MODEL_FILE.name}`;

/** Looks for the model where it may be already: the browser's store, then `models/` beside the page. */
export async function findModel(page: URL): Promise<Uint8Array<ArrayBuffer> | null> {
  const kept = await (await openCache())?.match(new URL(KEY, page));
  if (kept !== undefined) {
    const bytes = await bytesOf(kept);
    if ((await modelProblem(bytes)) === null) return bytes;
  }
  const beside = await fetch(new URL(`models/${MODEL_FILE.name}`, page)).catch(() => null);
  if (!beside?.ok) return null;
  const bytes = await bytesOf(beside);
  return (await modelProblem(bytes)) === null ? bytes : null;
}

/** Fetches the model from its publisher, after the person has agreed to it. @throws {Error} in words for a person */
export async function downloadModel(): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(MODEL_FILE.url).catch(() => null);
  if (response === null) {
    throw new Error(`${MODEL_FILE.publisher} could not be reached; check the network, or choose the file`);
  }
  if (!response.ok) throw new Error(`${MODEL_FILE.publisher} answered ${response.status}; choose the file instead`);
  return checked(await bytesOf(response));
}

/** Takes the model from a file that the person chose. @throws {Error} in words for a person */
export async function chosenModel(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return checked(new Uint8Array(await file.arrayBuffer()), file.name);
}

/** Keeps the model in the browser's store, where that is allowed. */
export async function keepModel(page: URL, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await (await openCache())?.put(new URL(KEY, page), new Response(bytes)).catch(() => undefined);
}

async function checked(
  bytes: Uint8Array<ArrayBuffer>,
  name: string = MODEL_FILE.name,
): Promise<Uint8Array<ArrayBuffer>> {
  const problem = await modelProblem(bytes);
  if (problem === null) return bytes;
  throw new Error(`${name} is not the model: ${problem}`);
}

async function openCache(): Promise<Cache | null> {
  return caches.open(CACHE).catch(() => null); // storage can be forbidden; the page works without it
}

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await response.arrayBuffer());
}
