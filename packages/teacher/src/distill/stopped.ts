/** A run was stopped from outside; its message is for people. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  /** 0..1 */
  readonly progress: number;
  /** Whether its state is on the disk. */
  readonly saved: boolean;
  constructor(message: string, progress: number, saved: boolean) {
    super(message);
    this.progress = progress;
    this.saved = saved;
  }
}
