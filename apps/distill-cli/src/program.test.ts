import { describe, expect, it } from 'vitest';
import { makeFolder, tha4, writeSmall } from '../test/support.ts';

const folder = makeFolder();
const small = writeSmall(folder);

describe('tha4', () => {
  it('explains itself when called bare, with --help, and per command', async () => {
    for (const argv of [[], ['--help'], ['-h']]) {
      const { code, out, err } = await tha4(...argv);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^Usage: tha4 .*\n(.*\n)*Examples:\n/);
    }
    for (const command of ['info', 'convert', 'pose', 'check', 'bridge']) {
      const { code, out } = await tha4(command, '--help');
      expect(code).toBe(0);
      expect(out).toContain(`Usage: tha4 ${command}`);
      expect(out).toContain('--json');
      expect(out).toContain('Examples:');
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
    }
  });

  it('prints its version', async () => {
    expect((await tha4('--version')).out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });

  it.each([
    [['nope'], /unknown command 'nope'/],
    [['inof', 'x'], /Did you mean info\?/],
    [['info'], /missing required argument 'file'/],
    [['info', 'a', 'b'], /too many arguments/],
    [['info', 'a', '--bogus'], /unknown option '--bogus'/],
    [['convert', 'a'], /missing required argument 'to'/],
    [['convert', 'a', 'b.tha', '--dtype', 'int8'], /Allowed choices are int16, fp32, fp16/],
    [['convert', 'a', 'b.tha', '--size', 'tiny'], /Allowed choices are small/],
    [['convert', 'a', 'b.tha', '--size', 'small', '--dtype', 'fp32'], /cannot be used with/],
    [['check', 'a', '--threads', '0'], /--threads: expected a whole number from 1 to 64, got 0/],
    [['pose', 'a', '--pose', 'smile'], /required option '--out <file>'/],
    [['pose', 'a', '--out', 'x.png'], /expected --pose or --poses, got neither/],
    [['pose', 'a', '--pose', 'x', '--poses', 'y', '--out', 'x.png'], /cannot be used with/],
    [['pose', 'a', '--pose', 'x', '--out', 'x.png', '--fps', 'fast'], /'fast' is invalid/],
  ])('answers %j with exit code 2 and what is wrong', async (argv, message) => {
    const { code, out, err } = await tha4(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/^Error: /);
    expect(err).not.toContain('    at ');
  });

  it('prints one JSON object and nothing else with --json, wherever it stands', async () => {
    for (const argv of [
      ['--json', 'info', small],
      ['info', small, '--json'],
      ['info', 'nowhere', '--json'],
      ['info', '--json'],
      ['check', small, '--json', '--quiet'],
    ]) {
      const { out } = await tha4(...argv);
      expect(out.trim().split('\n')).toHaveLength(1);
      expect(() => JSON.parse(out)).not.toThrow();
    }
    const { code, out, err } = await tha4('info', 'nowhere', '--json');
    expect([code, err]).toEqual([1, '']);
    expect(JSON.parse(out)).toEqual({
      error: { name: 'FileError', message: 'nowhere: expected a file or folder, got nothing; check the name' },
    });
  });

  it('is silent on standard error with --quiet', async () => {
    expect((await tha4('check', small)).err).toMatch(/^Engine: /);
    expect((await tha4('check', small, '--quiet')).err).toBe('');
  });

  it('shows where an error came from only with --debug', async () => {
    expect((await tha4('info', 'nowhere')).err).not.toContain('    at ');
    expect((await tha4('info', 'nowhere', '--debug')).err).toMatch(/\n {4}at .*\n(.*\n)*Caused by: Error: ENOENT/);
  });
});
