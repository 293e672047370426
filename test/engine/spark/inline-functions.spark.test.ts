import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { sharedFunctions } from '../../../src/engine/shared-functions.ts'
import { openSpark } from '../../support/spark.ts'

const spark = inject('spark')

describe.skipIf(!spark)('Spark', () => {
  it('gives a call that is written out the type that the function has', async () => {
    const engine = await openSpark(spark?.address ?? '')
    onTestFinished(() => engine.close())
    for (const [name, { parameters, spark: body }] of Object.entries(sharedFunctions)) {
      if (body === undefined) continue
      const nulls = Object.entries(parameters).map(([parameter, type]) => `CAST(NULL AS ${type}) AS ${parameter}`)
      const given = Object.keys(parameters).join(', ')
      const text = `SELECT ${name}(${given}) AS v, "${name}"(${given}) AS f FROM (SELECT ${nulls.join(', ')}) AS n`
      const [written, function_] = await engine.describe({ text, values: [] })
      expect(written?.type, name).toBe(function_?.type)
    }
  })
})
