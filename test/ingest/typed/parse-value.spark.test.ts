import { describe, inject } from 'vitest'
import { valuesContract } from '../../contracts/values.ts'
import { openSpark } from '../../support/spark.ts'

const spark = inject('spark')

describe.skipIf(!spark)('Spark', () => valuesContract('Spark', () => openSpark(spark?.address ?? '')))
