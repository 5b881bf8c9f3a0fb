const RATE = 48_000;
const SECONDS = 2;
const PITCH_HZ = 120;
/** Resonances of an adult's a, and their widths, Hz. */
const FORMANTS = [
  [730, 90],
  [1090, 110],
  [2440, 170],
] as const;

/** A WAV file, 16 bits mono, of a voice that says a. */
export function vowelWav(): Uint8Array {
  const samples = new Float64Array(RATE * SECONDS);
  for (let i = 0; i < samples.length; i += Math.round(RATE / PITCH_HZ)) samples[i] = 1;
  for (const [hertz, width] of FORMANTS) resonate(samples, hertz, width);
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const wav = Buffer.alloc(44 + samples.length * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples.length * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples.length * 2, 40);
  for (const [i, sample] of samples.entries()) wav.writeInt16LE(Math.round((sample / loudest) * 20_000), 44 + i * 2);
  return wav;
}

/** A resonator of second order, in place. */
function resonate(samples: Float64Array, hertz: number, width: number): void {
  const radius = Math.exp((-Math.PI * width) / RATE);
  const a1 = 2 * radius * Math.cos((2 * Math.PI * hertz) / RATE);
  const a2 = -radius * radius;
  let [before, beforeThat] = [0, 0];
  for (let i = 0; i < samples.length; i++) {
    const out = samples[i]! + a1 * before + a2 * beforeThat;
    [before, beforeThat] = [out, before];
    samples[i] = out;
  }
}
