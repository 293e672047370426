import type { Engine } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import type { Layout } from '../../project/layout.ts'
import type { RuleId } from '../../quality/rules.ts'
import { kindColumns, partRows } from '../../warehouse/part-rows.ts'
import type { Kind } from '../../warehouse/schema.ts'
import { type Part, rowsIn } from '../part.ts'
import { hasRejectedRows } from '../rejected-rows.ts'
import type { RowRules } from '../typed/row-rules.ts'

/**
 * Rules that look across rows leave findings: (part, row_index, rule, action, viewer_id, was_rejected), `action` being
 * the severity at the time and `was_rejected` telling copies of rows that are kept out by themselves. They are kept apart from the parts, which never change.
 */
export interface FindingsInput {
  readonly engine: Engine
  readonly layout: Layout
  readonly rules: RowRules
  readonly kind: Kind
  /** In order of precedence: of two copies the one in the earlier part is kept. */
  readonly parts: readonly Part[]
  /** Viewings only: a relation of the viewers to look at; all when undefined. */
  readonly affectedViewers?: Sql
}

const minutesPerDay = 1440

const noViewer = sql`CAST(NULL AS BIGINT)`

function finding(input: FindingsInput, rule: RuleId, viewer: Sql = sql`viewer_id`, wasRejected = false): Sql {
  return sql`part, row_index, ${sql.literal(rule)} AS rule, ${sql.literal(input.rules.severity(rule))} AS action,
    ${viewer} AS viewer_id, ${sql.literal(wasRejected)} AS was_rejected`
}

/**
 * The statements whose rows are the findings of one kind. They expect the temporary tables `build_parts(part, ordinal,
 * priority)` and `title_lookup(title_ref, title_id, runtime_seconds, release_date, is_catalogued)`, and to be run in order,
 * each into the table `found` before the next.
 */
export async function findingStatements(input: FindingsInput): Promise<Sql[]> {
  if (input.parts.length === 0) return []
  const { engine, rules } = input
  const rows = partRows(engine, input.kind, input.parts, rowsIn(input.layout))
  const statements = input.parts.some(hasRejectedRows) ? [rejectedCopies(input, rows)] : []
  if (input.kind !== 'viewing') return [...statements, copies(input, sql`${rows} WHERE reject_hash IS NULL`)]

  const within = input.affectedViewers ? sql`AND viewer_id IN (${input.affectedViewers})` : sql.empty
  await findNeighbours(input, rows, within)
  const neighbours = sql`(SELECT r.* FROM ${rows} r JOIN neighbours n ON r.part = n.part AND r.row_index = n.row_index)`
  await engine.createTable('close_plays', sql`SELECT * FROM ${neighbours}`)
  await engine.createTable('copied_plays', sql`${copies(input, sql`close_plays`, sql`viewer_id`)}`)
  const plays = sql`(SELECT * FROM ${rows} WHERE reject_hash IS NULL ${within})`
  const on = (rule: RuleId) => rules.severity(rule) !== 'off'
  statements.push(sql`SELECT * FROM copied_plays`)
  if (on('duplicate-key') && input.parts.some((part) => part.columns.includes('play_id'))) {
    statements.push(repeatedKeys(input, rows))
  }
  const sources = new Set(input.parts.map(({ source }) => source))
  if (on('cross-source-duplicate') && sources.size > 1) statements.push(doubleReports(input))
  if (on('beyond-next-event')) statements.push(overlaps(input, 'beyond-next-event'))
  if (on('overlapping-session')) statements.push(overlaps(input, 'overlapping-session'))
  const [crowded] = await engine.query<{ plays: number }>(
    sql`SELECT count(*) AS plays FROM neighbours WHERE is_crowded`,
  )
  if (on('invalid-viewer') && crowded?.plays !== 0) statements.push(invalidViewers(input, plays))
  statements.push(...titleRules(input, plays))
  return statements
}

