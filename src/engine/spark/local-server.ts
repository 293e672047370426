import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { InputError } from '../../errors.ts'

export interface LocalServerOptions {
  /** Spark's launcher; `spark-submit` on the PATH unless set. */
  readonly sparkSubmit?: string
  /** Free ports are found unless set. */
  readonly port?: number
  readonly uiPort?: number
  readonly cores?: number
  /** A cluster that does the work, as in `spark://host:7077`; this machine's cores unless set. */
  readonly master?: string
  /** As Java writes it: `2g`. */
  readonly memory?: string
  /** Where Spark keeps what it spills and its tables. */
  readonly folder: string
  /** Further settings of Spark's. */
  readonly settings?: Readonly<Record<string, string>>
  /** Ends the start; a server that is up goes on. */
  readonly signal?: AbortSignal
}

/** A Spark Connect server on this machine, reachable from nowhere else. */
export interface LocalServer {
  readonly address: string
  /** Spark's own pages and REST API. */
  readonly ui: string
  readonly process: ChildProcess
  /** Ends the server's process and waits until it is gone. */
  stop(): Promise<void>
}

/** ALS describes each iteration by the one before; the stacks that Java gives are too small to send ten of them, and the server would die. */
export const deepStacks = '-Xss4m'
/**
 * What fills a small server otherwise: each operator and each broadcast table takes a page of memory at least, and Spark's
 * web pages keep what they show of every statement. 8,192 pages are the most a task can have.
 */
const smallMemory = {
  'spark.buffer.pageSize': '2m',
  'spark.sql.ui.retainedExecutions': '20',
  'spark.connect.ui.retainedStatements': '20',
  'spark.ui.retainedJobs': '50',
  'spark.ui.retainedStages': '50',
}
const started = /Spark Connect server started at/
const keptLines = 30
const patienceMilliseconds = 15_000

/**
 * Starts a Spark Connect server in local mode and waits until it listens.
 * @throws InputError `port-taken`, `spark-not-started` with the end of its log
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { sparkSubmit = 'spark-submit', cores = 2, master = `local[${cores}]`, memory = '2g', folder } = options
  const port = await findPort(options.port)
  const uiPort = await findPort(options.uiPort)
  const settings = {
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.driver.host': '127.0.0.1',
    'spark.connect.grpc.binding.address': '127.0.0.1',
    'spark.connect.grpc.binding.port': String(port),
    'spark.ui.port': String(uiPort),
    'spark.driver.extraJavaOptions': deepStacks,
    'spark.checkpoint.dir': join(folder, 'checkpoint'),
    'spark.local.dir': join(folder, 'local'),
    'spark.sql.warehouse.dir': join(folder, 'warehouse'),
    'spark.sql.catalogImplementation': 'in-memory',
    'spark.sql.shuffle.partitions': String(cores),
    ...smallMemory,
    ...options.settings,
  }
  const server = spawn(
    sparkSubmit,
    [
      ...['--class', 'org.apache.spark.sql.connect.service.SparkConnectServer'],
      ...['--master', master, '--driver-memory', memory],
      ...Object.entries(settings).flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
      'spark-internal',
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, SPARK_LOCAL_IP: '127.0.0.1' } },
  )
  try {
    await untilStarted(server, sparkSubmit, options.signal)
  } catch (error) {
    await stop(server)
    throw error
  }
  return {
    address: `sc://127.0.0.1:${port}`,
    ui: `http://127.0.0.1:${uiPort}`,
    process: server,
    stop: () => stop(server),
  }
}

async function untilStarted(
  server: ChildProcess,
  sparkSubmit: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const lines: string[] = []
  const failed = (cause?: unknown) =>
    new InputError(
      { en: `Spark did not start:\n${lines.join('\n')}`, zh: `Spark 未能启动：\n${lines.join('\n')}` },
      {
        code: 'spark-not-started',
        value: sparkSubmit,
        cause,
        advice: {
          en: 'Java 17 or newer and Spark 4 are needed: `pip install "pyspark[connect]"` brings Spark and its spark-submit.',
          zh: '需要 Java 17 或更新版本与 Spark 4：`pip install "pyspark[connect]"` 会安装 Spark 及其 spark-submit。',
        },
      },
    )
  await new Promise<void>((resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    server.once('error', (error) => reject(failed(error)))
    server.once('close', () => reject(failed()))
    if (!server.stderr) return
    createInterface({ input: server.stderr }).on('line', (line) => {
      if (lines.push(line) > keptLines) lines.shift()
      if (started.test(line)) resolve()
    })
  })
  server.removeAllListeners('close')
}

/** A server that does not end by itself within `patienceMilliseconds` is killed. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, 'exit')
  server.kill('SIGTERM')
  const timer = setTimeout(() => server.kill('SIGKILL'), patienceMilliseconds)
  await gone
  clearTimeout(timer)
}

/** `wanted`, or a port that nothing listens on where none is wanted. */
async function findPort(wanted = 0): Promise<number> {
  const probe = createServer().listen(wanted, '127.0.0.1')
  try {
    await once(probe, 'listening')
  } catch (cause) {
    throw portTaken(wanted, cause)
  }
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : wanted
}

function portTaken(port: number, cause: unknown): InputError {
  return new InputError(
    { en: `Port ${port} of this machine cannot be used.`, zh: `本机端口 ${port} 无法使用。` },
    {
      code: 'port-taken',
      value: port,
      cause,
      advice: {
        en: 'Another server may run there already: end it, or choose another port.',
        zh: '该端口可能已有服务在运行：请结束该服务，或改用其他端口。',
      },
    },
  )
}
