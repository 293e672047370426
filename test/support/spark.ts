import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deepStacks, type LocalServer, startLocalServer } from '../../src/engine/spark/local-server.ts'
import { SparkEngine } from '../../src/engine/spark/spark-engine.ts'

/** What `npm run test:spark` installs. */
interface InstalledSpark {
  readonly python: string
  readonly submit: string
}

/** The Spark of this checkout, or undefined where it or Java is missing. */
export function findSpark(): InstalledSpark | undefined {
  const home = join(import.meta.dirname, '../../.spark-venv')
  const python = join(home, 'bin/python')
  if (!existsSync(python) || spawnSync('java', ['-version']).status !== 0) return undefined
  const [library = ''] = readdirSync(join(home, 'lib'))
  const submit = join(home, 'lib', library, 'site-packages/pyspark/bin/spark-submit')
  return existsSync(submit) ? { python, submit } : undefined
}

/** An engine on the server at `address`, whose tables lie in a folder of their own. */
export async function openSpark(address: string): Promise<SparkEngine> {
  return SparkEngine.open(address, await mkdtemp(join(tmpdir(), 'marquee-tables-')))
}

/** A small server that is quick to start; `stop` it. */
export function startTestServer(
  sparkSubmit: string,
  folder: string,
  further: Readonly<Record<string, string>> = {},
): Promise<LocalServer> {
  const settings = {
    ...further,
    // With the first compiler alone Java keeps 48 MB for compiled code, which a build can fill; it then ends.
    'spark.driver.extraJavaOptions': `-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m ${deepStacks}`,
    'spark.connect.progress.reportInterval': '50ms',
  }
  return startLocalServer({ sparkSubmit, memory: '2g', folder, settings })
}
