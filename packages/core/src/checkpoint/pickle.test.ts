import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors.ts';
import { readPickle } from './pickle.ts';
import type { PickleRules } from './pickle-machine.ts';

const RULES: PickleRules = {
  globals: new Map([
    ['collections OrderedDict', { global: 'collections OrderedDict', call: () => new Map() }],
    ['torch FloatStorage', { global: 'torch FloatStorage', call: null }],
  ]),
  persistentLoad: (id) => ({ id }),
};

/** A pickle of text (its characters' codes) and bytes, after the protocol and before STOP. */
function read(...parts: (string | number)[]): unknown {
  const body = parts.flatMap((part) => (typeof part === 'number' ? part : [...strToU8(part, true)]));
  return readPickle(Uint8Array.from([0x80, 2, ...body, 0x2e]), 0, RULES, 'x').value;
}

describe('readPickle', () => {
  it.each<[string, (string | number)[], unknown]>([
    ['None', ['N'], null],
    ['bools in a tuple', [0x88, 0x89, 0x86], [true, false]],
    ['one byte', ['K', 255], 255],
    ['two bytes', ['M', 1, 2], 513],
    ['a negative int', ['J', 0xfe, 0xff, 0xff, 0xff], -2],
    ['a long of no bytes', [0x8a, 0], 0],
    ['a negative long', [0x8a, 2, 0, 0xff], -256],
    ['a long past 2^53', [0x8a, 8, 1, 0, 0, 0, 0, 0, 0, 0x40], 2n ** 62n + 1n],
    ['a float', ['G', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
    ['text', ['X', 2, 0, 0, 0, 0xc3, 0xbc], 'ü'],
    ['short text', [0x8c, 1, 'a'], 'a'],
    ['a list with appended items', [']', '(', 'K', 1, 'K', 2, 'e', 'N', 'a'], [1, 2, null]],
    ['a nested tuple', ['(', ')', 'K', 1, 0x85, 't'], [[], [1]]],
    ['the memo', [0x8c, 1, 'a', 'q', 7, 'h', 7, 0x86], ['a', 'a']],
    ['a dict', ['}', '(', 'U', 1, 'k', 'K', 1, 'u'], new Map([['k', 1]])],
    ['__proto__ as a key', ['}', 'U', 9, '__proto__', 'K', 1, 's'], new Map([['__proto__', 1]])],
    ['an allowed call', ['ccollections\nOrderedDict\n', ')', 'R'], new Map()],
    ['attributes, dropped', ['}', '}', 'b'], new Map()],
    ['a persistent id', ['K', 5, 'Q'], { id: 5 }],
    ['STACK_GLOBAL', [0x8c, 5, 'torch', 0x8c, 12, 'FloatStorage', 0x93], RULES.globals.get('torch FloatStorage')],
  ])('reads %s', (_, parts, value) => {
    expect(read(...parts)).toEqual(value);
  });

  it.each<[string, (string | number)[], RegExp]>([
    ['a forbidden global', ['cos\nsystem\n'], /reference to 'os\.system', which is not run/],
    ['a name that only begins like an allowed one', ['ctorch\nFloatStorageX\n'], /FloatStorageX/],
    ['an allowed name in another module', ['ctorch.hub\nFloatStorage\n'], /torch\.hub\.FloatStorage/],
    ['a global whose name is an object method', ['c\nconstructor\n'], /'\.constructor'/],
    ['a call of a class that is only named', ['ctorch\nFloatStorage\n', ')', 'R'], /call of an allowed function/],
    ['a call of a value', ['K', 1, ')', 'R'], /got one of a plain value/],
    ['a call without a tuple', ['ccollections\nOrderedDict\n', 'N', 'R'], /call of an allowed function/],
    ['an object made by NEWOBJ', ['ccollections\nOrderedDict\n', ')', 0x81], /unsupported opcode 0x81/],
    ['INST, the old way to call', ['(', 'ios\nsystem\n'], /unsupported opcode 0x69/],
    ['attributes of anything but a dict', [']', '}', 'b'], /attributes of a dict/],
    ['an empty stack', [], /a value on the stack, got none/],
    ['a value taken from below a MARK', ['N', '(', 0x85], /a value on the stack, got none/],
    ['no MARK', ['N', 't'], /a MARK before this opcode/],
    ['an unknown memo entry', ['h', 3], /remembered as 3/],
    ['items for something that is no dict', [']', '(', 'N', 'N', 'u'], /a dict and pairs/],
    ['half a pair', ['}', '(', 'N', 'u'], /a dict and pairs/],
    ['text longer than the file', ['X', 0xff, 0xff, 0xff, 0xff, 'a'], /expected 4294967295 more bytes/],
    ['a list as a module name', [']', 0x8c, 1, 'a', 0x93], /'object\.a'/],
  ])('refuses %s', (_, parts, message) => {
    expect(() => read(...parts)).toThrow(CheckpointError);
    expect(() => read(...parts)).toThrow(message);
  });

  it('refuses protocols that it does not know', () => {
    const pickle = (protocol: number) => () => readPickle(Uint8Array.of(0x80, protocol, 0x4e, 0x2e), 0, RULES, 'x');
    expect(pickle(4)).not.toThrow();
    expect(pickle(5)).toThrow(/protocol 2 to 4, got 5/);
    expect(pickle(0)).toThrow(/protocol 2 to 4, got 0/);
  });

  it('meets tuples nested 200,000 deep, doubling or holding themselves, without falling', () => {
    const nested = (depth: number): Uint8Array => {
      const pickle = new Uint8Array(depth + 4).fill(0x85); // TUPLE1
      pickle.set([0x80, 2, 0x29]);
      pickle[depth + 3] = 0x2e;
      return pickle;
    };
    expect(Array.isArray(readPickle(nested(200_000), 0, RULES, 'x').value)).toBe(true);
    expect(() => readPickle(nested(300_000), 0, RULES, 'x')).toThrow(/at most 262144 opcodes/);
    const doubling = Array.from({ length: 200 }, () => [0x32, 0x86]).flat();
    expect(() => read(']', ...doubling, 0x8c, 1, 'a', 0x93)).toThrow(/'object\.a'/);
    const self = read(']', 0x32, 'a') as unknown[];
    expect(self[0]).toBe(self);
  });
});
