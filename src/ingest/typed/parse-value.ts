import { type Sql, sql } from '../../engine/sql.ts'
import { InputError } from '../../errors.ts'
import type { ColumnSettings } from '../../project/settings.ts'
import type { FieldType } from '../../warehouse/schema.ts'
import { halfDays } from './half-days.ts'
import { numberCharacters, numberSigns } from './number-text.ts'

/** Larger magnitudes are no count, amount or duration of this trade; they are slips such as 1e308. */
const largestNumber = 1e15

const secondsPerUnit = { hours: 3600, minutes: 60, seconds: 1, milliseconds: 0.001 } as const

/** Patterns that a plain cast reads exactly, and faster than strptime. */
const castableInstants = new Set(['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d'])

/** `text`, or NULL where the pattern does not match. */
function matching(text: Sql, pattern: string): Sql {
  return sql`NULLIF(regexp_extract(${text}, ${sql.literal(pattern)}, 0), '')`
}

function part(text: Sql, pattern: string): Sql {
  return sql`coalesce(try_cast(NULLIF(regexp_extract(${text}, ${sql.literal(pattern)}, 1), '') AS DOUBLE), 0)`
}

/** A finite number: plain, with thousands separators, currency or percent signs, or counted in 万 and 亿, which go before the scale. */
function parseNumber(text: Sql, settings: ColumnSettings): Sql {
  const decimalComma = settings.format === 'decimal comma'
  const tidy = decimalComma
    ? sql`replace(replace(regexp_replace(${text}, '[\\s$¥￥€£%元]', '', 'g'), '.', ''), ',', '.')`
    : sql`regexp_replace(translate(${text}, ${sql.literal(numberCharacters.from)}, ${sql.literal(numberCharacters.to)}), ${sql.literal(numberSigns)}, '', 'g')`
  const scale = settings.scale === undefined ? sql.empty : sql` * ${sql.literal(settings.scale)}`
  const written = sql`CASE
    WHEN ${tidy} LIKE '%亿' THEN try_cast(regexp_extract(${tidy}, '^(-?[0-9.]+)亿$', 1) AS DOUBLE) * 100000000
    WHEN ${tidy} LIKE '%万' THEN try_cast(regexp_extract(${tidy}, '^(-?[0-9.]+)万$', 1) AS DOUBLE) * 10000
    ELSE try_cast(${tidy} AS DOUBLE)${scale} END`
  const scaled = decimalComma ? written : sql`coalesce(try_cast(${text} AS DOUBLE)${scale}, ${written})`
  const limit = sql.literal(largestNumber)
  return sql`CASE WHEN ${scaled} BETWEEN -${limit} AND ${limit} THEN ${scaled} END`
}

function parseDuration(text: Sql, settings: ColumnSettings, field: string): Sql {
  if (settings.unit === undefined) {
    throw new InputError(
      { en: `The unit of ${field} is not known.`, zh: `${field} 的单位未知。` },
      {
        code: 'unit-missing',
        value: settings.from,
        advice: {
          en: `Set columns.${field}.unit in marquee.yaml to hours, minutes, seconds, milliseconds, HH:MM:SS or ISO 8601.`,
          zh: `请在 marquee.yaml 中将 columns.${field}.unit 设为 hours、minutes、seconds、milliseconds、HH:MM:SS 或 ISO 8601。`,
        },
      },
    )
  }
  if (settings.unit === 'HH:MM:SS') {
    if (settings.format === 'MM:SS') {
      const short = matching(text, '^[0-9]+:[0-5]?[0-9]([.][0-9]+)?$')
      return sql`CASE WHEN ${short} IS NOT NULL THEN ${part(short, '^([0-9]+):')} * 60 + ${part(short, ':([0-9.]+)$')} END`
    }
    const clock = matching(text, '^-?[0-9]+:[0-5]?[0-9](:[0-5]?[0-9]([.][0-9]+)?)?$')
    const seconds = sql`(${part(clock, '^-?([0-9]+):')} * 3600 + ${part(clock, '^-?[0-9]+:([0-9]+)')} * 60 + ${part(clock, '^-?[0-9]+:[0-9]+:([0-9.]+)$')})`
    return sql`CASE WHEN ${clock} IS NOT NULL THEN CASE WHEN ${text} LIKE '-%' THEN -${seconds} ELSE ${seconds} END END`
  }
  if (settings.unit === 'ISO 8601') {
    const iso = matching(text, '^P(?:[0-9.]+D)?(?:T(?:[0-9.]+H)?(?:[0-9.]+M)?(?:[0-9.]+S)?)?$')
    return sql`CASE WHEN length(${iso}) > 2 THEN ${part(iso, '([0-9.]+)D')} * 86400 + ${part(iso, '([0-9.]+)H')} * 3600 + ${part(iso, '([0-9.]+)M')} * 60 + ${part(iso, '([0-9.]+)S')} END`
  }
  return parseNumber(text, { ...settings, scale: secondsPerUnit[settings.unit] * (settings.scale ?? 1) })
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
    return sql`make_timestamp(CAST(try_cast(${text} AS DOUBLE) * ${factor} AS BIGINT))`
  }
  if (format?.includes('%z')) return sql`timezone('UTC', try_strptime(${text}, ${sql.literal(format)}))`
  const isIso = format === undefined || format === 'ISO 8601'
  const hasOffset = sql`${matching(text, '(Z|[+-][0-9][0-9]:?[0-9][0-9])$')} IS NOT NULL`
  const stated = sql`timezone('UTC', try_cast(${text} AS TIMESTAMPTZ))`
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

/** Items joined by `|`: from text split at a separator, or from a JSON list (`separator: json`). */
function parseList(text: Sql, separator: string | undefined): Sql {
  if (separator === 'json') return sql`array_to_string(try_cast(${text} AS VARCHAR[]), '|')`
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
      return sql`CAST(round(${parseNumber(text, settings)}) AS BIGINT)`
    case 'number':
      return parseNumber(text, settings)
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
