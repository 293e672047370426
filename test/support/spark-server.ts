import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findSpark, startTestServer } from './spark.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a Spark Connect server and that of its pages, or undefined where Spark is not installed. */
    spark: { readonly address: string; readonly ui: string } | undefined
  }
}

/** One server for all Spark suites. Continuous integration must have it; elsewhere the suites are skipped, aloud. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const spark = findSpark()
  if (!spark) {
    const how = 'Install Java 17 and Python 3, then run `npm run test:spark`.'
    if (process.env.CI) throw new Error(`Spark is not installed. ${how}`)
    console.warn(`\nThe Spark suites did NOT run: Spark is not installed. ${how}\n`)
    project.provide('spark', undefined)
    return async () => undefined
  }
  const folder = await mkdtemp(join(tmpdir(), 'marquee-spark-'))
  const server = await startTestServer(spark.submit, folder)
  project.provide('spark', { address: server.address, ui: server.ui })
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
