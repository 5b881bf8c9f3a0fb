import type { Character } from '@tha4/core';
import { byId, type Report } from '@tha4/page';

/** Opens the measuring dialog from the page's link, and at once for `?bench`. Its code is loaded only then. */
export function bindBench(address: URL, character: () => Character | null, report: Report): void {
  const open = async (): Promise<void> => {
    try {
      const { openBench } = await import('./bench/bench-dialog.ts');
      openBench(character());
    } catch (error) {
      report(error);
    }
  };
  byId('measure', HTMLAnchorElement).addEventListener('click', (event) => {
    event.preventDefault();
    void open();
  });
  if (address.searchParams.has('bench')) void open();
}
