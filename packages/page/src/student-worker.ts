import { serveRuntime } from '@tha4/student/worker';
import { createPageRuntime } from './page-runtime.ts';
import { parseRuntime } from './runtime-choice.ts';

// A worker's name is the one thing that its page can tell it before its first line runs.
serveRuntime(createPageRuntime(parseRuntime(self.name)));
