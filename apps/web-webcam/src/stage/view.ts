import { byId } from '@tha4/page';

/** What the clean view's address keeps of this page's. */
const KEPT = ['character', 'runtime', 'bridge'];

/** Shows only the character in a clean view; elsewhere, links to one. */
export function bindView(page: URL, clean: boolean): void {
  if (clean) document.documentElement.dataset.view = 'clean';
  const address = new URL(page);
  for (const name of [...address.searchParams.keys()]) {
    if (!KEPT.includes(name)) address.searchParams.delete(name);
  }
  address.searchParams.set('view', 'clean');
  byId('clean-link', HTMLAnchorElement).href = address.href;
}
