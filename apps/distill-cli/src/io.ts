/** Where the program prints, and what it may assume about the other side. */
export interface Io {
  /** Writes to standard output: results. */
  readonly out: (text: string) => void;
  /** Writes to standard error: progress, notes and errors. */
  readonly err: (text: string) => void;
  /** Whether standard error is a terminal, where a progress bar can be drawn. */
  readonly errIsTerminal: boolean;
  /** Whether results and errors may be coloured. */
  readonly colour: boolean;
  /** Ends a sequence between two frames. */
  readonly signal: AbortSignal;
  /** Asks the person at the other side; absent where there is none. */
  readonly ask?: Ask;
}

/** Asks a person, and returns what was typed. */
export type Ask = (question: string) => Promise<string>;

/** What a command tells while it runs; results are returned instead. */
export interface Reporter {
  /** One line of explanation, e.g. which engine was taken. */
  readonly note: (line: string) => void;
  /** Announces work of a known number of steps. */
  readonly progress: (what: string, total: number) => Progress;
  readonly signal: AbortSignal;
}

/** Work whose steps are counted. */
export interface Progress {
  readonly step: () => void;
  readonly stop: () => void;
}

/** Says nothing; for tests and for callers that only want the result. */
export const SILENT: Reporter = {
  note: () => {},
  progress: () => ({ step: () => {}, stop: () => {} }),
  signal: new AbortController().signal,
};
