/** Checkpoint key -> tensor of the executor that runs the network. */
export type Params<T> = ReadonlyMap<string, T>;

/** The tensor of a key. @throws {RangeError} where there is none */
export function param<T>(params: Params<T>, key: string): T {
  const value = params.get(key);
  if (value === undefined) throw new RangeError(`network parameters: expected a tensor '${key}', got none`);
  return value;
}
