import { decodeOsc } from '../osc/decode-osc.ts';
import type { OscMessage } from '../osc/osc.ts';
import { type Parsed, parsed, refused } from '../parsed.ts';
import type { FacePart, FaceSample, Gaze } from '../sample/face-sample.ts';
import { multiply, type Quaternion, rotationOfUnity } from './rotation.ts';
import { meaningOf, shapesOfNames } from './vmc-shapes.ts';

/** UDP port of a program that draws a character. */
export const VMC_PORT = 39539;

/** Bones from the waist to the head: senders share a head's turn among them. */
const CHAIN = ['spine', 'chest', 'upperchest', 'neck', 'head'] as const;

const EYES = ['lefteye', 'righteye'] as const;

type Bone = (typeof CHAIN)[number] | (typeof EYES)[number];

const NOT_TURNED: Quaternion = { x: 0, y: 0, z: 0, w: 1 };

/**
 * Follows a VMC sender: blendshapes are staged until `Apply`, bones count at once, and a frame may come in several
 * packets. Reads what a face needs and passes over the rest; what it keeps is bounded by the names it knows.
 *
 * Source: the VMC protocol's specification, https://protocol.vmc.info/english, marionette's side.
 */
export class VmcReader {
  readonly #staged = new Map<string, number>();
  #applied: ReadonlyMap<string, number> = new Map();
  readonly #bones = new Map<Bone, Quaternion>();
  /** Whether anything that poses a head has come. */
  #hasHead = false;

  /**
   * Takes a packet.
   *
   * @returns the face after it; `null` where it changed nothing of a face (a time, an arm, blendshapes not yet applied)
   */
  read(bytes: Uint8Array, timeMs: number): Parsed<FaceSample | null> {
    const packet = decodeOsc(bytes);
    if (!packet.ok) return refused(packet.reason);
    let known = false;
    let changed = false;
    for (const message of packet.value) {
      known ||= message.address.startsWith('/VMC/');
      if (this.#take(message)) changed = true;
    }
    if (!known) return refused('VMC: expected addresses that begin with /VMC/');
    return parsed(changed ? this.#sample(timeMs) : null);
  }

  /** @returns whether the face is another one now */
  #take({ address, args }: OscMessage): boolean {
    if (address === '/VMC/Ext/Blend/Val') {
      const [name, value] = args;
      if (typeof name === 'string' && typeof value === 'number' && Number.isFinite(value) && meaningOf(name) !== null) {
        this.#staged.set(name.toLowerCase(), value);
      }
      return false;
    }
    if (address === '/VMC/Ext/Blend/Apply') {
      this.#applied = new Map([...this.#applied, ...this.#staged]);
      this.#staged.clear();
      return this.#applied.size > 0;
    }
    return address === '/VMC/Ext/Bone/Pos' && this.#takeBone(args);
  }

  #takeBone([name, ...numbers]: OscMessage['args']): boolean {
    const bone = typeof name === 'string' && name.length < 16 ? (name.toLowerCase() as Bone) : null;
    const isHead = (CHAIN as readonly unknown[]).includes(bone);
    if (bone === null || !(isHead || (EYES as readonly unknown[]).includes(bone))) return false;
    const [x, y, z, w] = numbers.slice(3, 7) as number[];
    const length = Math.hypot(x ?? Number.NaN, y ?? Number.NaN, z ?? Number.NaN, w ?? Number.NaN);
    if (!(length > 1e-3 && length < 1e3)) return false;
    this.#bones.set(bone, { x: x! / length, y: y! / length, z: z! / length, w: w! / length });
    this.#hasHead ||= bone === 'head' || bone === 'neck';
    return true;
  }

  #sample(timeMs: number): FaceSample {
    const { shapes, parts } = shapesOfNames(this.#applied);
    if (this.#hasHead) parts.add('head');
    let turn = NOT_TURNED;
    for (const bone of CHAIN) turn = multiply(turn, this.#bones.get(bone) ?? NOT_TURNED);
    const gaze = this.#gaze();
    if (gaze !== null) parts.add('gaze');
    const seen: FacePart[] = [...parts];
    return {
      timeMs,
      blendshapes: shapes,
      rotation: rotationOfUnity(turn),
      ...(gaze === null ? {} : { gaze }),
      ...(seen.length === 5 ? {} : { parts: seen }),
    };
  }

  /** Mean of the eyes' bones; senders that move eyes by blendshapes leave the bones straight, and then those count. */
  #gaze(): Gaze | null {
    const turns = EYES.map((eye) => this.#bones.get(eye)).filter((bone) => bone !== undefined);
    const angles = turns.map(rotationOfUnity);
    if (angles.every(({ pitch, yaw }) => Math.abs(pitch) + Math.abs(yaw) < 1e-6)) return null;
    const mean = (pick: (angle: Gaze) => number) => angles.reduce((sum, angle) => sum + pick(angle), 0) / angles.length;
    return { pitch: mean((angle) => angle.pitch), yaw: mean((angle) => angle.yaw) };
  }
}
