import { type Sql, sql } from '../engine/sql.ts'
import { memberOf } from '../warehouse/membership.ts'

/**
 * How plays `v` are sliced before they are grouped by title, and how the parts `p` (`title_id`, `slice`), joined with
 * their title `t`, get their keys.
 */
export interface Dimension {
  /** A play's own attribute; a constant where the key comes from the title. `start` is the start of the play or airing. */
  slice(start: Sql): Sql
  readonly key: Sql
  readonly join: Sql
  /** The text shown for `m.key`, NULL where the source does not say. */
  readonly label: Sql
  readonly labelJoin: Sql
  /** Airings fall into the same slices. */
  readonly timed: boolean
  /** The key differs between plays of one title. */
  readonly perPlay: boolean
  /** Each play has exactly one key, so that minutes add up. */
  readonly partitions: boolean
}

const ofTitle = (key: Sql, more: Partial<Dimension> = {}): Dimension => ({
  slice: () => sql`CAST(0 AS INTEGER)`,
  key,
  join: sql.empty,
  label: sql`m.key`,
  labelJoin: sql.empty,
  timed: false,
  perPlay: false,
  partitions: true,
  ...more,
})

const named = { label: sql`n.name`, labelJoin: sql`LEFT JOIN title n ON n.title_id = m.key` }

const member = (membership: 'person' | 'genre'): Dimension =>
  ofTitle(sql`g.member`, { join: sql`JOIN ${memberOf(membership)} g ON g.title_id = p.title_id`, partitions: false })

const ofPlay = (column: Sql): Dimension =>
  ofTitle(sql`p.slice`, { slice: () => sql`coalesce(${column}, '')`, label: sql`NULLIF(m.key, '')`, perPlay: true })

const ofTime = (slice: (start: Sql) => Sql): Dimension =>
  ofTitle(sql`p.slice`, { slice, label: sql`CAST(m.key AS VARCHAR(10))`, timed: true, perPlay: true })

/** What an audience can be split by. A title outside any series stands for itself among the series. Times are UTC. */
export const dimensions = {
  all: ofTitle(sql`CAST('all' AS VARCHAR(3))`),
  title: ofTitle(sql`p.title_id`, named),
  series: ofTitle(sql`coalesce(t.series_id, p.title_id)`, named),
  person: member('person'),
  genre: member('genre'),
  source: ofPlay(sql`v.source`),
  region: ofPlay(sql`v.region`),
  device: ofPlay(sql`v.device`),
  day: ofTime((start) => sql`CAST(${start} AS DATE)`),
  week: ofTime((start) => sql`CAST(date_trunc('week', ${start}) AS DATE)`),
  month: ofTime((start) => sql`CAST(date_trunc('month', ${start}) AS DATE)`),
} as const satisfies Record<string, Dimension>
