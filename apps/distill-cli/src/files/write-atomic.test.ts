import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../test/support.ts';
import { plainFsError } from './fs-error.ts';
import { writeAtomic } from './write-atomic.ts';

const folder = makeFolder();

describe('writeAtomic', () => {
  it('makes the folders on the way', async () => {
    await writeAtomic(join(folder, 'a', 'b', 'c.bin'), Uint8Array.of(1, 2));
    expect([...readFileSync(join(folder, 'a', 'b', 'c.bin'))]).toEqual([1, 2]);
  });

  it('leaves everything as it was where it cannot write', async () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'x'), 'x');
    await expect(writeAtomic(join(folder, 'taken'), new Uint8Array(3))).rejects.toThrow(/expected a place to write/);
    await expect(writeAtomic(join(folder, 'taken', 'x', 'y'), new Uint8Array(3))).rejects.toThrow(/taken/);
    expect(readdirSync(folder).sort()).toEqual(['a', 'taken']);
    expect(readdirSync(join(folder, 'taken'))).toEqual(['x']);
  });
});

describe('plainFsError', () => {
  it.each([
    ['ENOENT', 'a.tha: expected a file, got nothing; check the name'],
    ['EACCES', 'a.tha: expected a file, got no permission; check who may read and write it'],
    ['ENOSPC', 'a.tha: expected a file, got a full disk; free some space and run it again'],
    ['EISDIR', 'a.tha: expected a file, got a folder; name a file'],
    ['EROFS', 'a.tha: expected a file, got a read-only disk; choose another place'],
  ])('says %s in plain words', (code, message) => {
    const error = plainFsError(Object.assign(new Error('x'), { code, path: '/tmp/.secret.tmp' }), 'a.tha', 'a file');
    expect(error?.message).toBe(message);
  });

  it("leaves others' errors alone", () => {
    expect(plainFsError(new Error('x'))).toBeNull();
    expect(plainFsError(Object.assign(new Error('x'), { code: 'ERR_ASSERTION' }))).toBeNull();
    expect(plainFsError('x')).toBeNull();
  });
});
