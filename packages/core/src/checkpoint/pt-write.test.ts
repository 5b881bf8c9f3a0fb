import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashUniform } from '@tha4/test-utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faceMorpherSpec } from '../models/face-morpher.ts';
import { fromFloat32 } from './dtype.ts';
import { readPt } from './pt-read.ts';
import { writePt } from './pt-write.ts';
import type { Checkpoint, StoredTensor } from './stored-tensor.ts';
import { checkpointFromWeights } from './weights.ts';
import { readZip } from './zip.ts';

const float64 = new Uint8Array(Float64Array.of(Math.PI, -1e300).buffer);
const TENSORS: Checkpoint = new Map<string, StoredTensor>([
  ['weight', fromFloat32(Float32Array.from(hashUniform('weight', 600)), [20, 30, 1, 1], 'F32')],
  ['half', fromFloat32(Float32Array.from(hashUniform('half', 6)), [2, 3], 'F16')],
  ['bfloat', { dtype: 'BF16', shape: [2], bytes: Uint8Array.of(0x80, 0x3f, 0, 0xc0) }],
  ['double', { dtype: 'F64', shape: [2], bytes: float64 }],
  ['scalar', fromFloat32(Float32Array.of(7), [], 'F32')],
  ['empty', fromFloat32(new Float32Array(), [0, 3], 'F32')],
  ['count', { dtype: 'I64', shape: [1], bytes: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0) }],
  ['ü.__proto__', fromFloat32(Float32Array.of(1, 2), [2], 'F32')],
]);

describe('writePt', () => {
  it('writes what readPt reads, the same bytes every time, records aligned to 64 bytes', () => {
    const file = writePt(TENSORS);
    expect([...readPt(file, 'x.pt')]).toEqual([...TENSORS]);
    expect(writePt(new Map(TENSORS))).toEqual(file);
    for (const [name, record] of readZip(file, 'x')) expect(record.byteOffset % 64, name).toBe(0);
  });

  it('refuses bytes that do not fill the shape', () => {
    const bad: StoredTensor = { dtype: 'F32', shape: [2], bytes: new Uint8Array(4) };
    expect(() => writePt(new Map([['a', bad]]))).toThrow(/'a': expected 8 bytes for F32 \[2\], got 4/);
  });
});

// Debian's python3-torch. It prints what it loaded, and saves it again in both of its forms.
const PYTHON = '/usr/bin/python3';
const LOAD = `
import sys, json, torch
state = torch.load(sys.argv[1])
raw = lambda t: bytes(t.contiguous().view(-1).view(torch.uint8).tolist()).hex() if t.numel() and t.dim() else bytes(t.reshape(-1).numpy().tobytes()).hex()
print(json.dumps({"type": type(state).__name__, "tensors": [[k, str(t.dtype), list(t.shape), raw(t)] for k, t in state.items()]}))
torch.save(state, sys.argv[2])
torch.save(state, sys.argv[3], _use_new_zipfile_serialization=False)
`;
const LOAD_STRICT = `
import sys, torch
from torch import nn
class Sine(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.linear = nn.Conv2d(i, o, 1)
class Siren(nn.Module):
    def __init__(self):
        super().__init__()
        self.sine_layers = nn.ModuleList([Sine(7, 6), Sine(6, 5)])
        self.last_linear = nn.Conv2d(5, 4, 1)
class Morpher(nn.Module):
    def __init__(self):
        super().__init__()
        self.siren = Siren()
print(Morpher().load_state_dict(torch.load(sys.argv[1], weights_only=True), strict=True))
`;
const TORCH_NAMES: Record<string, string> = {
  F32: 'torch.float32',
  F16: 'torch.float16',
  BF16: 'torch.bfloat16',
  F64: 'torch.float64',
  I64: 'torch.int64',
};

const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0;
if (!hasTorch) console.warn(`SKIPPED: 'writePt against PyTorch' needs ${PYTHON} with torch, which is not here`);

describe.skipIf(!hasTorch)('writePt against PyTorch', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tha4-pt-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const python = (script: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', script, ...args], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    return stdout;
  };

  it('is loaded by torch.load with equal tensors, and read back from both of its forms', () => {
    const [ours, zip, legacy] = ['ours.pt', 'zip.pt', 'legacy.pt'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(ours, writePt(TENSORS));
    const { type, tensors } = JSON.parse(python(LOAD, ours, zip, legacy));
    expect(type).toBe('OrderedDict');
    expect(tensors).toEqual(
      [...TENSORS].map(([key, { dtype, shape, bytes }]) => [
        key,
        TORCH_NAMES[dtype],
        shape,
        Buffer.from(bytes).toString('hex'),
      ]),
    );
    for (const path of [zip, legacy])
      expect([...readPt(new Uint8Array(readFileSync(path)), path)]).toEqual([...TENSORS]);
  });

  it('fits a strict load_state_dict, read with weights_only', () => {
    const spec = faceMorpherSpec({ imageSize: 8, poseSize: 5, widths: [6, 5] });
    const weights = new Map(
      [...spec].map(([key, shape]) => [
        key,
        {
          shape,
          data: Float32Array.from(
            hashUniform(
              key,
              shape.reduce((a, b) => a * b),
            ),
          ),
        },
      ]),
    );
    const path = join(folder, 'face.pt');
    writeFileSync(path, writePt(checkpointFromWeights(weights, 'F32')));
    expect(python(LOAD_STRICT, path)).toContain('All keys matched');
  });
});
