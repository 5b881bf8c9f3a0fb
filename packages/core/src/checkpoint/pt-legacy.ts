import { CheckpointError } from '../errors.ts';
import { byteCursor } from './byte-cursor.ts';
import { DTYPE_BYTES } from './dtype.ts';
import { readPickle } from './pickle.ts';
import type { PickleRules } from './pickle-machine.ts';
import { ptObjects } from './pt-objects.ts';
import type { Checkpoint } from './stored-tensor.ts';

/** A pickle of the integer 0x1950a86a20f9469cfc6c, with which every such file begins. */
const MAGIC = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
const PROTOCOL = 1001;

/** Whether bytes begin like a checkpoint of PyTorch before 1.6. */
export function isLegacyPt(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * Reads the form that PyTorch wrote before 1.6: pickles of a magic number, the protocol 1001, facts about the machine,
 * the object and the list of storage keys; then per key an int64 element count and the raw data.
 *
 * @throws CheckpointError as `readPt` does
 */
export function readLegacyPt(bytes: Uint8Array, where: string): Checkpoint {
  const plain = plainRules(where);
  const protocol = readPickle(bytes, MAGIC.length, plain, where);
  const system = readPickle(bytes, protocol.end, plain, where);
  if (protocol.value !== PROTOCOL) {
    throw new CheckpointError(`${where}: expected version ${PROTOCOL} of the old PyTorch form, got another`);
  }
  if (!(system.value instanceof Map) || system.value.get('little_endian') !== true) {
    throw new CheckpointError(`${where}: expected little-endian numbers, got those of another machine`);
  }
  const objects = ptObjects(bytes.length, where);
  const object = readPickle(bytes, system.end, objects.rules, where);
  const keys = readPickle(bytes, object.end, plain, where);
  const data = new Map<string, Uint8Array>();
  const cursor = byteCursor(bytes, keys.end, where);
  for (const key of Array.isArray(keys.value) ? (keys.value as unknown[]) : []) {
    const storage = typeof key === 'string' ? objects.storages.get(key) : undefined;
    if (storage === undefined || data.has(storage.key)) {
      throw new CheckpointError(`${where}: expected every storage of its tensors once, got another or one twice`);
    }
    const count = cursor.uint64();
    if (count !== storage.count) {
      throw new CheckpointError(`${where}: storage '${storage.key}': expected ${storage.count} elements, got ${count}`);
    }
    data.set(storage.key, cursor.take(count * DTYPE_BYTES[storage.dtype]));
  }
  return objects.toCheckpoint(object.value, ({ key }) => {
    const found = data.get(key);
    if (found === undefined) throw new CheckpointError(`${where}: expected the data of storage '${key}', got none`);
    return found;
  });
}

/** The pickles around the tensors hold plain values only. */
function plainRules(where: string): PickleRules {
  return {
    globals: new Map(),
    persistentLoad: () => {
      throw new CheckpointError(`${where}: expected plain values around the tensors, got a persistent id`);
    },
  };
}
