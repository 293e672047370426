import { describe, inject } from 'vitest'
import { engineContract } from '../../contracts/engine.ts'
import { openSpark } from '../../support/spark.ts'

const spark = inject('spark')

describe.skipIf(!spark)('Spark', () => {
  engineContract('Spark', () => openSpark(spark?.address ?? ''), 10)
})
