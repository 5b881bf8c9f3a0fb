import { strToU8 } from 'fflate';
import { CheckpointError } from '../errors.ts';
import { byteSize, elementCount } from './dtype.ts';
import { OP } from './pickle-opcodes.ts';
import { STORAGE_DTYPES } from './pt-objects.ts';
import type { Checkpoint, StoredTensor } from './stored-tensor.ts';
import { rowMajorStrides } from './strided.ts';
import { concatBytes, writeZip } from './zip.ts';

/** PyTorch aligns its records so that they can be mapped into memory. */
const ALIGN = 64;
const MAX_INTEGER = 2 ** 31 - 1;

/**
 * Writes a state_dict that `torch.load` of PyTorch 1.6 and later accepts, with `weights_only` too: an ordered dict of
 * contiguous CPU tensors, one storage each. The same tensors give the same bytes.
 *
 * @throws CheckpointError where a tensor's bytes do not fill its shape
 */
export function writePt(tensors: Checkpoint): Uint8Array {
  const records = new Map<string, Uint8Array>();
  records.set('archive/data.pkl', picklePt(tensors));
  records.set('archive/byteorder', strToU8('little'));
  let index = 0;
  for (const [key, { dtype, shape, bytes }] of tensors) {
    if (bytes.length !== byteSize(dtype, shape)) {
      throw new CheckpointError(
        `writePt: '${key}': expected ${byteSize(dtype, shape)} bytes for ${dtype} [${shape.join(', ')}], got ${bytes.length}`,
        [key],
      );
    }
    records.set(`archive/data/${index++}`, bytes);
  }
  records.set('archive/version', strToU8('3\n'));
  return writeZip(records, { align: ALIGN });
}

/** The pickle of the ordered dict, protocol 2, with the opcodes that PyTorch itself uses. */
function picklePt(tensors: Checkpoint): Uint8Array {
  const items = [...tensors].flatMap(([key, tensor], index) => [text(key), pickleTensor(tensor, index)]);
  return concatBytes([
    Uint8Array.of(OP.PROTO, 2),
    emptyOrderedDict(),
    Uint8Array.of(OP.MARK),
    ...items,
    Uint8Array.of(OP.SETITEMS, OP.STOP),
  ]);
}

/** `_rebuild_tensor_v2(storage, offset 0, size, stride, requires_grad False, no hooks)` */
function pickleTensor({ dtype, shape }: StoredTensor, index: number): Uint8Array {
  const [storageClass] = [...STORAGE_DTYPES].find(([, stored]) => stored === dtype)!;
  return concatBytes([
    global('torch._utils _rebuild_tensor_v2'),
    Uint8Array.of(OP.MARK),
    tuple([text('storage'), global(storageClass), text(String(index)), text('cpu'), integer(elementCount(shape))]),
    Uint8Array.of(OP.BINPERSID),
    integer(0),
    tuple(shape.map(integer)),
    tuple(rowMajorStrides(shape).map(integer)),
    Uint8Array.of(OP.NEWFALSE),
    emptyOrderedDict(),
    Uint8Array.of(OP.TUPLE, OP.REDUCE),
  ]);
}

function emptyOrderedDict(): Uint8Array {
  return concatBytes([global('collections OrderedDict'), Uint8Array.of(OP.EMPTY_TUPLE, OP.REDUCE)]);
}

/** @param name module and name with one space between */
function global(name: string): Uint8Array {
  return concatBytes([Uint8Array.of(OP.GLOBAL), strToU8(`${name.replace(' ', '\n')}\n`)]);
}

function tuple(items: readonly Uint8Array[]): Uint8Array {
  return concatBytes([Uint8Array.of(OP.MARK), ...items, Uint8Array.of(OP.TUPLE)]);
}

function text(value: string): Uint8Array {
  const utf8 = strToU8(value);
  const head = new Uint8Array(5);
  head[0] = OP.BINUNICODE;
  new DataView(head.buffer).setUint32(1, utf8.length, true);
  return concatBytes([head, utf8]);
}

function integer(value: number): Uint8Array {
  if (value > MAX_INTEGER) throw new RangeError(`writePt: expected at most ${MAX_INTEGER} elements, got ${value}`);
  if (value < 0x100) return Uint8Array.of(OP.BININT1, value);
  const bytes = new Uint8Array(5);
  bytes[0] = OP.BININT;
  new DataView(bytes.buffer).setInt32(1, value, true);
  return bytes;
}
