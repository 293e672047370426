import type { Engine } from '../../engine/engine.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import { InputError } from '../../errors.ts'
import type { SourceSettings } from '../../project/settings.ts'
import type { RuleId } from '../../quality/rules.ts'
import { type Field, fields, storedColumn, titleFields } from '../../warehouse/schema.ts'
import { parseValue } from './parse-value.ts'
import type { RowRules } from './row-rules.ts'
import { summaryRows } from './summary-row.ts'

/** One reason that a row can have: bit `i` of its `reasons` stands for check `i`. */
export interface Check {
  readonly rule: RuleId
  readonly field: string
}

export interface TypedRows {
  /** Columns: those of the part, in order; see `part.ts`. */
  readonly statement: Sql
  readonly checks: readonly Check[]
  /** The stored columns that tell two rows of this source apart. */
  readonly columns: readonly string[]
}

/** How the rows `r` of a file, with the text of each mapped field, come to the keys of their viewers and titles. */
export interface RowKeys {
  /** What is joined to `r`: exactly one row for each of its rows, so that these keep their order. */
  readonly joins: Sql
  readonly viewerId: Sql
  readonly titleRef: Sql
}

export interface TypedRowsInput {
  readonly engine: Pick<Engine, 'name'>
  readonly source: SourceSettings
  /** The raw relation: every column is text. */
  readonly raw: Sql
  readonly headers: readonly string[]
  /** Physical line of each row, as an expression over `raw`, where it does not follow from the position. */
  readonly line: Sql | undefined
  /** Without them `title_ref` is the title as written, and viewers stay raw: for work that keeps nothing. */
  readonly keys: RowKeys | undefined
  readonly rules: RowRules
  readonly now: Date
  /** Mixed into the hash of rejected rows, so that it tells nobody what they hold. */
  readonly secret: string
}

/** The fields that a source maps, in the order of the schema. */
export function mappedFields(source: SourceSettings): readonly Field[] {
  return [...titleFields, ...fields[source.kind]].filter((field) => source.columns[field.name] !== undefined)
}

/** What may stand around a value and is no part of it: spaces, tabs, the no-break and the full-width space. */
const blanks = ' \t\u00a0\u3000'

/** The trimmed text of a mapped column, NULL where it is missing. */
export function fieldText(source: SourceSettings, field: Field): Sql {
  const settings = source.columns[field.name]
  if (settings?.value !== undefined) return sql.literal(settings.value)
  const column = trimmed(settings?.from ?? field.name)
  const { missing } = source.format
  const text =
    missing.length === 0
      ? column
      : sql`CASE WHEN ${column} NOT IN (${sql.join(missing.map((item) => sql.literal(item)))}) THEN ${column} END`
  if (settings?.day !== undefined) return sql`${trimmed(settings.day)} || ' ' || ${text}`
  if (settings?.extract === undefined) return text
  return sql`NULLIF(regexp_extract(${text}, ${sql.literal(settings.extract)}, 1), '')`
}

/** Cheap looks first, since most values have nothing around them: what begins with a blank of ASCII sorts below '!'. */
function trimmed(column: string): Sql {
  const raw = sql.id(column)
  const isPadded = sql`${raw} < '!' OR ${raw} LIKE '% ' OR ${raw} LIKE ${sql.literal('%\t')}`
  const isAscii = sql`bit_length(${raw}) = 8 * length(${raw})`
  return sql`NULLIF(CASE WHEN ${isPadded} OR NOT ${isAscii} THEN btrim(${raw}, ${sql.literal(blanks)}) ELSE ${raw} END, '')`
}

const quoted = (prefix: string, field: Field): Sql => sql.id(`${prefix}_${field.name}`)

/** The column of typed rows that holds the text of a field. */
export const textColumn = (field: Field): Sql => quoted('text', field)

/** A short hash of text that no row's content can be read from; 52 bits. */
export function hash52(text: Sql): Sql {
  return sql`hex_number(left(md5(${text}), 13))`
}

/** The first 60 bits of the SHA-256 of text. */
function hash60(text: Sql): Sql {
  return sql`hex_number(left(sha256(${text}), 15))`
}

function concatenated(parts: readonly Sql[]): Sql {
  return sql`concat_ws(chr(31), ${sql.join(parts.map((part) => sql`coalesce(${part}, chr(30))`))})`
}

/**
 * Types the rows of one file: every raw row gives one row, in order, with its values, its keys and, as bits, the reasons
 * that speak against it.
 * @throws InputError when a mapping lacks a unit or time zone.
 */
