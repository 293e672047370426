import type { Value } from '../../engine/engine.ts'

/** What fills `review_sentiment`: a model of sentiment. */
export interface SentimentJudge {
  readonly table: 'review_sentiment'
  /** Names all that the rows depend on beside the texts: where it is equal, rows are. */
  readonly key: string
  /** Where the model's file lies, absolute. */
  readonly model: string
}

/** What fills `review_aspect`: the words of a taxonomy, and names. */
export interface AspectJudge {
  readonly table: 'review_aspect'
  readonly key: string
  /** Where the JSON file of `AspectWords` lies, absolute. */
  readonly words: string
  /** Where the file of a model of sentiment lies, which is asked where no known word judges. */
  readonly model: string | undefined
}

/** How the rows of a derived table are made of the texts of reviews: plain data, which can be sent to a thread. */
export type Judge = SentimentJudge | AspectJudge

/** A review as it is judged. */
export interface JudgedReview {
  /** Names the title as it is written; decimal text. */
  readonly titleRef: string | null
  readonly text: string
}

/** What is found in one review: rows of the table, each with the values of its `derivedColumns` in their order. */
export type ReviewRows = readonly (readonly Value[])[]

/** Makes the rows of each of `reviews`, in their order. */
export type JudgeReviews = (reviews: readonly JudgedReview[]) => Promise<readonly ReviewRows[]>
