import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { sql } from '../../../src/engine/sql.ts'
import { engineContract } from '../../contracts/engine.ts'
import { openSpark } from '../../support/spark.ts'

const spark = inject('spark')

describe.skipIf(!spark)('Spark', () => {
  engineContract('Spark', () => openSpark(spark?.address ?? ''), 10)

  it('tells while a statement runs which share of it is done, and never goes back', async () => {
    const engine = await openSpark(spark?.address ?? '')
    const seen: number[] = []
    const timer = setInterval(() => {
      const share = engine.progress()
      if (share !== undefined && share !== seen.at(-1)) seen.push(share)
    }, 5)
    onTestFinished(() => {
      clearInterval(timer)
      engine.close()
    })
    const hashes = sql`SELECT sha2(CAST(id AS STRING), 512) AS hash FROM range(0, 1000000, 1, 16)`
    const [row] = await engine.query(sql`SELECT count(*) AS n FROM (SELECT DISTINCT hash FROM (${hashes}) AS h) AS d`)
    expect(row).toEqual({ n: 1_000_000 })
    expect(engine.progress()).toBeUndefined()
    const steps = seen.filter((share) => share > 0 && share < 1)
    expect(steps.length).toBeGreaterThan(4)
    expect(seen).toEqual([...seen].sort((left, right) => left - right))
    expect(Math.max(...seen)).toBeLessThanOrEqual(1)
  })
})
