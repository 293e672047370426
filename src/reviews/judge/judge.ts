import type { Value } from '../../engine/engine.ts'
import type { DerivedTable } from '../../warehouse/schema.ts'

/** What fills `review_sentiment`: a model of sentiment. */
export interface SentimentJudge {
  readonly table: 'review_sentiment'
  /** Names all that the rows depend on beside the texts: where it is equal, rows are. */
  readonly key: string
  /** Where the model's file lies, absolute. */
  readonly model: string
}

/** How the rows of a derived table are made of the texts of reviews: plain data, which can be sent to a thread. */
export type Judge = SentimentJudge

/** What is found in one text: rows of the table, each with the values of its `derivedColumns` in their order. */
export type TextRows = readonly (readonly Value[])[]

/** Makes the rows of each of `texts`, in their order. */
export type JudgeTexts = (texts: readonly string[]) => Promise<readonly TextRows[]>

/** What makes the rows of each table. */
export type JudgeMakers = { readonly [Table in DerivedTable]: (judge: Judge & { table: Table }) => Promise<JudgeTexts> }
