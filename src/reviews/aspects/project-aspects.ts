import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Engine, Row } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import type { ProjectSettings } from '../../project/settings.ts'
import { idText } from '../../warehouse/id-text.ts'
import type { AspectJudge, SentimentJudge } from '../judge/judge.ts'
import type { AspectWords } from './judge-aspects.ts'
import { type Credit, namesOfCredits } from './names.ts'
import { chooseTaxonomy } from './read-taxonomy.ts'
import type { Taxonomy } from './taxonomy.ts'

/** Raised when the same words begin to say otherwise, so that all reviews are read anew. */
const reading = 1

/** The aspects that reviews of the project in `folder` are read for. @throws InputError `taxonomy-file` */
export function projectTaxonomy(folder: string, settings: ProjectSettings['reviews']): Promise<Taxonomy> {
  const file = settings.taxonomy === undefined ? undefined : resolve(folder, settings.taxonomy)
  return chooseTaxonomy(file, settings.aspects)
}

/** What it takes to read reviews of a version for aspects; its titles and credits are open on `engine`. */
export interface AspectsInput {
  readonly engine: Engine
  /** Relations with the `title_ref` of each title as it is written: with its `title_id`, and of the reviews. */
  readonly references: Sql
  readonly reviews: Sql
  readonly taxonomy: Taxonomy
  /** The model that judges reviews: it is asked where no known word does. */
  readonly sentiment: SentimentJudge | undefined
  /** A folder for a file that threads read. */
  readonly scratch: string
}

/** By what the aspects in the reviews of a project are found, and who made or is in what is reviewed. */
export async function aspectJudge({ sentiment, scratch, ...input }: AspectsInput): Promise<AspectJudge> {
  const words = JSON.stringify(await findWords(input))
  const path = join(scratch, 'aspects.json')
  await writeFile(path, words)
  const key = createHash('sha256')
    .update(JSON.stringify([reading, words, sentiment?.key]))
    .digest('hex')
    .slice(0, 16)
  return { table: 'review_aspect', key, words: path, model: sentiment?.model }
}

const work = idText(sql`coalesce(t.series_id, t.title_id)`)

async function findWords({
  engine,
  references,
  reviews,
  taxonomy,
}: Omit<AspectsInput, 'sentiment' | 'scratch'>): Promise<AspectWords> {
  const reviewed = sql`(SELECT DISTINCT ${idText(sql`k.title_ref`)} AS title_ref, ${work} AS work
    FROM ${references} k JOIN title t ON t.title_id = k.title_id WHERE k.title_ref IN (SELECT title_ref FROM ${reviews}))`
  const titles = await engine.query<Row & { title_ref: string; work: string }>(
    sql`SELECT title_ref, work FROM ${reviewed} w ORDER BY title_ref`,
  )
  const credits = await engine.query<Row & Credit & { work: string }>(
    sql`SELECT ${work} AS work, c.person, c.role, max(c.character) AS character, min(c.billing) AS billing
      FROM credit c JOIN title t ON t.title_id = c.title_id WHERE ${work} IN (SELECT work FROM ${reviewed} w)
      GROUP BY ${work}, c.person, c.role ORDER BY work, billing NULLS LAST, person, role`,
  )
  const ofWorks = new Map<string, Credit[]>(titles.map((title) => [title.work, []]))
  for (const credit of credits) ofWorks.get(credit.work)?.push(credit)
  const places = new Map([...ofWorks.keys()].map((id, place) => [id, place]))
  return {
    taxonomy,
    names: [...ofWorks.values()].map(namesOfCredits),
    works: Object.fromEntries(titles.map((title) => [title.title_ref, places.get(title.work) as number])),
  }
}
