import { EMOTIONS, type ThaCharacter } from '../../../src/index.ts';
import { stages } from '../../../src/stage/stages.ts';

/** What the page tells of an element. */
interface Seen {
  readonly frames: number;
  readonly errors: readonly string[];
  readonly ready: { readonly name: string | null; readonly runtime: string } | null;
}

const seen = new Map<Element, { frames: number; errors: string[]; ready: Seen['ready'] }>();

const harness = {
  emotions: Object.keys(EMOTIONS),

  /** Adds an element. @returns its number */
  add(attributes: Readonly<Record<string, string>>): number {
    const element = document.createElement('tha-character');
    const notes: { frames: number; errors: string[]; ready: Seen['ready'] } = { frames: 0, errors: [], ready: null };
    seen.set(element, notes);
    element.addEventListener('ready', (event) => {
      notes.ready = (event as CustomEvent<NonNullable<Seen['ready']>>).detail;
    });
    element.addEventListener('frame', () => notes.frames++);
    element.addEventListener('error', (event) => {
      event.preventDefault();
      notes.errors.push((event as unknown as CustomEvent<{ error: Error }>).detail.error.message);
    });
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
    return countElements() - 1;
  },
  see: (index: number): Seen => seen.get(at(index))!,
  removeAll(): void {
    for (const element of document.querySelectorAll('tha-character')) element.remove();
  },
  call(index: number, method: 'pause' | 'resume' | 'destroy' | 'stop'): void {
    at(index)[method]();
  },
  set(index: number, name: string, value: string): void {
    at(index).setAttribute(name, value);
  },
  setPose(index: number, pose: Record<string, number> | null): void {
    at(index).pose = pose;
  },
  lookAt(index: number, x?: number, y?: number): void {
    at(index).lookAt(x, y);
  },
  play: (index: number, pose: string, duration: number): Promise<void> =>
    at(index).play({ frames: [{ at: 0, pose }], duration }),

  /** A made-up vowel for some time: a buzz through two formants. */
  async speak(index: number, milliseconds: number): Promise<void> {
    const context = new AudioContext();
    const buzz = new OscillatorNode(context, { type: 'sawtooth', frequency: 140 });
    const [first, second] = [700, 1200].map(
      (frequency) => new BiquadFilterNode(context, { type: 'bandpass', frequency, Q: 6 }),
    );
    const sum = new GainNode(context, { gain: 2 });
    for (const filter of [first!, second!]) buzz.connect(filter).connect(sum);
    buzz.start();
    const spoken = at(index).speak(sum);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await at(index).speak(null);
    await spoken;
    await context.close();
  },

  async snapshot(index: number): Promise<{ type: string; size: number; pixels: number[] }> {
    const blob = await at(index).snapshot();
    const bitmap = await createImageBitmap(blob);
    return { type: blob.type, size: bitmap.width, pixels: pixelsOf(bitmap) };
  },
  /** What can be seen now. */
  pixels: (index: number): number[] => pixelsOf(at(index).shadowRoot!.querySelector('canvas')!),
  count: () =>
    Promise.all(stages().map(async ({ stage, queue }) => ({ ...(await stage.counts()), turns: queue.size }))),

  /** Puts elements on the page and takes them away again. */
  async churn(rounds: number, attributes: Readonly<Record<string, string>>): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      const elements = Array.from({ length: 12 }, () => {
        const element = document.createElement('tha-character');
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.addEventListener('error', (event) => console.error('churn', event));
        return element;
      });
      document.body.append(...elements);
      if (round % 3 === 0)
        await new Promise((resolve) => elements[0]!.addEventListener('ready', resolve, { once: true }));
      else await new Promise((resolve) => setTimeout(resolve));
      if (round % 2 === 0) for (const element of elements) element.destroy();
      for (const element of elements) element.remove();
    }
  },
};

function countElements(): number {
  return document.querySelectorAll('tha-character').length;
}

function at(index: number): ThaCharacter {
  return document.querySelectorAll('tha-character')[index]!;
}

function pixelsOf(source: ImageBitmap | HTMLCanvasElement): number[] {
  const canvas = new OffscreenCanvas(source.width, source.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(source, 0, 0);
  return [...context.getImageData(0, 0, source.width, source.height).data];
}

export type Harness = typeof harness;
Object.assign(window, { harness });
