import { CheckpointError } from '../errors.ts';
import type { ByteCursor } from './byte-cursor.ts';

/**
 * What a pickle may hold: Python's None, bool, int (a bigint past 2^53), float and str; lists and tuples are arrays, dicts
 * are maps; everything else is what the caller's `PickleRules` made.
 */
export type PickleValue = unknown;

/** A global that a pickle named and the rules allow. */
export interface PickleGlobal {
  /** Module and name with one space between: `torch FloatStorage`. */
  readonly global: string;
  /** Stands for calling it; `null` where it may be mentioned but not called. */
  readonly call: ((args: readonly PickleValue[]) => PickleValue) | null;
}

/** The only things of the outside world that a pickle can reach. */
export interface PickleRules {
  readonly globals: ReadonlyMap<string, PickleGlobal>;
  /** Turns a persistent id into the object that it stands for. */
  readonly persistentLoad: (id: PickleValue) => PickleValue;
}

/** State of a pickle being read. */
export interface Machine {
  readonly cursor: ByteCursor;
  readonly stack: PickleValue[];
  /** Stack heights at the open MARKs. */
  readonly marks: number[];
  readonly memo: Map<number, PickleValue>;
  readonly rules: PickleRules;
  readonly where: string;
}

/** Puts a value on the stack; true, for an opcode that is done. */
export function push(machine: Machine, value: PickleValue): true {
  machine.stack.push(value);
  return true;
}

/** Takes the topmost value. */
export function pop(machine: Machine): PickleValue {
  return popMany(machine, 1)[0];
}

/** Takes the topmost values, but none from below the innermost MARK. */
export function popMany(machine: Machine, count: number): PickleValue[] {
  const { stack, marks } = machine;
  if (stack.length - count < (marks.at(-1) ?? 0)) throw bad(machine, 'a value on the stack, got none');
  return stack.splice(stack.length - count);
}

/** Takes the values above the innermost MARK, and that MARK. */
export function popMark(machine: Machine): PickleValue[] {
  const mark = machine.marks.pop();
  if (mark === undefined) throw bad(machine, 'a MARK before this opcode, got none');
  return machine.stack.splice(mark);
}

/** The topmost value, left where it is. */
export function top(machine: Machine): PickleValue {
  if (machine.stack.length <= (machine.marks.at(-1) ?? 0)) throw bad(machine, 'a value on the stack, got none');
  return machine.stack.at(-1);
}

/** A value of the memo. */
export function recall(machine: Machine, index: number): PickleValue {
  if (!machine.memo.has(index)) throw bad(machine, `a value remembered as ${index}, got none`);
  return machine.memo.get(index);
}

/** Refuses the pickle unless a condition holds. */
export function expectKind(machine: Machine, holds: boolean, want: string): void {
  if (!holds) throw bad(machine, `${want}, got something else`);
}

/** The error for a pickle that does not go on as expected. */
export function bad({ where, cursor }: Pick<Machine, 'where' | 'cursor'>, rest: string): CheckpointError {
  return new CheckpointError(`${where}: pickle at byte ${cursor.position()}: expected ${rest}`);
}
