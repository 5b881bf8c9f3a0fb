import { CheckpointError } from '../errors.ts';
import { byteCursor } from './byte-cursor.ts';
import {
  bad,
  expectKind,
  type Machine,
  type PickleGlobal,
  type PickleRules,
  type PickleValue,
  pop,
  popMany,
  popMark,
  push,
  recall,
  top,
} from './pickle-machine.ts';
import { OP } from './pickle-opcodes.ts';

const MAX_PROTOCOL = 4;
/** Some thirty opcodes make a tensor, so this is far beyond any network; it bounds the values made, and with them memory. */
const MAX_STEPS = 2 ** 18;

/**
 * Reads one pickle without evaluating anything: names are looked up in the rules as a whole, and what they do not list is
 * refused. Time and memory are linear in the bytes read; no value nests on the call stack.
 *
 * @param where names the file in errors
 * @returns the value, and the position behind the pickle
 * @throws CheckpointError for damaged pickles, protocols but 2 to 4, other opcodes and globals
 */
export function readPickle(
  bytes: Uint8Array,
  start: number,
  rules: PickleRules,
  where: string,
): { value: PickleValue; end: number } {
  const cursor = byteCursor(bytes, start, where);
  const machine: Machine = { cursor, stack: [], marks: [], memo: new Map(), rules, where };
  if (cursor.uint8() !== OP.PROTO)
    throw new CheckpointError(`${where}: expected a pickle of protocol 2 to 4, got none`);
  const protocol = cursor.uint8();
  if (protocol < 2 || protocol > MAX_PROTOCOL) {
    throw new CheckpointError(`${where}: expected a pickle of protocol 2 to 4, got ${protocol}`);
  }
  let steps = 0;
  for (let opcode = cursor.uint8(); opcode !== OP.STOP; opcode = cursor.uint8()) {
    if (++steps > MAX_STEPS) throw bad(machine, `at most ${MAX_STEPS} opcodes, got more`);
    if (!step(machine, opcode) && !stepContainer(machine, opcode)) {
      const code = opcode.toString(16).padStart(2, '0');
      throw bad(machine, `a pickle of tensors and plain values, got the unsupported opcode 0x${code}`);
    }
  }
  return { value: pop(machine), end: cursor.position() };
}

/** Opcodes that push a value, use the memo or reach for the rules; false for any other. */
function step(machine: Machine, opcode: number): boolean {
  const { cursor, memo } = machine;
  switch (opcode) {
    case OP.FRAME:
      cursor.take(8);
      return true;
    case OP.NONE:
      return push(machine, null);
    case OP.NEWTRUE:
      return push(machine, true);
    case OP.NEWFALSE:
      return push(machine, false);
    case OP.BININT:
      return push(machine, cursor.int32());
    case OP.BININT1:
      return push(machine, cursor.uint8());
    case OP.BININT2:
      return push(machine, cursor.uint16());
    case OP.LONG1:
      return push(machine, readLong(cursor.take(cursor.uint8())));
    case OP.BINFLOAT:
      return push(machine, cursor.bigEndianFloat64());
    case OP.BINSTRING:
    case OP.BINUNICODE:
      return push(machine, cursor.utf8(cursor.uint32()));
    case OP.SHORT_BINSTRING:
    case OP.SHORT_BINUNICODE:
      return push(machine, cursor.utf8(cursor.uint8()));
    case OP.BINUNICODE8:
      return push(machine, cursor.utf8(cursor.uint64()));
    case OP.BINPUT:
      memo.set(cursor.uint8(), top(machine));
      return true;
    case OP.LONG_BINPUT:
      memo.set(cursor.uint32(), top(machine));
      return true;
    case OP.MEMOIZE:
      memo.set(memo.size, top(machine));
      return true;
    case OP.BINGET:
      return push(machine, recall(machine, cursor.uint8()));
    case OP.LONG_BINGET:
      return push(machine, recall(machine, cursor.uint32()));
    case OP.GLOBAL: {
      const module = cursor.line();
      return push(machine, findGlobal(machine, module, cursor.line()));
    }
    case OP.STACK_GLOBAL: {
      const name = pop(machine);
      return push(machine, findGlobal(machine, pop(machine), name));
    }
    case OP.BINPERSID:
      return push(machine, machine.rules.persistentLoad(pop(machine)));
    case OP.REDUCE: {
      const args = pop(machine);
      return push(machine, reduce(machine, pop(machine), args));
    }
    case OP.BUILD:
      // Attributes of a dict, such as PyTorch's `_metadata`, hold nothing that a network needs.
      pop(machine);
      expectKind(machine, top(machine) instanceof Map, 'attributes of a dict');
      return true;
    case OP.POP:
      pop(machine);
      return true;
    case OP.DUP:
      return push(machine, top(machine));
    default:
      return false;
  }
}

