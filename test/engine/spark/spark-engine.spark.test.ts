import { describe, inject } from 'vitest'
import { SparkEngine } from '../../../src/engine/spark/spark-engine.ts'
import { engineContract } from '../../contracts/engine.ts'

const spark = inject('spark')

describe.skipIf(!spark)('Spark', () => {
  engineContract('Spark', () => SparkEngine.open(spark?.address ?? ''), 10)
})
