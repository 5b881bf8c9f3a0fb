import { createStudentRuntime } from '@tha4/student';
import { serveRuntime } from '@tha4/student/worker';

serveRuntime(createStudentRuntime({ runtime: 'wasm' }));
