import { z } from 'zod'
import type { Engine, Row } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { about } from '../question.ts'
import { memberOf, titleAndDescendants } from '../warehouse/membership.ts'

/** What viewers write about titles. */
export const textKinds = ['reviews', 'comments'] as const

/** Parameters that choose among reviews and timed comments. */
export const opinionFilters = {
  season: z.int().nonnegative().optional().meta(about('Only this season of the series', '仅剧集的这一季')),
  episode: z.int().nonnegative().optional().meta(about('Only this episode', '仅这一集')),
  source: z.string().optional().meta(about('Only this source', '仅此来源')),
  from: z.iso.date().optional().meta(about('First day, UTC', '起始日（UTC）')),
  to: z.iso.date().optional().meta(about('Last day, UTC', '结束日（UTC）')),
  texts: z
    .array(z.enum(textKinds))
    .min(1)
    .default([...textKinds])
    .meta(about('Reviews, timed comments or both', '评论、弹幕或两者')),
  sentiment: z
    .enum(['favourable', 'unfavourable'])
    .optional()
    .meta(
      about(
        'Only reviews that are so, by label, stars or the model of the project',
        '仅此倾向的评论（依标签、评分或模型判断）',
      ),
    ),
}

export interface OpinionFilter {
  /** Decimal text; its seasons and episodes count too. */
  readonly titleId?: string | undefined
  readonly genre?: string | undefined
  readonly season?: number | undefined
  readonly episode?: number | undefined
  readonly source?: string | undefined
  /** Days, inclusive. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly texts: readonly (typeof textKinds)[number][]
  readonly sentiment?: 'favourable' | 'unfavourable' | undefined
}

/** Shares of the best mark from which a review is favourable, and up to which it is unfavourable. */
const [favourableFrom, unfavourableTo] = [0.7, 0.4]
const favourableLabels = [
  '1',
  'true',
  'yes',
  'pos',
  'positive',
  'favourable',
  'favorable',
  'good',
  '好评',
  '正面',
  '推荐',
]
const unfavourableLabels = [
  '0',
  '-1',
  'false',
  'no',
  'neg',
  'negative',
  'unfavourable',
  'unfavorable',
  'bad',
  '差评',
  '负面',
  '不推荐',
]

/**
 * All reviews and timed comments as (`kind`, `title_id`, `viewer_id`, `source`, `file`, `line`, `day`, `text`, `favour`): 1 favourable, 0 unfavourable, NULL where
 * nothing says so. A label goes before a mark, and a mark before what the project's model makes of the text. A mark is one of 5, 10 or 100, the least that no review of its source exceeds.
 */
function opinions({ texts }: Pick<OpinionFilter, 'texts'>): Sql {
  const best = sql`(SELECT source, CASE WHEN max(rating) <= 5 THEN 5 WHEN max(rating) <= 10 THEN 10 ELSE 100 END AS best FROM review GROUP BY source)`
  const columns = (kind: string, time: Sql) =>
    sql`${sql.literal(kind)} AS kind, o.title_id, viewer_id, o.source AS source, o.file AS file, o.line AS line, CAST(${time} AS DATE) AS day, text`
  const reviews = sql`SELECT ${columns('reviews', sql`reviewed_at`)},
      CASE WHEN lower(o.label) IN ${sql.list(favourableLabels)} THEN 1 WHEN lower(o.label) IN ${sql.list(unfavourableLabels)} THEN 0
        WHEN o.rating >= ${favourableFrom} * b.best THEN 1 WHEN o.rating <= ${unfavourableTo} * b.best THEN 0 WHEN o.label IS NOT NULL OR o.rating IS NOT NULL THEN NULL
        WHEN j.verdict = 'positive' THEN 1 WHEN j.verdict = 'negative' THEN 0 END AS favour
    FROM review o LEFT JOIN ${best} b ON b.source = o.source
      LEFT JOIN review_sentiment j ON j.source = o.source AND j.file = o.file AND j.line = o.line`
  const comments = sql`SELECT ${columns('comments', sql`sent_at`)}, CAST(NULL AS INTEGER) AS favour FROM timed_comment o`
  const chosen = [...(texts.includes('reviews') ? [reviews] : []), ...(texts.includes('comments') ? [comments] : [])]
  return sql`(${sql.join(chosen, ' UNION ALL ')})`
}

const and = (conditions: readonly Sql[]) => (conditions.length === 0 ? sql`true` : sql.join(conditions, ' AND '))

/** Whether `o` is about the titles asked for. */
function isAbout({ titleId, genre, season, episode }: OpinionFilter): Sql {
  const only = (column: string, value: number | undefined) =>
    value === undefined ? [] : [sql`o.title_id IN (SELECT title_id FROM title WHERE ${sql.id(column)} = ${value})`]
  return and([
    ...(titleId === undefined ? [] : [sql`o.title_id IN ${titleAndDescendants(titleId)}`]),
    ...(genre === undefined
      ? []
      : [sql`o.title_id IN (SELECT title_id FROM ${memberOf('genre')} g WHERE member = ${genre})`]),
    ...only('season', season),
    ...only('episode', episode),
  ])
}

/** What an opinion has of a filter beside its title and time. */
function isSuch({ source, sentiment }: OpinionFilter): Sql {
  return and([
    ...(source === undefined ? [] : [sql`o.source = ${source}`]),
    ...(sentiment === undefined ? [] : [sql`o.favour = ${sentiment === 'favourable' ? 1 : 0}`]),
  ])
}

function isWithin({ from, to }: OpinionFilter): Sql {
  return and([
    ...(from === undefined ? [] : [sql`o.day >= CAST(${from} AS DATE)`]),
    ...(to === undefined ? [] : [sql`o.day <= CAST(${to} AS DATE)`]),
  ])
}

/** The opinions that `filter` asks for. */
export function chosenOpinions(filter: OpinionFilter): Sql {
  return sql`(SELECT o.* FROM ${opinions(filter)} o WHERE ${isAbout(filter)} AND ${isSuch(filter)} AND ${isWithin(filter)})`
}

/** Opinions on all other titles, of the same source and sentiment and of any day. */
export function opinionsOnOthers(filter: OpinionFilter): Sql {
  return sql`(SELECT o.* FROM ${opinions(filter)} o WHERE NOT (${isAbout(filter)}) AND ${isSuch(filter)})`
}

/** How many opinions there are. */
export interface OpinionCounts {
  readonly texts: number
  /** Those without a day. */
  readonly untimed: number
  readonly first: string | null
  readonly last: string | null
}

/** How many opinions `filter` asks for, and their first and last day. */
export async function countOpinions(engine: Engine, filter: OpinionFilter): Promise<OpinionCounts> {
  const [row] = await engine.query<Row & { texts: number; untimed: number; first: string | null; last: string | null }>(
    sql`SELECT count(*) AS texts, count_if(day IS NULL) AS untimed, CAST(min(day) AS VARCHAR(10)) AS first, CAST(max(day) AS VARCHAR(10)) AS last
      FROM ${chosenOpinions(filter)} c`,
  )
  return {
    texts: Number(row?.texts ?? 0),
    untimed: Number(row?.untimed ?? 0),
    first: row?.first ?? null,
    last: row?.last ?? null,
  }
}
