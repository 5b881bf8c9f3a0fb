const HERTZ = 660;
const SECONDS = 0.12;
const VOLUME = 0.15;

/** A short tone, for a person whose eyes are shut. A browser that forbids sound stays silent. */
export function beep(): void {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: HERTZ });
  const volume = new GainNode(context, { gain: VOLUME });
  volume.gain.setTargetAtTime(0, context.currentTime + SECONDS * 0.6, SECONDS / 8);
  tone.connect(volume).connect(context.destination);
  tone.addEventListener('ended', () => void context.close());
  tone.start();
  tone.stop(context.currentTime + SECONDS);
}
