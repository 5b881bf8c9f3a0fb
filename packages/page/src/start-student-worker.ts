import type { RuntimeName } from '@tha4/student';
import StudentWorker from './student-worker.ts?worker';

/** Starts the worker that paints; `createWorkerRuntime` takes it. */
export function createStudentWorker(runtime: RuntimeName | 'auto'): Worker {
  return new StudentWorker({ name: runtime });
}
