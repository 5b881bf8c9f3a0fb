import { byId } from '@tha4/page';

/** Shows a pose to copy by hand. */
export function showPose(text: string): void {
  const { textarea } = open('Copy this pose', 'The browser does not let the page write to the clipboard.', false);
  textarea.value = text;
  textarea.readOnly = true;
  textarea.select();
}

/**
 * Asks for a pose as text.
 *
 * @param use takes the text; what it throws is shown, and the dialog stays
 */
export function askForPose(use: (text: string) => void, errorText: (error: unknown) => string): void {
  const { dialog, textarea, apply, problem } = open('Paste a pose', 'JSON, as the Copy button gives it.', true);
  textarea.value = '';
  textarea.readOnly = false;
  textarea.focus();
  apply.onclick = () => {
    try {
      use(textarea.value);
      dialog.close();
    } catch (error) {
      problem.textContent = errorText(error);
      textarea.focus();
    }
  };
}

function open(title: string, hint: string, editable: boolean) {
  const dialog = byId('pose-dialog', HTMLDialogElement);
  const apply = byId('pose-dialog-apply', HTMLButtonElement);
  const problem = byId('pose-dialog-error', HTMLElement);
  byId('pose-dialog-title', HTMLElement).textContent = title;
  byId('pose-dialog-hint', HTMLElement).textContent = hint;
  problem.textContent = '';
  apply.hidden = !editable;
  dialog.showModal();
  return { dialog, apply, problem, textarea: byId('pose-text', HTMLTextAreaElement) };
}
