import { mkdir } from 'node:fs/promises'
import { deepStacks, startLocalServer } from '../../src/engine/spark/local-server.ts'
import { startSparkCluster } from '../../test/support/spark-cluster.ts'
import { cores } from './bench-project.ts'

/** A Spark to build on. */
export interface BenchServer {
  readonly address: string
  readonly ui: string
  /** The processes of Spark that hold data: the driver and, on a cluster, its executors. */
  processes(): { readonly driver: number | undefined; readonly executors: readonly number[] }
  stop(): Promise<void>
}

interface ServerOptions {
  readonly sparkSubmit: string
  readonly folder: string
  /** Of the driver and of each executor, as Java writes it: `2g`. */
  readonly memory: string
}

/** Starts a server in local mode, or a cluster of as many workers with a core each; Java compiles as it does in earnest. */
export async function startBenchServer(kind: 'local' | 'cluster', options: ServerOptions): Promise<BenchServer> {
  const { sparkSubmit, folder, memory } = options
  await mkdir(folder, { recursive: true })
  const settings = { 'spark.ui.retainedStages': '100000', 'spark.ui.retainedJobs': '100000' }
  if (kind === 'local') {
    const server = await startLocalServer({ sparkSubmit, folder, memory, cores, settings })
    return { ...server, processes: () => ({ driver: server.process.pid, executors: [] }) }
  }
  const cluster = await startSparkCluster({
    sparkSubmit,
    folder,
    workers: cores,
    executorMemory: memory,
    driverMemory: memory,
    settings: {
      ...settings,
      'spark.driver.extraJavaOptions': deepStacks,
      'spark.executor.extraJavaOptions': deepStacks,
    },
  })
  return {
    ...cluster,
    processes: () => ({ driver: cluster.process.pid, executors: cluster.executorProcesses() }),
  }
}
