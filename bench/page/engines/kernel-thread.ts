// One thread of the wasm runtime; its worker starts as many as it is told to.
import { serveThread } from '@tha4/student/wasm-thread';

serveThread(self);
