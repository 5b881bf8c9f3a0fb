import type { PartialPose } from './emotions/emotions.ts';
import { type CharacterEvents, characterEvent } from './events.ts';
import { type Clip, readClip } from './motion/clip.ts';
import { Life } from './motion/life.ts';
import { Mixer } from './motion/mixer.ts';
import { readPose } from './motion/read-pose.ts';
import { Actor } from './stage/actor.ts';
import type { PaintedFrame, RuntimeChoice } from './stage/protocol.ts';
import { elementStyle } from './style.ts';
import { Voice, type VoiceSource } from './voice/voice.ts';

const RUNTIMES: readonly RuntimeChoice[] = ['auto', 'webgpu', 'webgl', 'wasm'];
/** Where the face is in the picture, shares of its side. */
const FACE = { x: 0.5, y: 0.28 } as const;

let style: CSSStyleSheet | null = null;

/** Where there is no page, e.g. while a server renders, the module can be loaded all the same. */
const PageElement: typeof HTMLElement = globalThis.HTMLElement ?? class {};

/**
 * A living character: `<tha-character src="rin.tha"></tha-character>`.
 *
 * Attributes, each a property of the same name: `src` (address of a character), `runtime` (auto, webgpu, webgl, wasm),
 * `idle` (`none`: it does not move by itself), `expression` (one of `EMOTIONS`), `pose` (JSON of parameters or of 45
 * numbers; over the expression), `alt` (what screen readers say; the character's name where it is not given).
 * It sleeps while it is off the screen, and keeps still for people who ask for reduced motion.
 */
export class ThaCharacter extends PageElement {
  static readonly observedAttributes: readonly string[] = ['src', 'runtime', 'idle', 'expression', 'pose', 'alt'];
  readonly #internals = this.attachInternals();
  readonly #canvas = document.createElement('canvas');
  readonly #life = new Life();
  readonly #mixer = new Mixer((seconds) => this.#life.pose(seconds));
  readonly #sight = new IntersectionObserver((entries) => this.#see(entries.at(-1)!.isIntersecting));
  readonly #lessMotion = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #followMotion = (): void => this.#applyMotion();
  #actor: Actor | null = null;
  #voice: Voice | null = null;
  #name: string | null = null;
  #pose: PartialPose | ArrayLike<number> | null = null;
  #inSight = false;
  #paused = false;
  #ready = false;
  #reloading = false;
  #destroyed = false;

  constructor() {
    super();
    style ??= elementStyle();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    this.#canvas.part.add('canvas');
    root.append(this.#canvas);
    this.#internals.role = 'img';
  }

  get src(): string {
    return this.getAttribute('src') ?? '';
  }
  set src(address: string) {
    this.setAttribute('src', address);
  }
  get runtime(): RuntimeChoice {
    const name = this.getAttribute('runtime') as RuntimeChoice;
    return RUNTIMES.includes(name) ? name : 'auto';
  }
  set runtime(name: RuntimeChoice) {
    this.setAttribute('runtime', name);
  }
  get idle(): string {
    return this.getAttribute('idle') ?? '';
  }
  set idle(idle: string) {
    this.setAttribute('idle', idle);
  }
  get expression(): string {
    return this.getAttribute('expression') ?? '';
  }
  set expression(name: string) {
    this.setAttribute('expression', name);
  }
  get alt(): string {
    return this.getAttribute('alt') ?? '';
  }
  set alt(text: string) {
    this.setAttribute('alt', text);
  }
  /** The pose that is set over the expression: what was set last, by property or attribute; `null` for none. */
  get pose(): string | PartialPose | ArrayLike<number> | null {
    return this.#pose ?? this.getAttribute('pose');
  }
  /** Numbers may come at every frame: they do not pass through the attribute. */
  set pose(pose: string | PartialPose | ArrayLike<number> | null) {
    if (typeof pose === 'string') this.setAttribute('pose', pose);
    else {
      this.removeAttribute('pose');
      this.#pose = pose;
      this.#applyPose();
    }
  }
  /** Whether `pause` was called. */
  get paused(): boolean {
    return this.#paused;
  }
  /** Whether its first frame can be seen. */
  get ready(): boolean {
    return this.#ready;
  }

  connectedCallback(): void {
    if (this.#destroyed) return;
    this.#sight.observe(this);
    this.#lessMotion.addEventListener('change', this.#followMotion);
    this.#applyMotion();
    this.#reload();
  }

  disconnectedCallback(): void {
    this.#sight.disconnect();
    this.#lessMotion.removeEventListener('change', this.#followMotion);
    this.#inSight = false;
    this.#actor?.setAwake(false);
    // An element that is moved comes back at once.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || this.#destroyed) return;
    if (name === 'src' || name === 'runtime') this.#leave();
    if (name === 'alt') this.#describe();
    else if (name === 'idle') this.#applyMotion();
    else if (name === 'expression') this.#applyPose();
    else if (name === 'pose') {
      this.#pose = null;
      this.#applyPose();
    }
    if (this.isConnected) this.#reload();
  }

  /**
   * Looks at a place of the window, e.g. the pointer's, in CSS pixels; without a place it looks ahead again.
   * @throws {TypeError} when only one of both is a number
   */
  lookAt(x?: number, y?: number): void {
    if (x === undefined && y === undefined) {
      this.#mixer.lookAt(null);
      return;
    }
    if (!Number.isFinite(x) || !Number.isFinite(y)) throw new TypeError(`lookAt: expected two numbers, got ${x}, ${y}`);
    const { left, top, width, height } = this.getBoundingClientRect();
    const toward = (distance: number): number => Math.max(-1, Math.min(1, distance));
    this.#mixer.lookAt([
      toward((x! - left - FACE.x * width) / Math.max(1, width)),
      toward((y! - top - FACE.y * height) / Math.max(1, height)),
    ]);
  }

