import type { Character } from '@tha4/core';

interface Entry {
  readonly id: number;
  readonly address: string;
  readonly character: Promise<Character>;
  users: number;
}

/** The characters that are open: each is read once, however many elements show it. */
export class OpenCharacters {
  readonly #read: (address: string) => Promise<Character>;
  readonly #entries = new Map<number, Entry>();
  #lastId = 0;

  constructor(read: (address: string) => Promise<Character>) {
    this.#read = read;
  }

  get size(): number {
    return this.#entries.size;
  }

  async open(address: string): Promise<{ readonly id: number; readonly character: Character }> {
    let entry = [...this.#entries.values()].find((open) => open.address === address);
    if (entry === undefined) {
      entry = { id: ++this.#lastId, address, character: this.#read(address), users: 0 };
      this.#entries.set(entry.id, entry);
    }
    entry.users++;
    try {
      return { id: entry.id, character: await entry.character };
    } catch (error) {
      this.#entries.delete(entry.id);
      throw error;
    }
  }

  /** @throws {Error} when nothing of that name is open */
  get(id: number): Promise<Character> {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new Error(`tha-character: expected an open character, got number ${id}`);
    return entry.character;
  }

  /** @returns whether it was its last user */
  close(id: number): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined || --entry.users > 0) return false;
    this.#entries.delete(id);
    return true;
  }
}
