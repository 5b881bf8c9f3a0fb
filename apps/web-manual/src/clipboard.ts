import { formatPose, parsePoseText } from '@tha4/core';
import { byId, errorText, type Report, type Status } from '@tha4/page';
import { askForPose, showPose } from './pose-dialog.ts';
import type { PoseHistory } from './pose-history.ts';

/** How long "Copied" stands in the status line. */
const NOTICE_MS = 2000;

/** Copies and pastes the pose as JSON; where the clipboard is denied, a dialog does the same by hand. */
export function bindClipboard(history: PoseHistory, status: Status, report: Report): void {
  const paste = (text: string): void => history.take(parsePoseText(text, 'pasted pose'));

  byId('copy-pose', HTMLButtonElement).addEventListener('click', async () => {
    const text = poseJson(history.pose);
    try {
      await navigator.clipboard.writeText(text);
      status.say('Pose copied');
      setTimeout(() => status.say(null), NOTICE_MS);
    } catch {
      showPose(text);
    }
  });

  byId('paste-pose', HTMLButtonElement).addEventListener('click', async () => {
    const text = await clipboardText();
    if (text === null) return askForPose(paste, errorText);
    try {
      paste(text);
    } catch (error) {
      report(error);
    }
  });

  // Ctrl+V anywhere outside a text field needs no permission.
  document.addEventListener('paste', (event) => {
    if (event.target instanceof HTMLTextAreaElement || byId('pose', HTMLFieldSetElement).disabled) return;
    const text = event.clipboardData?.getData('text/plain');
    if (!text) return;
    try {
      paste(text);
    } catch (error) {
      report(error);
    }
  });
}

/** A pose as people exchange it: only what is not zero, one name a line. */
export function poseJson(pose: Float32Array): string {
  return JSON.stringify(formatPose(pose), null, 2);
}

async function clipboardText(): Promise<string | null> {
  try {
    return (await navigator.clipboard.readText()) || null;
  } catch {
    return null; // denied, or a page without https
  }
}
