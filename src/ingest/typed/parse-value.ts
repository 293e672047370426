import type { Engine } from '../../engine/engine.ts'
import { functionsOf } from '../../engine/functions.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import { InputError } from '../../errors.ts'
import type { ColumnSettings } from '../../project/settings.ts'
import { type FieldType, titleFields } from '../../warehouse/schema.ts'
import { halfDays } from './half-days.ts'
import { parseDuration } from './parse-duration.ts'
import { parseNumber } from './parse-number.ts'

interface ParseContext {
  readonly field: string
  readonly timeZone: string | undefined
  readonly engine: Pick<Engine, 'name'>
}

/** Patterns that a plain cast reads exactly, and faster than strptime. */
const castableInstants = new Set(['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d'])

/** `text` for a pattern with %p, which the engine reads in English only. */
function inEnglish(text: Sql, format: string): Sql {
  if (!format.includes('%p')) return text
  return sql`regexp_replace(regexp_replace(${text}, ${sql.literal(halfDays.AM)}, 'AM'), ${sql.literal(halfDays.PM)}, 'PM')`
}

/** An instant as a TIMESTAMP in UTC. Without a time zone only values that state their offset are read. A local time that a daylight-saving change skips is no time at all. */
function parseInstant(text: Sql, settings: ColumnSettings, { timeZone, field, engine }: ParseContext): Sql {
  const { format } = settings
  if (format === 'unix seconds' || format === 'unix milliseconds') {
    const factor = sql.literal(format === 'unix seconds' ? 1_000_000 : 1_000)
    return sql`timestamp_micros(try_cast(${parseNumber(text, {}, false)} * ${factor} AS BIGINT))`
  }
  if (format?.includes('%z')) return functionsOf(engine).parseTime(sql`numeric_offset(${text})`, format)
  const isIso = format === undefined || format === 'ISO 8601'
  const hasOffset = sql`regexp_matches(${text}, '(?i)(Z|UTC|GMT|[+-][0-9][0-9]:?[0-9][0-9])$')`
  const stated = sql`read_instant(${text})`
  if (timeZone === undefined) {
    if (isIso) return sql`CASE WHEN ${hasOffset} THEN ${stated} END`
    throw new InputError(
      { en: `The time zone of ${field} is not known.`, zh: `${field} 的时区未知。` },
      {
        code: 'time-zone-missing',
        value: settings.from,
        advice: {
          en: "Set the source's timeZone in marquee.yaml to an IANA name such as Asia/Shanghai or UTC.",
          zh: '请在 marquee.yaml 中将该来源的 timeZone 设为 IANA 时区名，如 Asia/Shanghai 或 UTC。',
        },
      },
    )
  }
  const local =
    isIso || castableInstants.has(format)
      ? sql`read_timestamp(${text})`
      : functionsOf(engine).parseTime(inEnglish(text, format), format)
  const zone = sql.literal(timeZone)
  const utc = ['UTC', 'Etc/UTC', 'GMT'].includes(timeZone) ? local : sql`utc_of(${local}, ${zone})`
  return isIso ? sql`CASE WHEN ${hasOffset} THEN ${stated} ELSE ${utc} END` : utc
}

function parseDate(text: Sql, settings: ColumnSettings, engine: Pick<Engine, 'name'>): Sql {
  const { format } = settings
  if (format === undefined || format === 'ISO 8601' || format === '%Y-%m-%d') return sql`read_date(${text})`
  return sql`CAST(${functionsOf(engine).parseTime(text, format)} AS DATE)`
}

function parseBoolean(text: Sql): Sql {
  return sql`CASE WHEN lower(${text}) IN ('true', 't', 'yes', 'y', '1', '是', '真') THEN true
    WHEN lower(${text}) IN ('false', 'f', 'no', 'n', '0', '否', '假') THEN false END`
}

/** Items joined by `|`: from text split at a separator, or from a JSON list (`separator: json`). */
function parseList(text: Sql, separator: string | undefined): Sql {
  if (separator === 'json') return sql`json_items(${text})`
  if (separator === undefined || separator === '|') return text
  return sql`replace(${text}, ${sql.literal(separator)}, '|')`
}

/**
 * The expression that turns the text of a column into the value of a field: NULL where it cannot be read.
 * `text` is NULL for a missing value.
 * @throws InputError when a duration has no unit or an instant no time zone.
 */
export function parseValue(text: Sql, type: FieldType, settings: ColumnSettings, context: ParseContext): Sql {
  switch (type) {
    case 'text':
    case 'identity':
      return text
    case 'integer':
      return sql`CAST(round(${parseNumber(text, settings, !titleFields.some(({ name }) => name === context.field))}) AS BIGINT)`
    case 'number':
      return parseNumber(text, settings, true)
    case 'duration':
      return parseDuration(text, settings, context.field)
    case 'instant':
      return parseInstant(text, settings, context)
    case 'date':
      return parseDate(text, settings, context.engine)
    case 'boolean':
      return parseBoolean(text)
    case 'list':
      return parseList(text, settings.separator)
  }
}
