import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { ProjectSettings } from '../../project/settings.ts'
import type { AspectJudge, SentimentJudge } from '../judge/judge.ts'
import { chooseTaxonomy } from './read-taxonomy.ts'
import type { Taxonomy } from './taxonomy.ts'

/** Raised when the same words begin to say otherwise, so that all reviews are read anew. */
const reading = 1

/** The aspects that reviews of the project in `folder` are read for. @throws InputError `taxonomy-file` */
export function projectTaxonomy(folder: string, settings: ProjectSettings['reviews']): Promise<Taxonomy> {
  const file = settings.taxonomy === undefined ? undefined : resolve(folder, settings.taxonomy)
  return chooseTaxonomy(file, settings.aspects)
}

/** By what the aspects in the reviews of a project are found; the model that judges reviews is asked where no known word does. */
export function aspectJudge(taxonomy: Taxonomy, sentiment: SentimentJudge | undefined): AspectJudge {
  const key = createHash('sha256')
    .update(JSON.stringify([reading, taxonomy, sentiment?.key]))
    .digest('hex')
    .slice(0, 16)
  return { table: 'review_aspect', key, taxonomy, model: sentiment?.model }
}
