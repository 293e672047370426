import type { Relation } from './messages.ts'
import type { SparkModel } from './model.ts'
import type { ExecuteOptions, SparkSession } from './session.ts'

/** How ALS factorises; what is left out keeps MLlib's default. Users and items are integers within 32 bits. */
export interface AlsParameters {
  readonly userCol?: string
  readonly itemCol?: string
  readonly ratingCol?: string
  readonly rank?: number
  readonly maxIter?: number
  readonly regParam?: number
  /** Takes ratings as strengths of preference (Hu, Koren, Volinsky 2008), with `alpha` as the weight of each. */
  readonly implicitPrefs?: boolean
  readonly alpha?: number
  readonly nonnegative?: boolean
  readonly seed?: number
  /** Pieces that users and items are cut into; each fits in the memory of a worker. */
  readonly numUserBlocks?: number
  readonly numItemBlocks?: number
  readonly coldStartStrategy?: 'nan' | 'drop'
}

/** Factors of users and items, whose products are the predicted ratings. */
export interface AlsModel {
  /** `input` with a column `prediction`; of users and items that were not in the fit, as `coldStartStrategy` says. */
  transform(input: Relation): Relation
  /** `id` and `features`, a list of `rank` numbers. */
  readonly userFactors: Relation
  readonly itemFactors: Relation
  /** For each user a list of the `count` items with the highest predictions. */
  recommendForAllUsers(count: number): Relation
  /** The same for the users in the user column of `users`. */
  recommendForUserSubset(users: Relation, count: number): Relation
  /** Removes the model from the server. */
  delete(): Promise<void>
}

/**
 * Factorises the ratings in `input` by alternating least squares (Koren, Bell, Volinsky 2009), on the cluster.
 * @throws SparkError where MLlib refuses a parameter or the input
 */
export async function fitAls(
  session: SparkSession,
  input: Relation,
  parameters: AlsParameters = {},
  options: ExecuteOptions = {},
): Promise<AlsModel> {
  const estimator = 'org.apache.spark.ml.recommendation.ALS'
  const model: SparkModel = await session.fit({ estimator, parameters: { ...parameters }, input }, options)
  return {
    transform: (rows) => model.transform(rows),
    userFactors: model.table('userFactors'),
    itemFactors: model.table('itemFactors'),
    recommendForAllUsers: (count) => model.table('recommendForAllUsers', count),
    recommendForUserSubset: (users, count) => model.table('recommendForUserSubset', users, count),
    delete: () => model.delete(),
  }
}
