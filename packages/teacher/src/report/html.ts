/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Piece = Html | string | number | readonly Html[];

/** A template of HTML: what is put in is escaped, unless it is HTML already. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { html: texts.reduce((whole, text, index) => whole + put(pieces[index - 1]!) + text) };
}

/** HTML that this program made itself, e.g. a style sheet. */
export function raw(text: string): Html {
  return { html: text };
}

function put(piece: Piece): string {
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  return Array.isArray(piece) ? piece.map((each: Html) => each.html).join('') : (piece as Html).html;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