/** Opcodes that build lists, tuples and dicts; false for any other. */
function stepContainer(machine: Machine, opcode: number): boolean {
  switch (opcode) {
    case OP.MARK:
      machine.marks.push(machine.stack.length);
      return true;
    case OP.POP_MARK:
      popMark(machine);
      return true;
    case OP.EMPTY_LIST:
    case OP.EMPTY_TUPLE:
      return push(machine, []);
    case OP.EMPTY_DICT:
      return push(machine, new Map());
    case OP.TUPLE1:
      return push(machine, popMany(machine, 1));
    case OP.TUPLE2:
      return push(machine, popMany(machine, 2));
    case OP.TUPLE3:
      return push(machine, popMany(machine, 3));
    case OP.TUPLE:
    case OP.LIST:
      return push(machine, popMark(machine));
    case OP.DICT:
      return push(machine, setItems(machine, new Map(), popMark(machine)));
    case OP.APPEND:
      return append(machine, popMany(machine, 1));
    case OP.APPENDS:
      return append(machine, popMark(machine));
    case OP.SETITEM: {
      const pair = popMany(machine, 2);
      setItems(machine, top(machine), pair);
      return true;
    }
    case OP.SETITEMS: {
      const pairs = popMark(machine);
      setItems(machine, top(machine), pairs);
      return true;
    }
    default:
      return false;
  }
}

function findGlobal(machine: Machine, module: PickleValue, name: PickleValue): PickleGlobal {
  // Types first: turning a hostile nest of lists into text could take for ever.
  const allowed =
    typeof module === 'string' && typeof name === 'string' ? machine.rules.globals.get(`${module} ${name}`) : undefined;
  if (allowed !== undefined) return allowed;
  throw bad(
    machine,
    `only tensors and plain values, got a reference to '${clip(module)}.${clip(name)}', which is not run`,
  );
}

function reduce(machine: Machine, callee: PickleValue, args: PickleValue): PickleValue {
  const known = [...machine.rules.globals.values()].find((global) => global === callee);
  if (known?.call && Array.isArray(args)) return known.call(args);
  throw bad(machine, `a call of an allowed function, got one of ${known ? `'${known.global}'` : 'a plain value'}`);
}

function append(machine: Machine, items: readonly PickleValue[]): boolean {
  const list = top(machine);
  expectKind(machine, Array.isArray(list), 'a list to append to');
  for (const item of items) (list as PickleValue[]).push(item);
  return true;
}

function setItems(machine: Machine, dict: PickleValue, pairs: readonly PickleValue[]): PickleValue {
  expectKind(machine, dict instanceof Map && pairs.length % 2 === 0, 'a dict and pairs of key and value');
  for (let i = 0; i < pairs.length; i += 2) (dict as Map<PickleValue, PickleValue>).set(pairs[i], pairs[i + 1]);
  return dict;
}

/** Two's complement, little-endian. */
function readLong(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  const signed = BigInt.asIntN(8 * bytes.length, value);
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

function clip(value: PickleValue): string {
  return typeof value === 'string' ? value.slice(0, 80) : typeof value;
}
