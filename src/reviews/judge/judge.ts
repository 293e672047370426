import type { Value } from '../../engine/engine.ts'
import type { DerivedTable } from '../../warehouse/schema.ts'
import type { Taxonomy } from '../aspects/taxonomy.ts'

/** What fills `review_sentiment`: a model of sentiment. */
export interface SentimentJudge {
  readonly table: 'review_sentiment'
  /** Names all that the rows depend on beside the texts: where it is equal, rows are. */
  readonly key: string
  /** Where the model's file lies, absolute. */
  readonly model: string
}

/** What fills `review_aspect`: the words of a taxonomy. */
export interface AspectJudge {
  readonly table: 'review_aspect'
  readonly key: string
  readonly taxonomy: Taxonomy
  /** Where the file of a model of sentiment lies, which is asked where no known word judges. */
  readonly model: string | undefined
}

/** How the rows of a derived table are made of the texts of reviews: plain data, which can be sent to a thread. */
export type Judge = SentimentJudge | AspectJudge

/** What is found in one text: rows of the table, each with the values of its `derivedColumns` in their order. */
export type TextRows = readonly (readonly Value[])[]

/** Makes the rows of each of `texts`, in their order. */
export type JudgeTexts = (texts: readonly string[]) => Promise<readonly TextRows[]>

/** What makes the rows of each table. */
export type JudgeMakers = {
  readonly [Table in DerivedTable]: (judge: Extract<Judge, { table: Table }>) => Promise<JudgeTexts>
}
