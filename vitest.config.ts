import { join } from 'node:path'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// What Node compiled once serves every process and thread that the tests start, and the next run.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/tally-reporter.ts'],
    // Many tests wait for a server or a browser: three files at a time, on two cores as well.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.worker.test.ts'],
          // No test is about time: the limit is for what hangs, on a machine that four other programs keep busy.
          testTimeout: 180_000,
          // Modules hold no state (CONTRIBUTING.md), so files share them: loading them anew for each took a sixth of all the time.
          isolate: false,
          globalSetup: './tests/support/built-program.ts',
          // Tests leave nothing behind in anybody's cache, and find nothing there.
          env: { BROADSHEET_CACHE: 'off' },
          // Hooks start servers and pack the package, on machines that may be busy.
          hookTimeout: 300_000,
        },
      },
      // Only by name (`npm run fuzz`): a busy machine must not fail a test.
      { test: { name: 'timing', include: ['tests/**/*.timing.ts'], testTimeout: 120_000 } },
      // Only by name (`npm run test:s3`): needs Ceph's packages, and half a minute to start them.
      { test: { name: 's3', include: ['tests/**/*.s3.ts'], testTimeout: 120_000, hookTimeout: 240_000 } },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: './tests/runtimes/workerd.wrangler.toml' } })],
        test: {
          name: 'workerd',
          include: ['tests/**/*.worker.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
