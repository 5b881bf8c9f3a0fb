import { CheckpointError } from '../errors.ts';
import { DTYPE_BYTES, elementCount } from './dtype.ts';
import type { PickleGlobal, PickleRules, PickleValue } from './pickle-machine.ts';
import type { Checkpoint, StoredDtype, StoredTensor } from './stored-tensor.ts';
import { gather, isRowMajor, layoutEnd, type StridedLayout } from './strided.ts';

/** A flat array that tensors of a PyTorch file look into. */
export interface PtStorage {
  readonly key: string;
  readonly dtype: StoredDtype;
  /** Elements, as the pickle announces them. */
  readonly count: number;
}

/** A tensor as the pickle describes it, its geometry proved to lie within its storage. */
interface PtTensor extends StridedLayout {
  readonly storage: PtStorage;
}

/** What reading the pickle of a PyTorch file brings to light. */
export interface PtObjects {
  readonly rules: PickleRules;
  /** Storages that the pickle named, by key; filled while it is read. */
  readonly storages: ReadonlyMap<string, PtStorage>;
  /** Turns the pickle's value into tensors. @param bytesOf bytes of a storage, checked to be complete */
  readonly toCheckpoint: (value: PickleValue, bytesOf: (storage: PtStorage) => Uint8Array) => Checkpoint;
}

/** PyTorch's storage classes: global name -> element type. */
export const STORAGE_DTYPES: ReadonlyMap<string, StoredDtype> = new Map([
  ['torch DoubleStorage', 'F64'],
  ['torch FloatStorage', 'F32'],
  ['torch HalfStorage', 'F16'],
  ['torch BFloat16Storage', 'BF16'],
  ['torch LongStorage', 'I64'],
  ['torch IntStorage', 'I32'],
  ['torch ShortStorage', 'I16'],
  ['torch CharStorage', 'I8'],
  ['torch ByteStorage', 'U8'],
  ['torch BoolStorage', 'BOOL'],
]);

const MAX_RANK = 64;
/** Tensors that are not contiguous are copied; more of them than this many times the file are a bomb, not weights. */
const MAX_COPY_RATIO = 4;
const FREE_COPY_BYTES = 2 ** 20;

/**
 * The rules for the pickle of a PyTorch file: ordered dicts, tensors, parameters and the storage classes, matched by their
 * whole names, and nothing else.
 *
 * @param fileSize bytes of the file, which bounds what non-contiguous tensors may take
 * @param where names the file in errors
 */
export function ptObjects(fileSize: number, where: string): PtObjects {
  const storages = new Map<string, PtStorage>();
  const tensors = new Set<unknown>();
  const classes = new Map<unknown, StoredDtype>();
  const fail = (want: string): never => {
    throw new CheckpointError(`${where}: expected ${want}, got something else; the file is not what torch.save writes`);
  };
  const rebuildTensor = (args: readonly PickleValue[]): PtTensor => {
    const [storage, offset, shape, strides] = args;
    const known = storages.get((storage as PtStorage | null)?.key ?? '');
    if (known === undefined || known !== storage) return fail('a tensor over a storage');
    const tensor = { storage: known, ...readLayout(offset, shape, strides, known.count, where) };
    tensors.add(tensor);
    return tensor;
  };
  const rebuildParameter = ([data]: readonly PickleValue[]): PickleValue =>
    tensors.has(data) ? data : fail('a parameter around a tensor');
  const globals = new Map<string, PickleGlobal>();
  const allow = (global: string, call: PickleGlobal['call']): PickleGlobal => {
    const entry = { global, call };
    globals.set(global, entry);
    return entry;
  };
  allow('collections OrderedDict', (args) => (args.length === 0 ? new Map() : fail('an empty ordered dict to fill')));
  allow('torch._utils _rebuild_tensor_v2', rebuildTensor);
  allow('torch._utils _rebuild_parameter', rebuildParameter);
  for (const [name, dtype] of STORAGE_DTYPES) classes.set(allow(name, null), dtype);

  const persistentLoad = (id: PickleValue): PtStorage => {
    // The fourth entry is the device that the tensor lay on (`cuda:0`); the sixth, a view in very old files.
    const [kind, type, key, , count, view = null] = Array.isArray(id) ? (id as PickleValue[]) : [];
    const dtype = classes.get(type);
    if (kind !== 'storage' || dtype === undefined || typeof key !== 'string' || !isSize(count) || view !== null) {
      return fail("a storage ('storage', class, key, device, count)");
    }
    const known = storages.get(key);
    if (known === undefined) {
      const storage = { key, dtype, count };
      storages.set(key, storage);
      return storage;
    }
    return known.dtype === dtype && known.count === count ? known : fail(`storage '${key}' to be the same everywhere`);
  };

  const toCheckpoint = (value: PickleValue, bytesOf: (storage: PtStorage) => Uint8Array): Checkpoint => {
    const named = namedTensors(value, tensors, where);
    const budget = Math.max(FREE_COPY_BYTES, MAX_COPY_RATIO * fileSize);
    let copied = 0;
    for (const [key, tensor] of named) {
      if (!isRowMajor(tensor)) copied += DTYPE_BYTES[tensor.storage.dtype] * elementCount(tensor.shape);
      if (copied <= budget) continue;
      throw new CheckpointError(
        `${where}: '${key}': expected tensors that take about as much memory as the file (${fileSize} bytes), got [${tensor.shape.join(', ')}] expanded from less; save contiguous tensors`,
        [key],
      );
    }
    return new Map([...named].map(([key, tensor]) => [key, materialise(tensor, bytesOf(tensor.storage))]));
  };
  return { rules: { globals, persistentLoad }, storages, toCheckpoint };
}

