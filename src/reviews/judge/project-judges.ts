import { join } from 'node:path'
import type { Sql } from '../../engine/sql.ts'
import { ModelStore } from '../../models/model-store.ts'
import type { Layout } from '../../project/layout.ts'
import type { ProjectSettings } from '../../project/settings.ts'
import { partRows } from '../../warehouse/part-rows.ts'
import { aspectJudge, projectTaxonomy } from '../aspects/project-aspects.ts'
import type { Taxonomy } from '../aspects/taxonomy.ts'
import { knownSentiment, learnSentiment, type ProjectSentiment } from '../sentiment/project/project-sentiment.ts'
import type { Judge } from './judge.ts'
import { type JudgingInput, judgeReviews } from './judge-reviews.ts'

/** By what the reviews of a project are judged, as far as its settings and earlier builds tell. */
export interface KnownJudges {
  readonly taxonomy: Taxonomy
  /** Undefined where it is to be learned from the reviews; those of a stopgap are looked at again. */
  readonly sentiment: ProjectSentiment | undefined
  /** Models that were learned from the project's own reviews. */
  readonly store: ModelStore
}

/** What the settings say; `learn` is whether to learn anew what makes a review favourable. @throws InputError, ModelError */
export async function knownJudges(
  { folder, models }: Layout,
  settings: ProjectSettings['reviews'],
  learn: boolean,
): Promise<KnownJudges> {
  const store = new ModelStore(join(models, 'sentiment'))
  const sentiment = await knownSentiment({ folder, setting: settings.sentiment, store, learn })
  return { taxonomy: await projectTaxonomy(folder, settings), sentiment, store }
}

/** What verdicts depend on beside the reviews and whom they may name: where it is equal, they are. */
export const basisOf = ({ taxonomy, sentiment }: Omit<KnownJudges, 'store'>): readonly unknown[] => [
  taxonomy,
  sentiment?.judge?.key,
]

/** The reviews of a version that is being made; its titles, credits and reviews are open on `engine`. */
export interface ReviewsToJudge extends Omit<JudgingInput, 'judges'> {
  readonly version: number
  readonly now: Date
  /** A relation with `title_ref` and `title_id` of each title as it is written. */
  readonly references: Sql
}

/** What the reviews were judged by. */
export interface JudgedReviews {
  readonly taxonomy: Taxonomy
  readonly sentiment: ProjectSentiment
  readonly judges: readonly Judge[]
}

/** Completes what is known, by learning what makes a review favourable and looking up whom reviews may name, and judges what is not judged yet. */
export async function judgeProject(
  { taxonomy, sentiment: known, store }: KnownJudges,
  { version, now, references, ...input }: ReviewsToJudge,
): Promise<JudgedReviews> {
  const { engine, home, parts, scratch, signal, progress } = input
  let sentiment = known
  if (!sentiment || sentiment.isStopgap) {
    progress.step({ en: 'Learning what makes a review favourable', zh: '学习评论的情感倾向' })
    sentiment = await learnSentiment({ engine, store, version, now, signal })
  }
  const { judge } = sentiment
  const reviews = partRows(engine, 'review', parts, ({ path }) => join(home, path))
  const aspects = await aspectJudge({ engine, references, reviews, taxonomy, sentiment: judge, scratch })
  const judges = judge ? [judge, aspects] : [aspects]
  await judgeReviews({ ...input, judges })
  return { taxonomy, sentiment, judges }
}
