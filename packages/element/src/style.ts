/** The element is a square unless the page says otherwise. A sheet of its own: content security policies allow it. */
export function elementStyle(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: inline-block; inline-size: 20rem; max-inline-size: 100%; aspect-ratio: 1; contain: content; }
    :host([hidden]) { display: none; }
    canvas { display: block; inline-size: 100%; block-size: 100%; object-fit: contain; }
  `);
  return sheet;
}
