export type { ColumnDescription, Row, Value } from '../engine.ts'
export { parseSparkAddress, type SparkAddress } from './address.ts'
export { type AlsModel, type AlsParameters, fitAls } from './als.ts'
export type { Parameter } from './literal.ts'
export { type LocalColumn, localRelation } from './local-relation.ts'
export type { Relation } from './messages.ts'
export { type Fitting, SparkModel } from './model.ts'
export { type Files, filesRelation, type Parameters, sqlRelation, tableRelation } from './relation.ts'
export type { RetryPolicy } from './retry.ts'
export {
  type ExecuteOptions,
  type SessionOptions,
  SparkSession,
  type StageProgress,
  type WriteOptions,
} from './session.ts'
export { SparkError } from './spark-error.ts'
