/** What went wrong with a camera or microphone, and what to do about it, in plain words. */
export function mediaProblem(error: unknown, device: 'camera' | 'microphone'): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const words = WORDS[name];
  if (words !== undefined) return words(device);
  const reason = error instanceof Error && error.message ? error.message : 'no reason was given';
  return `The ${device} could not be opened: ${reason}. Choose it again to try once more.`;
}

const WORDS: Readonly<Record<string, (device: string) => string>> = {
  NotAllowedError: (device) =>
    `The browser does not let this page use the ${device}. Allow it beside the address, then choose it again.`,
  NotFoundError: (device) => `There is no ${device} here. Connect one, then choose it again.`,
  NotReadableError: (device) =>
    `The ${device} is there but gives nothing; another program may be using it. Close that, then choose it again.`,
  OverconstrainedError: (device) => `That ${device} is not connected any more. Choose another one.`,
  InsecureContextError: (device) => `Browsers offer the ${device} only to pages from https or from this device.`,
};

/** The camera was taken away while it was on. */
export const CAMERA_ENDED = 'The camera stopped: it was unplugged or turned off. Choose it again when it is back.';