export function typedRows(input: TypedRowsInput): TypedRows {
  const { source, rules } = input
  const mapped = mappedFields(source)
  const inTitle = mapped.filter((field) => titleFields.includes(field))
  const inKind = mapped.filter((field) => !titleFields.includes(field))
  const plain = inKind.filter((field) => field.type !== 'identity')

  const texts = mapped.map((field) => sql`${fieldText(source, field)} AS ${quoted('text', field)}`)
  const ignored = input.headers.filter((header) => source.ignore.includes(header))
  const extra =
    ignored.length > 0 ? hash52(concatenated(ignored.map((header) => sql.id(header)))) : sql`CAST(NULL AS BIGINT)`
  const raws = input.headers.map((header, index) => ({ from: sql.id(header), as: sql.id(`raw_${index}`) }))

  const parseField = (field: Field) =>
    parseValue(quoted('text', field), field.type, source.columns[field.name] ?? {}, {
      field: field.name,
      timeZone: source.timeZone,
      engine: input.engine,
    })
  const started = plain.find((field) => field.name === 'started_at')
  const parsed = [...plain, ...inTitle].map((field) => {
    const value = parseField(field)
    const isClock = field.name === 'ended_at' && source.columns.ended_at?.day !== undefined
    const isNextDay = isClock && started !== undefined ? sql`${value} < ${parseField(started)}` : undefined
    const end = isNextDay ? sql`CASE WHEN ${isNextDay} THEN ${value} + INTERVAL 1 DAY ELSE ${value} END` : value
    return sql`${end} AS ${quoted('value', field)}`
  })

  const checks: (Check & { readonly broken: Sql })[] = []
  const check = (rule: RuleId, field: string, broken: Sql) => {
    if (rules.severity(rule) !== 'off') checks.push({ rule, field, broken })
  }
  const read = mapped.filter(({ name }) => source.columns[name]?.value === undefined)
  for (const { field, broken } of summaryRows(source.kind, read, (item) => quoted('text', item))) {
    check('summary-row', field, broken)
  }
  const isDerived = (field: Field) => field.name === 'watched_seconds' && source.columns.ended_at !== undefined
  for (const field of [...titleFields, ...fields[source.kind]]) {
    if (!field.required && !source.required.includes(field.name)) continue
    if (source.columns[field.name] !== undefined) {
      check('required-missing', field.name, sql`${quoted('text', field)} IS NULL`)
    } else if (field.required !== 'when-mapped' && !isDerived(field)) throw unmapped(source, field)
  }
  const names = inTitle.filter((field) => field.name === 'title' || field.name === 'title_id')
  if (names.length > 0 && !names.some((field) => source.required.includes(field.name)) && needsTitle(source)) {
    const missing = names.map((field) => sql`${quoted('text', field)} IS NULL`)
    check('required-missing', names[0]?.name ?? 'title', sql.join(missing, ' AND '))
  }
  for (const field of [...plain, ...inTitle]) {
    if (field.type === 'text' || field.type === 'list') continue
    check('unparseable', field.name, sql`${quoted('text', field)} IS NOT NULL AND ${quoted('value', field)} IS NULL`)
  }

  const watched = inKind.some((field) => field.name === 'watched_seconds')
  const ended = inKind.some((field) => field.name === 'ended_at')
  const derived = ended && source.kind === 'viewing' && inKind.some((field) => field.name === 'started_at')
  const difference = sql`(epoch(value_ended_at) - epoch(value_started_at))`
  const duration =
    watched && derived
      ? sql`coalesce(value_watched_seconds, ${difference})`
      : watched
        ? sql`value_watched_seconds`
        : derived
          ? difference
          : undefined
  if (duration && source.kind === 'viewing') {
    check('non-positive-duration', 'watched_seconds', sql`${duration} <= 0`)
    const limit = sql.literal(rules.parameter('excessive-duration', 'maximumHours') * 3600)
    check('excessive-duration', 'watched_seconds', sql`${duration} > ${limit}`)
  }
  const tolerance = rules.parameter('start-in-future', 'toleranceHours') * 3_600_000
  const latest = sql`CAST(${sql.literal(new Date(input.now.getTime() + tolerance).toISOString().slice(0, 19))} AS TIMESTAMP)`
  for (const field of plain) {
    if (field.type !== 'instant' || source.kind === 'airing') continue
    check('start-in-future', field.name, sql`${quoted('value', field)} > ${latest}`)
  }
  if (inKind.some((field) => field.name === 'is_bot')) check('marked-bot', 'is_bot', sql`value_is_bot`)

  const bits = checks.map(({ broken }, bit) => sql`CASE WHEN ${broken} THEN ${sql.literal(2 ** bit)} ELSE 0 END`)
  const reasons = bits.length > 0 ? sql`CAST(${sql.join(bits, ' + ')} AS BIGINT)` : sql`CAST(0 AS BIGINT)`
  const mask = quarantineMask(checks, rules)

  const { keys } = input
  const written =
    inTitle.length === 1
      ? quoted('text', inTitle[0] as Field)
      : sql`NULLIF(concat_ws(' ', ${sql.join(inTitle.map((field) => quoted('text', field)))}), '')`
  const titleReference = inTitle.length === 0 ? sql`CAST(NULL AS BIGINT)` : (keys?.titleRef ?? written)

  const stored = inKind
    .filter((field) => !(field.name === 'watched_seconds' && source.kind === 'viewing'))
    .map((field) => ({
      name: storedColumn(field).name,
      value: field.type === 'identity' ? (keys?.viewerId ?? textColumn(field)) : quoted('value', field),
    }))
  if (duration && source.kind === 'viewing') stored.push({ name: 'watched_seconds', value: duration })
  if (source.kind === 'viewing') {
    const has = (name: string) => inKind.some((field) => field.name === name)
    const valid = [
      duration ? sql`${duration} > 3` : sql`false`,
      has('speed') ? sql`coalesce(value_speed, 1) < 3` : sql`true`,
      has('is_advertising') ? sql`NOT coalesce(value_is_advertising, false)` : sql`true`,
    ]
    stored.push({ name: 'is_valid_play', value: sql.join(valid, ' AND ') })
  }
  if (ignored.length > 0) stored.push({ name: 'extra_hash', value: sql`extra_hash` })

  const inner = sql`SELECT ${sql.join([
    ...texts,
    ...(input.line ? [sql`${input.line} AS line`] : []),
    sql`${extra} AS extra_hash`,
    ...raws.map(({ from, as }) => sql`${from} AS ${as}`),
  ])} FROM ${input.raw}`
  const valued = sql`SELECT ${sql.join([sql`*`, ...parsed])} FROM (${inner})`
  const keyed = sql`SELECT ${sql.join([
    ...(input.line ? [sql`r.line AS line`] : []),
    sql`${titleReference} AS title_ref`,
    ...stored.map(({ name, value }) => sql`${value} AS ${sql.id(name)}`),
    sql`${reasons} AS reasons`,
    ...raws.map(({ as }) => as),
  ])} FROM (${valued}) r ${keys?.joins ?? sql.empty}`
  const content = concatenated(raws.map(({ as }) => as))
  const carried = [...(input.line ? ['line'] : []), 'title_ref', ...stored.map(({ name }) => name), 'reasons']
  const statement = sql`SELECT ${sql.join([
    ...carried.map(sql.id),
    sql`CASE WHEN (reasons & ${sql.literal(mask)}) <> 0 THEN ${hash60(sql`concat(${input.secret}, ${content})`)} END AS reject_hash`,
  ])} FROM (${keyed})`
  return {
    statement,
    checks: checks.map(({ rule, field }) => ({ rule, field })),
    columns: ['title_ref', ...stored.map(({ name }) => name)],
  }
}

function unmapped(source: SourceSettings, field: Field): InputError {
  return new InputError(
    {
      en: `The source ${source.name} maps no column to ${field.name}, which ${source.kind} needs.`,
      zh: `来源 ${source.name} 没有列对应 ${field.name}，而 ${source.kind} 需要该字段。`,
    },
    {
      code: 'field-unmapped',
      value: field.name,
      advice: {
        en: `Add columns.${field.name} to the source in marquee.yaml.`,
        zh: `请在 marquee.yaml 中为该来源添加 columns.${field.name}。`,
      },
    },
  )
}

/** The bits of the checks whose rule keeps a row out. */
export function quarantineMask(checks: readonly Check[], rules: RowRules): number {
  return checks.reduce((mask, { rule }, bit) => (rules.severity(rule) === 'quarantine' ? mask + 2 ** bit : mask), 0)
}

function needsTitle(source: SourceSettings): boolean {
  if (source.kind === 'spend' || source.kind === 'outcome') return false
  return source.kind !== 'panel_rating' || source.columns.channel === undefined
}
