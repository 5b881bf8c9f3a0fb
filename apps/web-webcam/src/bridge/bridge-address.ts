import { byId } from '@tha4/page';
import { BRIDGE_PORT } from '@tha4/pose-mapper';

const KEY = 'tha4-webcam-bridge';

/** Where the bridge is: `?bridge=`, else what was used last, else this computer. */
export class BridgeAddress {
  readonly #input = byId('bridge-address', HTMLInputElement);

  /** @param onChange the person has written another one */
  constructor(page: URL, onChange: () => void) {
    this.#input.value = page.searchParams.get('bridge') ?? stored() ?? `ws://127.0.0.1:${BRIDGE_PORT}`;
    this.#input.addEventListener('change', () => {
      store(this.#input.value);
      onChange();
    });
  }

  get value(): string {
    return this.#input.value.trim();
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage can be forbidden; the address works without it
  }
}

function store(address: string): void {
  try {
    localStorage.setItem(KEY, address);
  } catch {
    // Forbidden storage only means that the address is not kept.
  }
}
