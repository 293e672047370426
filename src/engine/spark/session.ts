import { randomUUID } from 'node:crypto'
import { version } from '../../version.ts'
import type { ColumnDescription, Row } from '../engine.ts'
import { parseSparkAddress } from './address.ts'
import { executePlan } from './execute-plan.ts'
import type { ExecutePlanResponse, Plan, Relation, StageInfo } from './messages.ts'
import { type Fitting, mlParams, SparkModel } from './model.ts'
import { readRows } from './read-rows.ts'
import { type Parameters, sqlRelation } from './relation.ts'
import { defaultRetry, type RetryPolicy } from './retry.ts'
import { demandSpark4, explainFailure } from './spark-error.ts'
import { Transport } from './transport.ts'
import { columnsOf } from './type-name.ts'

/** How a session reaches its server. */
export interface SessionOptions {
  /** How often to try again when the server cannot be reached. */
  readonly retry?: RetryPolicy
  /** A PEM file of the authorities to trust for TLS; the system's unless set. */
  readonly certificates?: string
  /** After how long a silence the server is asked for a sign of life while a call waits; a minute unless set. */
  readonly silenceMilliseconds?: number
}

/** How far one stage of an execution is. */
export interface StageProgress {
  readonly stageId: number
  readonly tasks: number
  readonly tasksDone: number
  readonly bytesRead: number
  readonly isDone: boolean
}

/** What an execution may be given. */
export interface ExecuteOptions {
  /** A name under which `interrupt` stops it; no comma. */
  readonly tag?: string
  /** Is told now and then how far the stages are. */
  readonly onProgress?: (stages: readonly StageProgress[]) => void
}

/** How rows are written. */
export interface WriteOptions extends ExecuteOptions {
  readonly format: 'csv' | 'json' | 'parquet'
  /** A folder that the server's workers can write. */
  readonly path: string
  /** What to do with a folder that is there; `error` unless set. */
  readonly mode?: 'append' | 'overwrite' | 'error' | 'ignore'
  /** Columns whose values become folders. */
  readonly partitionBy?: readonly string[]
  readonly options?: Readonly<Record<string, string>>
}

const saveModes = {
  append: 'SAVE_MODE_APPEND',
  overwrite: 'SAVE_MODE_OVERWRITE',
  error: 'SAVE_MODE_ERROR_IF_EXISTS',
  ignore: 'SAVE_MODE_IGNORE',
} as const

/**
 * A session on a Spark Connect server: its own views and settings, over one connection. Results come in batches of rows whose
 * timestamps and dates are ISO 8601 text in UTC, whose integers beyond 2^53 are decimal text and whose missing values are null.
 * @throws SparkError when Spark refuses or fails something or cannot be reached.
 */
export class SparkSession {
  readonly id: string
  /** `host:port` of the server. */
  readonly label: string
  readonly #transport: Transport

  private constructor(id: string, label: string, transport: Transport) {
    this.id = id
    this.label = label
    this.#transport = transport
  }

  /**
   * Opens a session and makes sure that the server answers and is recent enough.
   * @throws InputError `bad-spark-address`
   */
  static async connect(address: string, options: SessionOptions = {}): Promise<SparkSession> {
    const parsed = parseSparkAddress(address)
    const sessionId = parsed.sessionId ?? randomUUID()
    const userContext = { userId: parsed.userId, userName: parsed.userId }
    const transport = await Transport.open(
      parsed,
      { sessionId, userContext, clientType: `marquee/${version()}` },
      {
        retry: options.retry ?? defaultRetry,
        certificates: options.certificates,
        silenceMilliseconds: options.silenceMilliseconds,
      },
    )
    const session = new SparkSession(sessionId, parsed.label, transport)
    try {
      demandSpark4(await session.version(), parsed.label)
      return session
    } catch (error) {
      await transport.close()
      throw error
    }
  }

  /** The server's version of Spark. */
  async version(): Promise<string> {
    const { sparkVersion } = await this.#explained(this.#transport.call('AnalyzePlan', { sparkVersion: {} }))
    return sparkVersion?.version ?? ''
  }

  /** Executes one statement for what it does. */
  async execute(statement: string, parameters: Parameters = [], options: ExecuteOptions = {}): Promise<void> {
    await this.#run({ command: { sqlCommand: { input: sqlRelation(statement, parameters) } } }, options, statement)
  }

  /** The rows of `relation`, a batch at a time; leaving the loop early stops the execution. */
  async *stream(relation: Relation, options: ExecuteOptions = {}): AsyncGenerator<Row[]> {
    for await (const { arrowBatch } of this.#responses({ root: relation }, options, textOf(relation))) {
      const rows = arrowBatch ? readRows(arrowBatch.data) : []
      if (rows.length > 0) yield rows
    }
  }