function readLayout(
  offset: PickleValue,
  shape: PickleValue,
  strides: PickleValue,
  count: number,
  where: string,
): StridedLayout {
  if (!isSize(offset) || !isSizes(shape) || !isSizes(strides) || shape.length !== strides.length) {
    throw new CheckpointError(
      `${where}: expected tensors with an offset, up to ${MAX_RANK} sizes and as many strides, none negative, got something else`,
    );
  }
  // Copies: a hostile pickle can still change the lists that it gave.
  const layout = { offset, shape: [...shape], strides: [...strides] };
  const end = layoutEnd(layout);
  if (Number.isSafeInteger(elementCount(shape)) && end <= count) return layout;
  throw new CheckpointError(
    `${where}: expected tensors within their storage of ${count} elements, got [${shape.join(', ')}] at offset ${offset}, which ends at ${end}`,
  );
}

function namedTensors(value: PickleValue, tensors: ReadonlySet<unknown>, where: string): Map<string, PtTensor> {
  // Data sets are saved without names: one tensor, or a few in a row.
  const row = Array.isArray(value) ? value : [value];
  if (row.length > 0 && row.every((item) => tensors.has(item))) {
    return new Map(row.map((item, index) => [String(index), item as unknown as PtTensor]));
  }
  if (!(value instanceof Map)) {
    throw new CheckpointError(`${where}: expected a dict of tensors (a state_dict), got ${kindOf(value)}`);
  }
  for (const [key, item] of value as Map<unknown, unknown>) {
    if (typeof key !== 'string') {
      throw new CheckpointError(`${where}: expected tensors under names, got a key that is ${kindOf(key)}`);
    }
    if (tensors.has(item)) continue;
    throw new CheckpointError(
      `${where}: '${key}': expected a tensor, got ${kindOf(item)}; save only the state_dict of the network`,
      [key],
    );
  }
  return value as Map<string, PtTensor>;
}

function materialise(tensor: PtTensor, bytes: Uint8Array): StoredTensor {
  const { storage, shape, offset } = tensor;
  const itemSize = DTYPE_BYTES[storage.dtype];
  const size = itemSize * elementCount(shape);
  const start = size === 0 ? 0 : itemSize * offset;
  const data = isRowMajor(tensor) ? bytes.subarray(start, start + size) : gather(bytes, itemSize, tensor);
  return { dtype: storage.dtype, shape, bytes: data };
}

function kindOf(value: PickleValue): string {
  if (value instanceof Map) return 'a dict';
  if (Array.isArray(value)) return 'a list or tuple';
  if (value === null) return 'None';
  return typeof value === 'object' ? 'another object' : `a ${typeof value}`;
}

function isSize(value: PickleValue): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isSizes(value: PickleValue): value is number[] {
  return Array.isArray(value) && value.length <= MAX_RANK && value.every(isSize);
}
