// One thread of the wasm runtime; the student's worker starts as many as there are cores.
import { serveThread } from '@tha4/student/wasm';

serveThread(self);
