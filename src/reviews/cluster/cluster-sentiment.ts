import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DelimitedScan, Engine, Row } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import { csvLine } from '../../export/csv.ts'
import { foreignLanguage } from '../../language/language-of.ts'
import { decodeModel } from '../../models/saved-model.ts'
import type { SentimentJudge } from '../judge/judge.ts'
import { type LinearParts, LinearSentiment } from '../sentiment/linear/linear-sentiment.ts'
import { probabilityPlaces, unsureWithin } from '../sentiment/sentiment-model.ts'
import { scoresOf } from './score-reviews.ts'

/** franc reads no more of a text. */
const charactersOfLanguage = 2048
const gramsAtOnce = 50_000

/** Where the rows of a part are, and whether to end. */
interface PartReviews {
  /** Names the part among those of the build. */
  readonly id: string
  /** A relation of `review_index`, `title_ref`, `line` and `text`. */
  readonly reviews: Sql
  readonly scratch: string
  readonly signal: AbortSignal
}

const lines = (path: string, columns: readonly string[]): DelimitedScan => ({
  ...{ paths: [path], columns, delimiter: ',', quote: '"', header: false, isLineByLine: true },
})

/**
 * A linear model of sentiment as a table of Spark, by which the machines that hold reviews judge them. To this machine come only the beginnings of
 * texts whose language neither Chinese characters nor English stop words tell.
 */
export class ClusterSentiment {
  readonly #engine: Engine
  readonly #parts: LinearParts

  private constructor(engine: Engine, parts: LinearParts) {
    this.#engine = engine
    this.#parts = parts
  }

  /** Undefined where the model of `judge` is none that SQL can work out. `scratch` is a folder that the workers see. */
  static async open(engine: Engine, judge: SentimentJudge, scratch: string): Promise<ClusterSentiment | undefined> {
    const saved = decodeModel(await readFile(judge.model), judge.model)
    if (saved.algorithm !== LinearSentiment.algorithm) return undefined
    const { parts } = LinearSentiment.load(saved)
    const path = join(scratch, 'sentiment_weights.csv')
    const file = await open(path, 'w', 0o600)
    try {
      for (let from = 0; from < parts.keys.length; from += gramsAtOnce) {
        const some = Array.from(parts.keys.subarray(from, from + gramsAtOnce), (key, i) =>
          csvLine([key >>> 0, parts.coefficients[from + i] as number, parts.weights[from + i] as number]),
        )
        await file.write(some.join(''))
      }
      const scan = engine.scanDelimited(lines(path, ['gram', 'coefficient', 'weight']))
      await engine.createTable(
        'sentiment_weights',
        sql`SELECT CAST(gram AS BIGINT) AS gram, CAST(coefficient AS DOUBLE) AS coefficient, CAST(weight AS DOUBLE) AS weight FROM ${scan}`,
      )
    } finally {
      await file.close()
      await rm(path, { force: true })
    }
    return new ClusterSentiment(engine, parts)
  }

  /** Writes the rows of `review_sentiment` for a part to `path`. */
  async judge(part: PartReviews, path: string): Promise<void> {
    const { id, reviews, scratch } = part
    const scores = `review_scores_${id}`
    const languages = join(scratch, `${id}.languages.csv`)
    try {
      const weights = sql`sentiment_weights`
      await this.#engine.createTable(scores, scoresOf(reviews, weights, this.#parts.intercept))
      await this.#tellLanguages(part, scores, languages)
      await this.#engine.writeParquet(this.#judgements(scores, languages), path)
    } finally {
      await this.#engine.dropTable(scores)
      await rm(languages, { force: true })
    }
  }

  /** Writes the languages that SQL could not tell. */
  async #tellLanguages({ reviews, signal }: PartReviews, scores: string, path: string): Promise<void> {
    const file = await open(path, 'w', 0o600)
    try {
      const untold = this.#engine.stream<Row & { review_index: number; text: string }>(
        sql`SELECT r.review_index, left(r.text, ${charactersOfLanguage}) AS text FROM ${reviews} r JOIN ${sql.id(scores)} s ON s.review_index = r.review_index
          WHERE s.language IS NULL`,
      )
      for await (const batch of untold) {
        signal.throwIfAborted()
        await file.write(batch.map(({ review_index, text }) => csvLine([review_index, foreignLanguage(text)])).join(''))
      }
    } finally {
      await file.close()
    }
  }

  #judgements(scores: string, languages: string): Sql {
    const learned = sql.join(['und', ...Object.keys(this.#parts.learned)].map(sql.literal))
    const told = this.#engine.scanDelimited(lines(languages, ['review_index', 'language']))
    const judged = sql`SELECT s.review_index, title_ref, line, tokens, coalesce(s.language, l.language) AS language, 1 / (1 + exp(-logit)) AS probability
      FROM ${sql.id(scores)} s LEFT JOIN ${told} l ON CAST(l.review_index AS BIGINT) = s.review_index`
    const reasoned = sql`SELECT *, CASE WHEN tokens = 0 THEN 'empty' WHEN language NOT IN (${learned}) THEN 'other-language'
        WHEN probability IS NULL THEN 'nothing-known' END AS why FROM (${judged}) judged`
    return sql`SELECT review_index, title_ref, line, language, CASE WHEN why IS NULL THEN round(probability, ${sql.literal(probabilityPlaces)}) END AS probability,
        CASE WHEN why IS NOT NULL THEN 'not-judged' WHEN abs(probability - 0.5D) < ${sql.literal(unsureWithin)}D THEN 'unsure' WHEN probability > 0.5D THEN 'positive'
          ELSE 'negative' END AS verdict, why FROM (${reasoned}) reasoned`
  }
}
