import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { filesRelation, SparkSession, type StageProgress, sqlRelation } from '../../../src/engine/spark/index.ts'
import { findSpark } from '../../support/spark.ts'
import { type SparkCluster, startSparkCluster } from '../../support/spark-cluster.ts'
import { executorsOf, runningJobs } from '../../support/spark-rest.ts'

const rows = 100_000
const tasks = 12
const groups = 1000
/** Slow to compute, and shuffled twice. */
const shuffled = sqlRelation(`
  WITH hashed AS (SELECT id % ${groups} AS part, sha2(CAST(id AS STRING), 512) AS hash FROM range(0, ${rows}, 1, ${tasks})),
    parts AS (SELECT part, count(*) AS n, max(hash) AS hash FROM hashed GROUP BY part)
  SELECT count(*) AS parts, sum(n) AS n, sum(conv(substr(hash, 1, 4), 16, 10) DIV 1) AS digits FROM parts JOIN hashed USING (part, hash)`)

describe.skipIf(!inject('spark'))('Spark on a cluster', () => {
  let folder: string
  let cluster: SparkCluster
  let session: SparkSession
  let answer: unknown
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'marquee-cluster-'))
    const settings = { 'spark.task.maxFailures': '2' }
    cluster = await startSparkCluster({ sparkSubmit: findSpark()?.submit ?? '', folder, settings })
    session = await SparkSession.connect(cluster.address)
  })
  afterAll(async () => {
    await session?.close()
    await cluster?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('has both executors shuffle and write', async () => {
    const [row] = await session.rows(shuffled)
    answer = row
    expect(row).toMatchObject({ parts: groups, n: rows })
    const path = join(folder, 'parts')
    const written = sqlRelation(`SELECT id, id % 4 AS part FROM range(0, ${rows}, 1, 4)`)
    await session.write(written, { format: 'parquet', path, partitionBy: ['part'] })
    expect((await readdir(path)).filter((name) => name.startsWith('part=')).sort()).toEqual(
      [0, 1, 2, 3].map((part) => `part=${part}`),
    )
    await session.createView('written', filesRelation({ format: 'parquet', paths: [path] }))
    const sums = 'SELECT part, count(*) AS n, sum(id) AS ids FROM written GROUP BY part ORDER BY part'
    expect(await session.rows(sqlRelation(sums))).toEqual(
      [0, 1, 2, 3].map((part) => ({ part, n: rows / 4, ids: (rows / 4) * ((rows - 4) / 2 + part) })),
    )
    const done = (await executorsOf(cluster.ui)).map(({ completedTasks }) => completedTasks)
    expect(done).toHaveLength(2)
    expect(Math.min(...done)).toBeGreaterThan(2)
  })

  it('gives the same answer when an executor dies in the middle', async () => {
    let killed: number | undefined
    const onProgress = (stages: readonly StageProgress[]) => {
      if (killed !== undefined || !stages.some((stage) => stage.tasks === tasks && stage.tasksDone > 2)) return
      const [executor = 0] = cluster.executorProcesses()
      killed = executor
      process.kill(executor, 'SIGKILL')
    }
    expect(await session.rows(shuffled, { onProgress })).toEqual([answer])
    expect(killed).toBeGreaterThan(0)
    const lost = async () => (await executorsOf(cluster.ui)).filter(({ isActive }) => !isActive).length
    await expect.poll(lost, { timeout: 10_000 }).toBe(1)
  })

  it('leaves no job and no task behind when it is interrupted', async () => {
    const endless = sqlRelation('SELECT sum(a.id * b.id % 7) AS n FROM range(1000000) a CROSS JOIN range(1000000) b')
    const active = async () =>
      (await executorsOf(cluster.ui)).reduce((sum, { isActive, activeTasks }) => sum + (isActive ? activeTasks : 0), 0)
    const failed = expect(session.rows(endless)).rejects.toMatchObject({ code: 'interrupted' })
    await expect.poll(active, { timeout: 20_000 }).toBeGreaterThan(0)
    await session.interrupt()
    await failed
    await expect.poll(() => runningJobs(cluster.ui), { timeout: 10_000 }).toBe(0)
    await expect.poll(active, { timeout: 20_000 }).toBe(0)
  })

  it('says that memory ran out, and goes on', async () => {
    const large = 'SELECT size(collect_list(repeat(CAST(id AS STRING), 20000))) AS n FROM range(0, 100000, 1, 1)'
    await expect(session.rows(sqlRelation(large))).rejects.toMatchObject({
      code: 'out-of-memory',
      text: { zh: expect.stringContaining('内存不足') },
      advice: { en: expect.stringContaining('spark.executor.memory') },
    })
    expect(await session.rows(sqlRelation('SELECT count(*) AS n FROM range(0, 100, 1, 4)'))).toEqual([{ n: 100 }])
  })
})
