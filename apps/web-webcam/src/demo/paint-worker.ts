import { createPageRuntime } from '@tha4/page/page-runtime';
import { parseRuntime } from '@tha4/page/runtime-choice';
import { serveRuntime } from '@tha4/student/worker';
import { PuppetOrStudent } from './puppet-or-student.ts';

// A worker's name is the one thing that its page can tell it before its first line runs.
serveRuntime(new PuppetOrStudent(createPageRuntime(parseRuntime(self.name))));
