import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { sharedFunctions } from '../../../src/engine/shared-functions.ts'
import { type Sql, sql } from '../../../src/engine/sql.ts'
import { openSpark } from '../../support/spark.ts'

const spark = inject('spark')

describe.skipIf(!spark)('Spark', () => {
  it('gives a call that is written out the type that the function has', async () => {
    const engine = await openSpark(spark?.address ?? '')
    onTestFinished(() => engine.close())
    const typeOf = async (value: Sql) => (await engine.describe(sql`SELECT ${value} AS value`))[0]?.type
    for (const [name, { parameters, spark: body }] of Object.entries(sharedFunctions)) {
      if (body === undefined) continue
      const given = Object.values(parameters).map((type) => `CAST(NULL AS ${type})`)
      const call = (written: string) => ({ text: `${written}(${given.join(', ')})`, values: [] })
      expect(await typeOf(call(name)), name).toBe(await typeOf(call(`"${name}"`)))
    }
  })
})
