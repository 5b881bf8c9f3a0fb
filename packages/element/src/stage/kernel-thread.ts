// One thread of the wasm runtime; the worker starts as many as there are cores where the page is cross-origin isolated.
import { serveThread } from '@tha4/student/wasm-thread';

serveThread(self);
