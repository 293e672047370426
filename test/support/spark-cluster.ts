import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { deepStacks, type LocalServer, startLocalServer } from '../../src/engine/spark/local-server.ts'
import { freePort } from './free-port.ts'
import { executorsOf } from './spark-rest.ts'

interface ClusterOptions {
  readonly sparkSubmit: string
  /** Where everything of the cluster keeps its files. */
  readonly folder: string
  readonly workers?: number
  readonly coresPerWorker?: number
  /** As Java writes it: `1g`. */
  readonly executorMemory?: string
  readonly driverMemory?: string
  /** Where executors keep what they spill and shuffle; within `folder` unless set. */
  readonly localFolder?: string
  /** Further settings of Spark's, which also undo what makes the start quick and long work slow. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A standalone cluster on this machine with a Spark Connect server in front of it. */
export interface SparkCluster extends Pick<LocalServer, 'address' | 'ui' | 'process'> {
  /** The processes that execute tasks now. */
  executorProcesses(): number[]
  stop(): Promise<void>
}

const quickStart = '-XX:TieredStopAtLevel=1'

/** Starts a master, its workers, each with one executor, and the server; waits until all executors are there. */
export async function startSparkCluster(options: ClusterOptions): Promise<SparkCluster> {
  const { sparkSubmit, folder, workers = 2, coresPerWorker = 1, executorMemory = '1g', driverMemory = '1g' } = options
  const { localFolder = join(folder, 'local') } = options
  await mkdir(localFolder, { recursive: true })
  const daemons: ChildProcess[] = []
  const host = ['--host', '127.0.0.1', '--webui-port', '0']
  const start = async (kind: 'master.Master' | 'worker.Worker', words: readonly string[], said: RegExp) => {
    const env = {
      ...process.env,
      SPARK_LOCAL_IP: '127.0.0.1',
      SPARK_LOCAL_DIRS: localFolder,
      SPARK_DAEMON_MEMORY: '256m',
      SPARK_DAEMON_JAVA_OPTS: quickStart,
    }
    const launcher = join(sparkSubmit, '../spark-class')
    const command = [`org.apache.spark.deploy.${kind}`, ...host, ...words]
    const daemon = spawn(launcher, command, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
    daemons.push(daemon)
    await untilSaid(daemon, said)
    return daemon
  }
  let server: Promise<LocalServer> | undefined
  const stop = async () => {
    await server?.then(
      (started) => started.stop(),
      () => undefined,
    )
    await Promise.all(daemons.map(end))
  }
  try {
    const port = await freePort()
    const master = `spark://127.0.0.1:${port}`
    await start('master.Master', ['--port', String(port)], /elected leader/)
    const each = ['--cores', String(coresPerWorker), '--memory', '64g', '--work-dir', join(folder, 'work'), master]
    const settings = {
      'spark.executor.memory': executorMemory,
      'spark.executor.cores': String(coresPerWorker),
      'spark.executor.extraJavaOptions': `${quickStart} ${deepStacks}`,
      'spark.driver.extraJavaOptions': `${quickStart} ${deepStacks}`,
      'spark.connect.progress.reportInterval': '50ms',
      'spark.sql.shuffle.partitions': String(2 * workers * coresPerWorker),
      ...options.settings,
    }
    server = startLocalServer({ sparkSubmit, folder, memory: driverMemory, master, settings })
    const [{ address, ui, process: driver }, ...started] = await Promise.all([
      server,
      ...Array.from({ length: workers }, () => start('worker.Worker', each, /registered with master/)),
    ])
    await until(async () => (await executorsOf(ui)).length === workers)
    return { address, ui, process: driver, executorProcesses: () => started.flatMap(executorsIn), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function untilSaid(process: ChildProcess, said: RegExp): Promise<void> {
  const lines: string[] = []
  await new Promise<void>((resolve, reject) => {
    process.once('error', reject)
    process.once('exit', () => reject(new Error(`A part of the cluster did not start:\n${lines.join('\n')}`)))
    if (!process.stderr) return
    createInterface({ input: process.stderr }).on('line', (line) => {
      lines.push(line)
      if (said.test(line)) resolve()
    })
  })
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo()) return
    await wait(100)
  }
  throw new Error('The executors of the cluster did not come.')
}

function executorsIn(worker: ChildProcess): number[] {
  const asked = ['-P', String(worker.pid), '-f', 'CoarseGrainedExecutorBackend']
  return execFileSync('pgrep', asked, { encoding: 'utf8' }).trim().split('\n').map(Number)
}

async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return
  const gone = once(process, 'exit')
  process.kill('SIGTERM')
  await gone
}
