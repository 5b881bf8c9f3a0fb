/** What a synthetic speaker says. */
export interface Utterance {
  readonly sampleRate: number;
  readonly seconds: number;
  /** Pitch in Hz at the start and the end; `null` whispers. */
  readonly pitch: readonly [number, number] | null;
  /** First four formants in Hz. */
  readonly formants: readonly number[];
  /** Peak of the sound, full scale is 1. */
  readonly peak?: number;
  /** Noise under the voice, in decibels below it. */
  readonly noiseDb?: number;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** Bandwidths of formants in Hz, those of Klatt (1980). */
const WIDTHS = [60, 90, 150, 250, 300];

/**
 * A formant synthesiser (a cascade of resonators, as Klatt's): pulses of the glottis with some jitter and shimmer,
 * falling by 12 dB an octave, through resonances, and out of the lips (+6 dB).
 */
export function speak(utterance: Utterance): Float32Array {
  const { sampleRate, seconds, random } = utterance;
  const count = Math.round(sampleRate * seconds);
  let sound = source(utterance, count);
  for (const [i, hz] of utterance.formants.entries()) {
    if (hz < sampleRate * 0.45) sound = resonate(sound, hz, WIDTHS[i] ?? 300, sampleRate);
  }
  let before = 0;
  const radiated = sound.map((x) => {
    const y = x - before;
    before = x;
    return y;
  });
  const loudest = radiated.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-12);
  const gain = (utterance.peak ?? 0.3) / loudest;
  const power = radiated.reduce((sum, x) => sum + x * x, 0) / count;
  const noise = Math.sqrt(3 * power) * gain * 10 ** (-(utterance.noiseDb ?? 40) / 20);
  return Float32Array.from(radiated, (x) => x * gain + noise * (2 * random() - 1));
}

function source({ sampleRate, pitch, random }: Utterance, count: number): Float64Array {
  if (pitch === null) return Float64Array.from({ length: count }, () => 2 * random() - 1);
  const pulses = new Float64Array(count);
  for (let at = 0; at < count; ) {
    const hz = pitch[0] + ((pitch[1] - pitch[0]) * at) / count;
    const period = (sampleRate / hz) * (1 + 0.01 * (2 * random() - 1));
    // Shares the pulse between two samples, so that pitches that are no divisor of the rate do not beat.
    const cell = Math.floor(at);
    const part = at - cell;
    const size = 1 + 0.05 * (2 * random() - 1);
    pulses[cell]! += size * (1 - part);
    if (cell + 1 < count) pulses[cell + 1]! += size * part;
    at += period;
  }
  // Two real poles at 100 Hz: the glottis.
  const pole = Math.exp((-2 * Math.PI * 100) / sampleRate);
  let a = 0;
  let b = 0;
  return pulses.map((x) => {
    a = x + pole * a;
    b = a + pole * b;
    return b;
  });
}

function resonate(sound: Float64Array, hz: number, width: number, sampleRate: number): Float64Array {
  const c = -Math.exp((-2 * Math.PI * width) / sampleRate);
  const b = 2 * Math.exp((-Math.PI * width) / sampleRate) * Math.cos((2 * Math.PI * hz) / sampleRate);
  const a = 1 - b - c;
  let one = 0;
  let two = 0;
  return sound.map((x) => {
    const y = a * x + b * one + c * two;
    two = one;
    one = y;
    return y;
  });
}
