import { describe, inject } from 'vitest'
import { SparkEngine } from '../../../src/engine/spark/spark-engine.ts'
import { valuesContract } from '../../contracts/values.ts'

const spark = inject('spark')

describe.skipIf(!spark)('Spark', () => valuesContract('Spark', () => SparkEngine.open(spark?.address ?? '')))
