import { defineConfig } from 'vitest/config';

/** `npm run perf`: figures of the inbox with very many conversations. It takes minutes and is no part of CI. */
export default defineConfig({
  root: import.meta.dirname,
  test: { include: ['*.perf.ts'], fileParallelism: false, testTimeout: 3_600_000, hookTimeout: 3_600_000 },
});
