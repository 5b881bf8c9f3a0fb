/** The command line cannot be understood; the program ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A file or folder cannot be read or written. The message reads like a `Tha4Error`'s. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** A port cannot be had. The message reads like a `Tha4Error`'s. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** The user pressed Ctrl-C; the message says what was kept. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