  /**
   * Shapes its mouth by a voice: a stream (a microphone's, a call's, an `<audio>`'s `captureStream()`) or a node of an
   * AudioContext; `null` ends it. What is heard is the page's affair. Settles when the sound is over or another takes
   * its place.
   */
  async speak(source: VoiceSource | null): Promise<void> {
    this.#voice?.end();
    this.#voice = null;
    this.#life.speak(null);
    if (source === null) return;
    const voice = new Voice(source);
    this.#voice = voice;
    await voice.ended;
    if (this.#voice === voice) await this.speak(null);
  }

  /** Plays a clip in place of the expression. Settles when it is over, or something else plays. @throws {TypeError | RangeError} */
  play(clip: Clip): Promise<void> {
    const read = readClip(clip);
    return new Promise((done) => this.#mixer.play(read, done));
  }

  /** Ends the clip that plays. */
  stop(): void {
    this.#mixer.stop();
  }

  /** Keeps it as it is, at no cost. */
  pause(): void {
    this.#paused = true;
    this.#wake();
  }

  /** Goes on after `pause`. */
  resume(): void {
    this.#paused = false;
    this.#wake();
  }

  /** What it shows, painted exactly: a PNG with straight alpha. @throws {Error} before it is ready */
  async snapshot(): Promise<Blob> {
    if (this.#actor === null) throw new Error('snapshot: expected an open character, got none; set src first');
    return this.#actor.png();
  }

  /** Frees everything. The element stays empty. */
  destroy(): void {
    this.#destroyed = true;
    this.#sight.disconnect();
    this.#lessMotion.removeEventListener('change', this.#followMotion);
    this.#leave();
    void this.speak(null);
    this.#mixer.stop();
    this.#canvas.width = 0;
  }

  /** Opens the character when all attributes of this moment are known. */
  #reload(): void {
    if (this.#reloading || this.#actor !== null) return;
    this.#reloading = true;
    queueMicrotask(() => {
      this.#reloading = false;
      if (this.#destroyed || !this.isConnected || this.#actor !== null || this.src === '') return;
      this.#actor = new Actor(this.runtime, (seconds) => this.#step(seconds), {
        onOpen: ({ name, size, resting }) => {
          this.#name = name;
          this.#describe();
          this.#show(resting, size);
        },
        onFrame: (frame) => this.#take(frame),
        onError: (error) => this.#fail(error),
      });
      this.#wake();
      void this.#actor.open(new URL(this.src, document.baseURI).href);
    });
  }

  #step(seconds: number): Float32Array {
    if (this.#voice !== null) this.#life.speak(this.#voice.sample(seconds * 1000));
    return this.#mixer.step(seconds);
  }

  #leave(): void {
    this.#actor?.end();
    this.#actor = null;
    this.#ready = false;
  }

  #see(inSight: boolean): void {
    this.#inSight = inSight;
    this.#wake();
  }

  #wake(): void {
    this.#actor?.setAwake(this.#inSight && !this.#paused);
  }

  #take({ bitmap, ms, quality, runtime }: PaintedFrame): void {
    this.#show(bitmap, bitmap.width);
    if (!this.#ready) {
      this.#ready = true;
      this.dispatchEvent(characterEvent('ready', { name: this.#name, runtime }));
    }
    this.dispatchEvent(characterEvent('frame', { ms, quality }));
  }

  #show(bitmap: ImageBitmap, size: number): void {
    if (this.#canvas.width !== size) this.#canvas.width = this.#canvas.height = size;
    this.#canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(bitmap);
  }

  #fail(error: Error): void {
    if (this.dispatchEvent(characterEvent('error', { error }))) console.error(error.message);
  }

  #describe(): void {
    this.#internals.ariaLabel = this.alt || this.#name || 'an animated character';
  }

  #applyMotion(): void {
    const still = this.#lessMotion.matches;
    this.#mixer.still = still;
    this.#life.setIdle(!still && this.idle !== 'none');
  }

  #applyPose(): void {
    try {
      const { pose } = this;
      this.#mixer.setBase(pose === null ? readPose(this.expression, 'expression') : readPose(pose, 'pose'));
    } catch (error) {
      this.#fail(error as Error);
    }
  }
}

/** Events with their details, for `addEventListener` of typed code. */
export type ThaCharacterEventMap = { [K in keyof CharacterEvents]: CustomEvent<CharacterEvents[K]> };
