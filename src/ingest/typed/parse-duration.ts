import { type Sql, sql } from '../../engine/sql.ts'
import { InputError } from '../../errors.ts'
import type { ColumnSettings } from '../../project/settings.ts'
import { parseNumber } from './parse-number.ts'

const secondsPerUnit = { hours: 3600, minutes: 60, seconds: 1, milliseconds: 0.001 } as const

const amount = '([0-9]+(?:[.][0-9]+)?)'
const gap = '[\\s,.]*'
const written = `^(?i:${amount}\\s*(?:h|hrs?|hours?|小时|小時)${gap})?(?i:${amount}\\s*(?:m|mins?|minutes?|分钟?|分鐘)${gap})?(?i:${amount}\\s*(?:s|secs?|seconds?|秒钟?)${gap})?$`

/** `text`, or NULL where the pattern does not match. */
function matching(text: Sql, pattern: string): Sql {
  return sql`NULLIF(regexp_extract(${text}, ${sql.literal(pattern)}, 0), '')`
}

function part(text: Sql, pattern: string, group = 1): Sql {
  const found = sql`NULLIF(regexp_extract(${text}, ${sql.literal(pattern)}, ${sql.literal(group)}), '')`
  return sql`coalesce(try_cast(replace(${found}, ',', '.') AS DOUBLE), 0)`
}

/** Seconds of a duration in the unit of its settings; NULL where `text` is none. @throws InputError without a unit. */
export function parseDuration(text: Sql, settings: ColumnSettings, field: string): Sql {
  const { unit } = settings
  if (unit === undefined) throw unitMissing(settings, field)
  if (unit === 'HH:MM:SS' && settings.format === 'MM:SS') {
    const short = matching(text, '^[0-9]+:[0-5]?[0-9]([.,][0-9]+)?$')
    return sql`CASE WHEN ${short} IS NOT NULL THEN ${part(short, '^([0-9]+):')} * 60 + ${part(short, ':([0-9.,]+)$')} END`
  }
  if (unit === 'HH:MM:SS') {
    const clock = matching(text, '^-?[0-9]+:[0-5]?[0-9](:[0-5]?[0-9]([.,][0-9]+)?)?$')
    const seconds = sql`(${part(clock, '^-?([0-9]+):')} * 3600 + ${part(clock, '^-?[0-9]+:([0-9]+)')} * 60 + ${part(clock, '^-?[0-9]+:[0-9]+:([0-9.,]+)$')})`
    return sql`CASE WHEN ${clock} IS NOT NULL THEN CASE WHEN ${text} LIKE '-%' THEN -${seconds} ELSE ${seconds} END END`
  }
  if (unit === 'ISO 8601') {
    const iso = matching(text, '^P(?:[0-9.]+D)?(?:T(?:[0-9.]+H)?(?:[0-9.]+M)?(?:[0-9.]+S)?)?$')
    return sql`CASE WHEN length(${iso}) > 2 THEN ${part(iso, '([0-9.]+)D')} * 86400 + ${part(iso, '([0-9.]+)H')} * 3600 + ${part(iso, '([0-9.]+)M')} * 60 + ${part(iso, '([0-9.]+)S')} END`
  }
  if (unit === 'h m s') {
    const words = matching(text, written)
    return sql`CASE WHEN ${words} IS NOT NULL THEN ${part(words, written)} * 3600 + ${part(words, written, 2)} * 60 + ${part(words, written, 3)} END`
  }
  return parseNumber(text, { ...settings, scale: secondsPerUnit[unit] * (settings.scale ?? 1) }, false)
}

function unitMissing(settings: ColumnSettings, field: string): InputError {
  return new InputError(
    { en: `The unit of ${field} is not known.`, zh: `${field} 的单位未知。` },
    {
      code: 'unit-missing',
      value: settings.from,
      advice: {
        en: `Set columns.${field}.unit in marquee.yaml to hours, minutes, seconds, milliseconds, HH:MM:SS, ISO 8601 or h m s.`,
        zh: `请在 marquee.yaml 中将 columns.${field}.unit 设为 hours、minutes、seconds、milliseconds、HH:MM:SS、ISO 8601 或 h m s。`,
      },
    },
  )
}