/** Copies of rejected rows: the quarantine keeps the first. */
function rejectedCopies(input: FindingsInput, rows: Sql): Sql {
  return sql`SELECT ${finding(input, 'exact-duplicate', noViewer, true)} FROM (
    SELECT part, row_index, row_number() OVER (PARTITION BY source, reject_hash ORDER BY ordinal, row_index) AS copy
    FROM ${rows} JOIN (SELECT part, ordinal FROM build_parts) USING (part) WHERE reject_hash IS NOT NULL) WHERE copy > 1`
}

/** Rows that equal an earlier row of their source in every value. */
function copies(input: FindingsInput, rows: Sql, viewer: Sql = noViewer): Sql {
  if (input.rules.severity('exact-duplicate') === 'off')
    return sql`SELECT ${finding(input, 'exact-duplicate', viewer)} FROM ${rows} LIMIT 0`
  const values = [...kindColumns(input.kind).map(({ name }) => sql.id(name)), sql`title_ref`, sql`extra_hash`]
  return sql`SELECT ${finding(input, 'exact-duplicate', viewer)} FROM (
    SELECT *, row_number() OVER (PARTITION BY source, ${sql.join(values)} ORDER BY ordinal, row_index) AS copy
    FROM (SELECT * FROM ${rows}) JOIN (SELECT part, ordinal FROM build_parts) USING (part)) WHERE copy > 1`
}

/**
 * The plays that start with, shortly after, or before the end of another play of the same viewer, into `neighbours`:
 * the few that copies, overlaps and double reports are looked for among. `is_crowded` marks those that end 60 seconds of so
 * many plays that their minute or, as some minute of a crowded day must be crowded too, their day may break a limit.
 */
async function findNeighbours(input: FindingsInput, rows: Sql, within: Sql): Promise<void> {
  const near = sql.literal(input.rules.parameter('cross-source-duplicate', 'toleranceSeconds'))
  const perMinute = Math.min(
    input.rules.parameter('invalid-viewer', 'maximumPerMinute'),
    Math.floor(input.rules.parameter('invalid-viewer', 'maximumPerDay') / minutesPerDay),
  )
  await input.engine.createTable(
    'neighbours',
    sql`SELECT part, row_index, viewer_id, is_crowded FROM (
      SELECT part, row_index, viewer_id, start, stop, 
        coalesce(start - lag(start, ${sql.literal(perMinute)}) OVER w < 60, false) AS is_crowded,
        lag(start) OVER w AS previous_start, lag(stop) OVER w AS previous_stop, lead(start) OVER w AS next_start
      FROM (SELECT part, row_index, viewer_id, epoch(started_at) AS start, epoch(started_at) + watched_seconds AS stop
        FROM ${rows} WHERE reject_hash IS NULL ${within})
      WINDOW w AS (PARTITION BY viewer_id ORDER BY start))
      WHERE is_crowded OR start IS NULL OR start - previous_start <= ${near} OR next_start - start <= ${near}
        OR start < previous_stop OR next_start < stop`,
  )
}

/** Close plays that no finding so far calls a duplicate. */
const distinctPlays = sql`SELECT c.part, c.row_index, c.viewer_id, c.source, c.device, c.watched_seconds, epoch(c.started_at) AS start, l.title_id, p.ordinal, p.priority
  FROM close_plays c JOIN build_parts p USING (part) LEFT JOIN title_lookup l USING (title_ref)
  ANTI JOIN (SELECT part, row_index FROM found WHERE action = 'duplicate') d ON c.part = d.part AND c.row_index = d.row_index`

/** Plays that a source of higher priority, or listed earlier, reports as well. */
function doubleReports(input: FindingsInput): Sql {
  const near = sql.literal(input.rules.parameter('cross-source-duplicate', 'toleranceSeconds'))
  return sql`SELECT DISTINCT ${finding(input, 'cross-source-duplicate')} FROM (
    SELECT b.part, b.row_index, b.viewer_id FROM (${distinctPlays}) a JOIN (${distinctPlays}) b
      ON a.viewer_id = b.viewer_id AND a.title_id = b.title_id AND a.source <> b.source
    WHERE abs(a.start - b.start) <= ${near}
      AND (a.priority > b.priority OR (a.priority = b.priority AND a.ordinal < b.ordinal)))`
}

