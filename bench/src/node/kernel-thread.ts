import { parentPort } from 'node:worker_threads';
import { serveThread } from '@tha4/student/wasm-thread';

// What runs in a worker: a thread of the painting kernels. `create-thread.ts` starts it.
if (parentPort !== null) serveThread(parentPort);
