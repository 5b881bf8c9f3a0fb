import { strFromU8 } from 'fflate';
import { CheckpointError } from '../errors.ts';
import { DTYPE_BYTES } from './dtype.ts';
import { readPickle } from './pickle.ts';
import { isLegacyPt, readLegacyPt } from './pt-legacy.ts';
import { ptObjects } from './pt-objects.ts';
import type { Checkpoint } from './stored-tensor.ts';
import { readZip } from './zip.ts';

const PICKLE = 'data.pkl';

/**
 * Reads a PyTorch checkpoint (`.pt`, `.pth`), a dict of tensors or tensors without names, in the zip form of PyTorch 1.6 and later or the form
 * before it. Nothing in the file is run, and every size is checked before memory is taken.
 *
 * @param where names the file in errors
 * @returns in the file's order, tensors without names (one, or a list of them) as `0`, `1`, ...; contiguous tensors are
 *   views of `bytes`
 * @throws CheckpointError where the file is damaged, refers to anything but tensors, or nests dicts
 * Source: PyTorch 1.13, `torch/serialization.py`.
 */
export function readPt(bytes: Uint8Array, where: string): Checkpoint {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readZipPt(bytes, where);
  if (isLegacyPt(bytes)) return readLegacyPt(bytes, where);
  const html = bytes[0] === 0x3c ? ', which look like a web page; was the download refused?' : '';
  throw new CheckpointError(
    `${where}: expected a PyTorch checkpoint (zip or the older form), got ${bytes.length} other bytes${html}`,
  );
}

function readZipPt(bytes: Uint8Array, where: string): Checkpoint {
  const records = readZip(bytes, where);
  const root = findRoot(records, where);
  const byteOrder = records.get(`${root}byteorder`);
  if (byteOrder !== undefined && strFromU8(byteOrder.subarray(0, 16)).trim() !== 'little') {
    throw new CheckpointError(`${where}: expected little-endian numbers, got the byteorder record of another machine`);
  }
  const objects = ptObjects(bytes.length, where);
  const { value } = readPickle(records.get(root + PICKLE)!, 0, objects.rules, `${where}: ${root}${PICKLE}`);
  return objects.toCheckpoint(value, ({ key, dtype, count }) => {
    const record = records.get(`${root}data/${key}`);
    const expected = DTYPE_BYTES[dtype] * count;
    if (record?.length === expected) return record;
    throw new CheckpointError(
      `${where}: expected a record '${root}data/${key}' of ${expected} bytes, got ${record === undefined ? 'none' : `${record.length} bytes`}`,
    );
  });
}

/** The folder that all records lie in, with its slash: `archive/`, or named after the file. */
function findRoot(records: ReadonlyMap<string, Uint8Array>, where: string): string {
  const pickles = [...records.keys()].filter((name) => name === PICKLE || /^[^/]+\/data\.pkl$/.test(name));
  if (pickles.length === 1) return pickles[0]!.slice(0, -PICKLE.length);
  throw new CheckpointError(`${where}: expected a zip with one ${PICKLE}, as torch.save writes, got ${pickles.length}`);
}
