import { byId } from '@tha4/page';
import { chosenModel, downloadModel, findModel, keepModel } from './find-model.ts';

/**
 * The model's bytes: from where it is already, else from the person, who may let the page fetch it or choose the file.
 *
 * @returns `null` when the person wants neither
 */
export async function obtainModel(page: URL): Promise<Uint8Array<ArrayBuffer> | null> {
  const found = await findModel(page);
  if (found !== null) return found;
  const bytes = await askForModel();
  if (bytes !== null) await keepModel(page, bytes);
  return bytes;
}

function askForModel(): Promise<Uint8Array<ArrayBuffer> | null> {
  const dialog = byId('model-dialog', HTMLDialogElement);
  const problem = byId('model-problem', HTMLElement);
  const download = byId('model-download', HTMLButtonElement);
  const file = byId('model-file', HTMLInputElement);
  return new Promise((resolve) => {
    const attempt = async (get: () => Promise<Uint8Array<ArrayBuffer>>): Promise<void> => {
      problem.textContent = '';
      download.disabled = true;
      try {
        resolve(await get());
        dialog.close();
      } catch (error) {
        problem.textContent = (error as Error).message;
      } finally {
        download.disabled = false;
      }
    };
    download.onclick = () => attempt(downloadModel);
    file.onchange = () => {
      const chosen = file.files?.[0];
      file.value = '';
      if (chosen !== undefined) void attempt(() => chosenModel(chosen));
    };
    dialog.onclose = () => resolve(null); // after a success, this changes nothing
    problem.textContent = '';
    dialog.showModal();
  });
}
