import { defineConfig } from 'vitest/config'

const spark = 'test/**/*.spark.test.ts'

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'marquee', include: ['test/**/*.test.ts'], exclude: [spark] } },
      {
        extends: true,
        test: { name: 'spark', include: [spark], globalSetup: 'test/support/spark-server.ts', fileParallelism: false },
      },
    ],
  },
})
