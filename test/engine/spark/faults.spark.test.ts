import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it, onTestFinished } from 'vitest'
import { parseSparkAddress } from '../../../src/engine/spark/address.ts'
import { SparkSession, sqlRelation } from '../../../src/engine/spark/index.ts'
import { type CuttingProxy, openCuttingProxy } from '../../support/cutting-proxy.ts'
import { findSpark, startTestServer } from '../../support/spark.ts'
import { runningJobs } from '../../support/spark-rest.ts'

const spark = inject('spark')
const quick = { retries: 3, firstMilliseconds: 20, mostMilliseconds: 100 }

async function openSession(address: string): Promise<SparkSession> {
  const session = await SparkSession.connect(address, { retry: quick })
  onTestFinished(() => session.close())
  return session
}

async function openProxy(): Promise<CuttingProxy> {
  const proxy = await openCuttingProxy(parseSparkAddress(spark?.address ?? '').port)
  onTestFinished(() => proxy.close())
  return proxy
}

const endless = sqlRelation('SELECT sum(a.id * b.id % 7) AS n FROM range(1000000) a CROSS JOIN range(1000000) b')

describe.skipIf(!spark)('Spark with faults', () => {
  afterEach(async () => expect.poll(() => runningJobs(spark?.ui ?? ''), { timeout: 20_000 }).toBe(0))

  it('takes a large result up again where the connection was cut: all rows, once, in order', async () => {
    const proxy = await openProxy()
    const session = await openSession(`sc://127.0.0.1:${proxy.port}`)
    const total = 1_000_000
    const cuts = 5
    let next = 0
    let cut = 0
    for await (const rows of session.stream(sqlRelation(`SELECT id, repeat('x', 50) AS text FROM range(${total})`))) {
      for (const { id } of rows) if (id === next) next += 1
      if (cut < cuts && next >= (cut + 1) * (total / (cuts + 1))) {
        cut += 1
        proxy.cut()
      }
    }
    expect(next).toBe(total)
    expect(cut).toBe(cuts)
    expect(proxy.connections()).toBeGreaterThan(cuts)
  })

  it('finishes a statement whose connection was cut before its first row', async () => {
    const proxy = await openProxy()
    const session = await openSession(`sc://127.0.0.1:${proxy.port}`)
    const slow = sqlRelation(
      "SELECT count(*) AS n FROM range(0, 1000000, 1, 4) WHERE sha2(CAST(id AS STRING), 256) > 'x'",
    )
    let cuts = 0
    const onProgress = () => {
      if (cuts++ < 3) proxy.cut()
    }
    expect(await session.rows(slow, { onProgress })).toEqual([{ n: 0 }])
    expect(cuts).toBeGreaterThan(1)
  })

  it('never tries a wrong statement again', async () => {
    const proxy = await openProxy()
    const session = await openSession(`sc://127.0.0.1:${proxy.port}`)
    await expect(session.rows(sqlRelation('SELECT nothing'))).rejects.toMatchObject({
      code: 'query-failed',
      errorClass: 'UNRESOLVED_COLUMN.WITHOUT_SUGGESTION',
      sqlState: '42703',
    })
    expect(proxy.connections()).toBe(1)
  })

  it('leaves no job behind when it is interrupted by its tag', async () => {
    const session = await openSession(spark?.address ?? '')
    const other = session.rows(sqlRelation('SELECT 1 AS one'), { tag: 'other' })
    let isStopped = false
    const onProgress = () => {
      if (isStopped) return
      isStopped = true
      void session.interrupt('mine')
    }
    await expect(session.rows(endless, { tag: 'mine', onProgress })).rejects.toMatchObject({ code: 'interrupted' })
    expect(await other).toEqual([{ one: 1 }])
    expect(await session.interrupt('mine')).toEqual([])
  })

  it('leaves no job behind when its reader leaves or its session closes', async () => {
    const session = await SparkSession.connect(spark?.address ?? '')
    for await (const rows of session.stream(sqlRelation('SELECT id FROM range(0, 100000000, 1, 1000)'))) {
      expect(rows.length).toBeGreaterThan(0)
      break
    }
    const running = session.rows(endless, { onProgress: () => void session.close() })
    await expect(running).rejects.toThrow()
  })

  it('names the address when nothing answers there, after a few tries', async () => {
    const proxy = await openProxy()
    await proxy.close()
    await expect(openSession(`sc://127.0.0.1:${proxy.port}`)).rejects.toMatchObject({
      code: 'spark-unreachable',
      message: expect.stringContaining(`127.0.0.1:${proxy.port}`),
    })
  })

  it('names the address when the server goes away in the middle', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'marquee-spark-gone-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const server = await startTestServer(findSpark()?.submit ?? '', folder)
    onTestFinished(() => server.stop())
    const session = await openSession(server.address)
    const running = session.rows(endless, { onProgress: () => server.process.kill('SIGKILL') })
    await expect(running).rejects.toMatchObject({
      code: 'spark-unreachable',
      message: expect.stringContaining(parseSparkAddress(server.address).label),
    })
  })

  it('says so when the session is gone', async () => {
    const session = await openSession(spark?.address ?? '')
    const again = await SparkSession.connect(`${spark?.address};session_id=${session.id}`)
    await again.close()
    await expect(session.rows(sqlRelation('SELECT 1'))).rejects.toMatchObject({ code: 'spark-session-lost' })
  })

  it('notices a connection that has gone silent', async () => {
    const proxy = await openProxy()
    const session = await SparkSession.connect(`sc://127.0.0.1:${proxy.port}`, {
      retry: quick,
      silenceMilliseconds: 600,
    })
    onTestFinished(() => session.close())
    const slow = sqlRelation(
      "SELECT count(*) AS n FROM range(0, 2000000, 1, 8) WHERE sha2(CAST(id AS STRING), 256) > 'x'",
    )
    let isFrozen = false
    const onProgress = () => {
      if (isFrozen) return
      isFrozen = true
      proxy.freeze()
    }
    expect(await session.rows(slow, { onProgress })).toEqual([{ n: 0 }])
    expect(isFrozen).toBe(true)
    expect(proxy.connections()).toBeGreaterThan(1)
  })
})
