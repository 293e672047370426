import { literalOf, type Parameter } from './literal.ts'
import type { FetchArgument, MlParams, Relation } from './messages.ts'

/** What is to be fitted to what. */
export interface Fitting {
  /** A class of Spark's MLlib, as in `org.apache.spark.ml.recommendation.ALS`. */
  readonly estimator: string
  /** By the names that MLlib gives them; what is left out keeps MLlib's default. */
  readonly parameters?: Readonly<Record<string, Parameter>>
  readonly input: Relation
}

/** A fitted model, which the server keeps for the session that fitted it. What it gives are relations: nothing is computed before they are read. */
export class SparkModel {
  readonly id: string
  readonly #remove: () => Promise<void>

  constructor(id: string, remove: () => Promise<void>) {
    this.id = id
    this.#remove = remove
  }

  /** `input` with what the model says of each row, under the names that `parameters` or the fit gave. */
  transform(input: Relation, parameters: Readonly<Record<string, Parameter>> = {}): Relation {
    return { mlRelation: { transform: { objRef: { id: this.id }, input, params: mlParams(parameters) } } }
  }

  /** The table that a method of the model gives, as in `table('recommendForAllUsers', 10)`. */
  table(method: string, ...values: readonly (Parameter | Relation)[]): Relation {
    const args = values.map(argument)
    return { mlRelation: { fetch: { objRef: { id: this.id }, methods: [{ method, args }] } } }
  }

  /** Removes the model from the server. */
  delete(): Promise<void> {
    return this.#remove()
  }
}

/** Parameters as MLlib takes them. */
export function mlParams(parameters: Readonly<Record<string, Parameter>>): MlParams {
  return { params: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, literalOf(value)])) }
}

function argument(value: Parameter | Relation): FetchArgument {
  const isRelation = typeof value === 'object' && value !== null && !(value instanceof Date)
  return isRelation ? { input: value } : { param: literalOf(value) }
}
