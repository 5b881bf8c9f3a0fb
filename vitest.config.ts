import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Tests read the packages' sources, so none of them needs a build (the browser suite builds the page itself).
const resolve = { conditions: ['@tha4/source', ...defaultServerConditions] };
const suite = (name: string, include: string[], timeout: number) => ({
  resolve,
  ssr: { resolve },
  test: { name, include, testTimeout: timeout, hookTimeout: timeout },
});

export default defineConfig({
  test: {
    projects: [
      suite('unit', ['{packages,apps}/*/src/**/*.test.ts', 'bench/src/**/*.test.ts', 'site/*.test.ts'], 60_000),
      suite('golden', ['{packages,apps}/*/test/**/*.golden.test.ts'], 600_000),
      suite('consumers', ['consumers/*.test.ts'], 600_000),
      suite('browser', ['{packages,apps}/*/test/**/*.browser.test.ts'], 600_000),
    ],
  },
});
