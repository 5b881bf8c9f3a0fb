import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Tests read the packages' sources, so none of them needs a build (the browser suites build their pages themselves).
const resolve = { conditions: ['@tha4/source', ...defaultServerConditions] };
const suite = (name: string, include: string[], timeout: number, { maxWorkers, groupOrder }: Turn) => ({
  resolve,
  ssr: { resolve },
  test: { name, include, testTimeout: timeout, hookTimeout: timeout, maxWorkers, sequence: { groupOrder } },
});

interface Turn {
  readonly maxWorkers: number;
  readonly groupOrder: number;
}

/** Pages that keep pace with a clock. */
const ALONE: Turn = { maxWorkers: 1, groupOrder: 1 };
/**
 * What takes one core, as an emulated GPU does while it compiles; no more at a time than there is memory for: a teacher's
 * networks are 0.7 GB.
 */
const TOGETHER: Turn = { maxWorkers: 2, groupOrder: 0 };

export default defineConfig({
  test: {
    projects: [
      suite(
        'unit',
        ['{packages,apps}/*/src/**/*.test.ts', 'bench/src/**/*.test.ts', 'site/*.test.ts'],
        60_000,
        TOGETHER,
      ),
      suite('golden', ['{packages,apps}/*/test/**/*.golden.test.ts'], 600_000, TOGETHER),
      suite('consumers', ['consumers/*.test.ts'], 600_000, TOGETHER),
      suite('browser', ['{packages/*,apps/web-manual}/test/**/*.browser.test.ts'], 600_000, TOGETHER),
      suite('webcam', ['apps/web-webcam/test/**/*.browser.test.ts'], 600_000, ALONE),
    ],
  },
});