/** A play that runs past the start of the viewer's next one on the same device; a play that starts during another on another device. */
function overlaps(input: FindingsInput, rule: 'beyond-next-event' | 'overlapping-session'): Sql {
  const slack = sql.literal(input.rules.parameter(rule, 'toleranceSeconds'))
  const overlapping =
    rule === 'beyond-next-event'
      ? sql`stop > next_start + ${slack} AND device IS NOT DISTINCT FROM next_device`
      : sql`previous_stop > start + ${slack} AND device IS DISTINCT FROM previous_device`
  return sql`SELECT ${finding(input, rule)} FROM (
    SELECT part, row_index, viewer_id, start, start + watched_seconds AS stop, device,
      lead(start) OVER w AS next_start, lead(device) OVER w AS next_device,
      lag(start + watched_seconds) OVER w AS previous_stop, lag(device) OVER w AS previous_device
    FROM (${distinctPlays}) WINDOW w AS (PARTITION BY viewer_id ORDER BY start, ordinal, row_index))
    WHERE ${overlapping}`
}

function invalidViewers(input: FindingsInput, plays: Sql): Sql {
  const perMinute = sql.literal(input.rules.parameter('invalid-viewer', 'maximumPerMinute'))
  const perDay = sql.literal(input.rules.parameter('invalid-viewer', 'maximumPerDay'))
  const busy = sql`SELECT viewer_id FROM neighbours WHERE is_crowded`
  const tooMany = (unit: string, limit: Sql) =>
    sql`SELECT viewer_id FROM ${plays} WHERE viewer_id IN (${busy}) GROUP BY viewer_id, date_trunc(${sql.literal(unit)}, started_at) HAVING count(*) > ${limit}`
  return sql`SELECT ${finding(input, 'invalid-viewer')} FROM ${plays}
    WHERE viewer_id IN (${tooMany('minute', perMinute)} UNION ${tooMany('day', perDay)})`
}

/** Plays whose id was counted already, unless they are copies through and through. */
function repeatedKeys(input: FindingsInput, rows: Sql): Sql {
  return sql`SELECT ${finding(input, 'duplicate-key', noViewer)} FROM (
    SELECT r.part, r.row_index, row_number() OVER (PARTITION BY r.source, r.play_id ORDER BY p.ordinal, r.row_index) AS copy
    FROM ${rows} r JOIN build_parts p USING (part)
    ANTI JOIN copied_plays d ON r.part = d.part AND r.row_index = d.row_index
    WHERE r.play_id IS NOT NULL AND r.reject_hash IS NULL) WHERE copy > 1`
}

function titleRules(input: FindingsInput, plays: Sql): Sql[] {
  const { rules } = input
  const joined = sql`${plays} JOIN title_lookup USING (title_ref)`
  const statements: Sql[] = []
  if (rules.severity('beyond-runtime') !== 'off') {
    const limit = sql.literal(1 + rules.parameter('beyond-runtime', 'tolerance'))
    statements.push(
      sql`SELECT ${finding(input, 'beyond-runtime')} FROM ${joined} WHERE runtime_seconds > 0 AND watched_seconds > runtime_seconds * ${limit}`,
    )
  }
  if (rules.severity('start-before-release') !== 'off') {
    const days = sql.literal(rules.parameter('start-before-release', 'toleranceDays') * 86_400)
    statements.push(
      sql`SELECT ${finding(input, 'start-before-release')} FROM ${joined} WHERE epoch(started_at) < epoch(CAST(release_date AS TIMESTAMP)) - ${days}`,
    )
  }
  if (rules.severity('unknown-title') === 'quarantine') {
    statements.push(
      sql`SELECT ${finding(input, 'unknown-title')} FROM ${joined} WHERE NOT is_catalogued AND EXISTS (SELECT 1 FROM title_lookup WHERE is_catalogued)`,
    )
  }
  return statements
}
