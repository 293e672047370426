import { type Sql, sql } from '../../engine/sql.ts'
import { InputError } from '../../errors.ts'
import type { ColumnSettings } from '../../project/settings.ts'
import { type FieldType, titleFields } from '../../warehouse/schema.ts'
import { halfDays } from './half-days.ts'
import { parseDuration } from './parse-duration.ts'
import { parseNumber } from './parse-number.ts'

/** Patterns that a plain cast reads exactly, and faster than strptime. */
const castableInstants = new Set(['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d'])

/** `text`, or NULL where the pattern does not match. */
function matching(text: Sql, pattern: string): Sql {
  return sql`NULLIF(regexp_extract(${text}, ${sql.literal(pattern)}, 0), '')`
}

/** `text` for a pattern with %p, which the engine reads in English only. */
function inEnglish(text: Sql, format: string): Sql {
  if (!format.includes('%p')) return text
  return sql`regexp_replace(regexp_replace(${text}, ${sql.literal(halfDays.AM)}, 'AM'), ${sql.literal(halfDays.PM)}, 'PM')`
}

/** An instant as a TIMESTAMP in UTC. Without a time zone only values that state their offset are read. A local time that a daylight-saving change skips is no time at all. */
function parseInstant(text: Sql, settings: ColumnSettings, timeZone: string | undefined, field: string): Sql {
  const { format } = settings
  if (format === 'unix seconds' || format === 'unix milliseconds') {
    const factor = sql.literal(format === 'unix seconds' ? 1_000_000 : 1_000)
    return sql`make_timestamp(CAST(${parseNumber(text, {}, false)} * ${factor} AS BIGINT))`
  }
  const offset = sql`regexp_replace(regexp_replace(${text}, ' *(Z|UTC|GMT)$', '+00:00', 'i'), ' +([+-][0-9:]+)$', '\\1')`
  if (format?.includes('%z')) return sql`timezone('UTC', try_strptime(${offset}, ${sql.literal(format)}))`
  const isIso = format === undefined || format === 'ISO 8601'
  const hasOffset = sql`${matching(text, '(?i)(Z|UTC|GMT|[+-][0-9][0-9]:?[0-9][0-9])$')} IS NOT NULL`
  const stated = sql`timezone('UTC', coalesce(try_cast(${offset} AS TIMESTAMPTZ), try_strptime(${offset}, ['%Y-%m-%d %H:%M%z', '%Y-%m-%dT%H:%M%z'])))`
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
      ? sql`try_cast(${text} AS TIMESTAMP)`
      : sql`try_strptime(${inEnglish(text, format)}, ${sql.literal(format)})`
  const zone = sql.literal(timeZone)
  const utc = ['UTC', 'Etc/UTC', 'GMT'].includes(timeZone)
    ? local
    : sql`CASE WHEN timezone(${zone}, timezone(${zone}, ${local})) = ${local} THEN timezone('UTC', timezone(${zone}, ${local})) END`
  return isIso ? sql`CASE WHEN ${hasOffset} THEN ${stated} ELSE ${utc} END` : utc
}

function parseDate(text: Sql, settings: ColumnSettings): Sql {
  const { format } = settings
  if (format === undefined || format === 'ISO 8601' || format === '%Y-%m-%d') return sql`try_cast(${text} AS DATE)`
  return sql`CAST(try_strptime(${text}, ${sql.literal(format)}) AS DATE)`
}

function parseBoolean(text: Sql): Sql {
  return sql`CASE WHEN lower(${text}) IN ('true', 't', 'yes', 'y', '1', '是', '真') THEN true
    WHEN lower(${text}) IN ('false', 'f', 'no', 'n', '0', '否', '假') THEN false END`
}

const quotedText = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'`

/** The items of a list in JSON, or as Python prints it: texts, or the `name` of each object. */
function parseJsonList(text: Sql): Sql {
  const pattern = sql.literal(`["']name["']\\s*:\\s*(${quotedText})`)
  const names = sql`list_transform(regexp_extract_all(${text}, ${pattern}, 1), lambda item: regexp_replace(item[2:-2], '\\\\(.)', '\\1', 'g'))`
  const plain = sql`regexp_replace(${text}, '([\\[,]\\s*)u(["''])', '\\1\\2', 'g')`
  return sql`array_to_string(CASE WHEN contains(${text}, '{') THEN ${names} ELSE try_cast(${plain} AS VARCHAR[]) END, '|')`
}

/** Items joined by `|`: from text split at a separator, or from a JSON list (`separator: json`). */
function parseList(text: Sql, separator: string | undefined): Sql {
  if (separator === 'json') return parseJsonList(text)
  if (separator === undefined || separator === '|') return text
  return sql`replace(${text}, ${sql.literal(separator)}, '|')`
}

/**
 * The expression that turns the text of a column into the value of a field: NULL where it cannot be read.
 * `text` is NULL for a missing value.
 * @throws InputError when a duration has no unit or an instant no time zone.
 */
export function parseValue(
  text: Sql,
  type: FieldType,
  settings: ColumnSettings,
  context: { readonly field: string; readonly timeZone: string | undefined },
): Sql {
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
      return parseInstant(text, settings, context.timeZone, context.field)
    case 'date':
      return parseDate(text, settings)
    case 'boolean':
      return parseBoolean(text)
    case 'list':
      return parseList(text, settings.separator)
  }
}