  /** All rows of `relation`, for results that fit in memory. */
  async rows(relation: Relation, options: ExecuteOptions = {}): Promise<Row[]> {
    const rows: Row[] = []
    for await (const batch of this.stream(relation, options)) for (const row of batch) rows.push(row)
    return rows
  }

  /** The columns of `relation`, without executing it. */
  async schema(relation: Relation): Promise<ColumnDescription[]> {
    const asked = this.#transport.call('AnalyzePlan', { schema: { plan: { root: relation } } })
    const { schema } = await this.#explained(asked, textOf(relation))
    return schema ? columnsOf(schema.schema) : []
  }

  /** Names `relation` for this session's statements; a view of that name is replaced. */
  async createView(name: string, relation: Relation): Promise<void> {
    const view = { input: relation, name, isGlobal: false, replace: true }
    await this.#run({ command: { createDataframeView: view } }, {}, textOf(relation))
  }

  /** Has the workers write the rows of `relation` to files. */
  async write(relation: Relation, write: WriteOptions): Promise<void> {
    const { format, path, mode = 'error', partitionBy = [], options = {} } = write
    const writeOperation = {
      input: relation,
      source: format,
      path,
      mode: saveModes[mode],
      partitioningColumns: partitionBy,
      options,
    }
    await this.#run({ command: { writeOperation } }, write, textOf(relation))
  }

  /** Fits a model of MLlib on the cluster; `delete` it when it has served. */
  async fit({ estimator, parameters = {}, input }: Fitting, options: ExecuteOptions = {}): Promise<SparkModel> {
    const operator = { name: estimator, uid: randomUUID(), type: 'OPERATOR_TYPE_ESTIMATOR' }
    const fit = { estimator: operator, params: mlParams(parameters), dataset: input }
    let id = ''
    for await (const { mlCommandResult } of this.#responses({ command: { mlCommand: { fit } } }, options, estimator))
      id = mlCommandResult?.operatorInfo?.objRef?.id ?? id
    const remove = { command: { mlCommand: { delete: { objRefs: [{ id }] } } } }
    return new SparkModel(id, () => this.#run(remove, {}, undefined))
  }

  /** Sets settings of this session, as in `{ 'spark.sql.shuffle.partitions': '8' }`. */
  async configure(settings: Readonly<Record<string, string>>): Promise<void> {
    const pairs = Object.entries(settings).map(([key, value]) => ({ key, value }))
    await this.#explained(this.#transport.call('Config', { operation: { set: { pairs } } }))
  }

  /** The value of a setting, or undefined when it has none. */
  async setting(key: string): Promise<string | undefined> {
    const operation = { getOption: { keys: [key] } }
    const { pairs } = await this.#explained(this.#transport.call('Config', { operation }))
    return pairs[0]?.value
  }

  /** Stops what runs with `tag`, or all that this session runs; gives the ids of what was stopped. */
  async interrupt(tag?: string): Promise<readonly string[]> {
    const request =
      tag === undefined
        ? { interruptType: 'INTERRUPT_TYPE_ALL' }
        : { interruptType: 'INTERRUPT_TYPE_TAG', operationTag: tag }
    const { interruptedIds } = await this.#explained(this.#transport.call('Interrupt', request))
    return interruptedIds
  }

  /** Ends the session on the server, with its views, and the connection. */
  async close(): Promise<void> {
    this.#transport.send('ReleaseSession', {})
    await this.#transport.close()
  }

  async #run(plan: Plan, options: ExecuteOptions, statement: string | undefined): Promise<void> {
    for await (const _ of this.#responses(plan, options, statement));
  }

  async *#responses(
    plan: Plan,
    options: ExecuteOptions,
    statement: string | undefined,
  ): AsyncGenerator<ExecutePlanResponse> {
    const tags = options.tag === undefined ? [] : [options.tag]
    try {
      for await (const response of executePlan(this.#transport, plan, tags)) {
        const { executionProgress } = response
        if (executionProgress) options.onProgress?.(executionProgress.stages.map(progressOf))
        else yield response
      }
    } catch (error) {
      throw await this.#explain(error, statement)
    }
  }

  async #explained<Result>(result: Promise<Result>, statement?: string): Promise<Result> {
    try {
      return await result
    } catch (error) {
      throw await this.#explain(error, statement)
    }
  }

  #explain(error: unknown, statement: string | undefined): Promise<unknown> {
    return explainFailure(error, { transport: this.#transport, label: this.label, statement })
  }
}

function progressOf(stage: StageInfo): StageProgress {
  const { stageId = 0, numTasks = 0, numCompletedTasks = 0, inputBytesRead = 0, done = false } = stage
  return { stageId, tasks: numTasks, tasksDone: numCompletedTasks, bytesRead: inputBytesRead, isDone: done }
}

function textOf(relation: Relation): string | undefined {
  return 'sql' in relation ? relation.sql.query : undefined
}
