import { parentPort } from 'node:worker_threads';
import { serveTrainingThread } from '@tha4/teacher/training-thread';

// What runs in a worker: a thread of a network's trainer. `node-threads.ts` starts it.
if (parentPort !== null) serveTrainingThread(parentPort);
