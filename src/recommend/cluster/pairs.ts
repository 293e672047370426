import type { Engine, Row } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import { sparseMatrix } from '../../kernels/matrices/sparse.ts'
import { Random } from '../../kernels/random.ts'
import type { Work } from '../catalogue.ts'
import { type Split, splitByViewer } from '../evaluation/held-out.ts'
import { interestRows, type Weighing, worksStatement } from '../query.ts'
import type { TrainingSet } from '../recommender.ts'

/**
 * What viewers watched and rated, where the engine keeps it: rows of viewer_id, title (the number of a work in the order of ids, from 0), weight,
 * age_days (0 where no time is known) and place, 1 for the title that counts most for the viewer, of equal ones the newest.
 */
export interface Pairs {
  /** A relation of these rows. */
  readonly rows: Sql
  /** Works that the numbers of titles go up to. */
  readonly titles: number
}

/** How many pairs of viewer and title there are, and of how many viewers. */
export interface PairCounts {
  readonly plays: number
  readonly viewers: number
}

/** Plays that a viewer needs to be held out. */
const fewestPlays = 5
/** Viewers held out at most. */
const mostHeldOut = 2000

const pairTable = sql.id('recommend_pairs')
const sampleTable = sql.id('recommend_sample')

/** How many pairs of viewer and title the warehouse of `engine` holds. One pass over plays and ratings. */
export async function countPairs(engine: Engine, weighing: Weighing): Promise<number> {
  const [row] = await engine.query<{ pairs: number }>(
    sql`SELECT count(*) AS pairs FROM (${interestRows(weighing)}) counted`,
  )
  return Number(row?.pairs)
}

/** Keeps the pairs of all viewers but those with an id in `leftOut`, and `titles` works, as a table of `engine`. */
export async function keepPairs(
  engine: Engine,
  titles: number,
  weighing: Weighing,
  leftOut: ReadonlySet<string> = new Set(),
): Promise<Pairs & PairCounts> {
  const ids = [sql`(CAST(NULL AS BIGINT))`, ...Array.from(leftOut, (id) => sql`(${sql.literal(BigInt(id))})`)]
  const numbered = sql`SELECT title_id, CAST(row_number() OVER (ORDER BY title_id) - 1 AS INTEGER) AS title FROM (${worksStatement}) listed`
  await engine.createTable(
    'recommend_pairs',
    sql`SELECT i.viewer_id, w.title, i.weight, coalesce(i.age_days, 0) AS age_days,
      row_number() OVER (PARTITION BY i.viewer_id ORDER BY i.weight DESC, coalesce(i.age_days, 0), w.title) AS place
    FROM (${interestRows(weighing)}) i JOIN (${numbered}) w ON w.title_id = i.title_id
      ANTI JOIN (VALUES ${sql.join(ids)}) o(viewer_id) ON o.viewer_id = i.viewer_id`,
  )
  const [row] = await engine.query<{ plays: number; viewers: number }>(
    sql`SELECT count(*) AS plays, count_if(place = 1) AS viewers FROM ${pairTable}`,
  )
  return { rows: pairTable, titles, plays: Number(row?.plays), viewers: Number(row?.viewers) }
}

interface SampleRow extends Row {
  viewer_id: string | number
  title: number
  weight: number
}

/** What some viewers watched, and models learn from `others`. */
export interface Sample {
  readonly set: TrainingSet
  /** One, or none where no viewer can be held out. */
  readonly splits: readonly Split[]
  readonly others: Pairs
}

/**
 * Draws a quarter of the viewers, at most 2000, by a hash of their ids, of whom those with five plays or more are held out; only their
 * pairs come to this machine, and `others` are the pairs of all other viewers.
 */
export async function drawSample(
  engine: Engine,
  { titles, viewers }: Pairs & PairCounts,
  works: readonly Work[],
  seed: number,
): Promise<Sample> {
  const heldOut = Math.min(mostHeldOut, Math.ceil(viewers / 4))
  // `splitByViewer` leaves one viewer of the sample in.
  const drawn = Math.max(1, Math.min(heldOut + 1, viewers - 1))
  await engine.createTable(
    'recommend_sample',
    sql`SELECT viewer_id FROM ${pairTable} GROUP BY viewer_id
      ORDER BY CASE WHEN count(*) >= ${fewestPlays} THEN 0 ELSE 1 END, md5(CAST(viewer_id AS VARCHAR) || ${`/${seed}`}) LIMIT ${drawn}`,
  )
  const rows = await engine.query<SampleRow>(
    sql`SELECT p.viewer_id, p.title, p.weight FROM ${pairTable} p JOIN ${sampleTable} s ON s.viewer_id = p.viewer_id ORDER BY p.viewer_id, p.title`,
  )
  const numbers = new Map([...new Set(rows.map(({ viewer_id }) => viewer_id))].map((id, number) => [id, number]))
  const interactions = sparseMatrix(numbers.size, titles, {
    row: Uint32Array.from(rows, ({ viewer_id }) => numbers.get(viewer_id) as number),
    column: Uint32Array.from(rows, ({ title }) => title),
    value: Float32Array.from(rows, ({ weight }) => weight),
  })
  const set = { interactions, facts: works }
  const others = sql`(SELECT p.* FROM ${pairTable} p ANTI JOIN ${sampleTable} s ON s.viewer_id = p.viewer_id)`
  return { set, splits: splitByViewer(set, heldOut, 1, new Random(seed)), others: { rows: others, titles } }
}
