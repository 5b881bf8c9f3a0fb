/** How a cache does. */
export interface CacheStats {
  readonly entries: number;
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
}

interface Entry<T> {
  readonly value: T;
  readonly bytes: number;
}

/** Keeps what was used last, up to a number of bytes. */
export class FrameCache<T> {
  readonly #limit: number;
  readonly #release: (value: T) => void;
  /** A map keeps the order in which keys came: the first is what was not used for longest. */
  readonly #entries = new Map<string, Entry<T>>();
  #bytes = 0;
  #hits = 0;
  #misses = 0;

  /** @param release called for what leaves the cache */
  constructor(limitBytes: number, release: (value: T) => void) {
    this.#limit = limitBytes;
    this.#release = release;
  }

  /** @returns what was put under a key and passes `fits`, or `null`; counted as a hit or a miss */
  get(key: string, fits: (value: T) => boolean = () => true): T | null {
    const entry = this.#entries.get(key);
    if (entry === undefined || !fits(entry.value)) {
      this.#misses++;
      return null;
    }
    this.#hits++;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Takes a value in, in place of the key's last one. One that is larger than the cache is released at once. */
  put(key: string, value: T, bytes: number): void {
    this.#remove(key);
    if (bytes > this.#limit) {
      this.#release(value);
      return;
    }
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes + bytes <= this.#limit) break;
      this.#remove(oldest);
    }
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
  }

  clear(): void {
    for (const key of [...this.#entries.keys()]) this.#remove(key);
  }

  stats(): CacheStats {
    return { entries: this.#entries.size, bytes: this.#bytes, hits: this.#hits, misses: this.#misses };
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    this.#release(entry.value);
  }
}
