import { type Sql, sql } from '../../engine/sql.ts'
import { InputError } from '../../errors.ts'
import type { ColumnSettings } from '../../project/settings.ts'
import { parseNumber } from './parse-number.ts'

const secondsPerUnit = { hours: 3600, minutes: 60, seconds: 1, milliseconds: 0.001 } as const

const amount = '([0-9]+(?:[.][0-9]+)?)'
const gap = '[\\s,.]*'
const written = `^(?i:${amount}\\s*(?:h|hrs?|hours?|小时|小時)${gap})?(?i:${amount}\\s*(?:m|mins?|minutes?|分钟?|分鐘)${gap})?(?i:${amount}\\s*(?:s|secs?|seconds?|秒钟?)${gap})?$`

/** The number in `digits`, with a decimal comma or point; 0 where there is none. */
function read(digits: Sql): Sql {
  return sql`coalesce(try_cast(concat('0', replace(${digits}, ',', '.')) AS DOUBLE), 0)`
}

/** `seconds` where `text` matches the pattern and is longer than what says nothing, else NULL. */
function ofMatching(text: Sql, pattern: string, seconds: Sql, nothing = 1): Sql {
  const isWritten = sql`length(${text}) > ${sql.literal(nothing)} AND regexp_matches(${text}, ${sql.literal(pattern)})`
  return sql`CASE WHEN ${isWritten} THEN ${seconds} END`
}

/** Seconds of a duration in the unit of its settings; NULL where `text` is none. @throws InputError without a unit. */
export function parseDuration(text: Sql, settings: ColumnSettings, field: string): Sql {
  const { unit } = settings
  if (unit === undefined) throw unitMissing(settings, field)
  if (unit === 'HH:MM:SS') {
    const place = (index: number) => sql`split_part(${text}, ':', ${sql.literal(index)})`
    if (settings.format === 'MM:SS') {
      const seconds = sql`${read(place(1))} * 60 + ${read(place(2))}`
      return ofMatching(text, '^[0-9]+:[0-5]?[0-9]([.,][0-9]+)?$', seconds)
    }
    const hours = read(sql`replace(${place(1)}, '-', '')`)
    const seconds = sql`${hours} * 3600 + ${read(place(2))} * 60 + ${read(place(3))}`
    const signed = sql`CASE WHEN ${text} LIKE '-%' THEN -1 ELSE 1 END * (${seconds})`
    return ofMatching(text, '^-?[0-9]+:[0-5]?[0-9](:[0-5]?[0-9]([.,][0-9]+)?)?$', signed)
  }
  const part = (pattern: string, group = 1) =>
    read(sql`regexp_extract(${text}, ${sql.literal(pattern)}, ${sql.literal(group)})`)
  if (unit === 'ISO 8601') {
    const seconds = sql`${part('([0-9.]+)D')} * 86400 + ${part('([0-9.]+)H')} * 3600 + ${part('([0-9.]+)M')} * 60 + ${part('([0-9.]+)S')}`
    return ofMatching(text, '^P(?:[0-9.]+D)?(?:T(?:[0-9.]+H)?(?:[0-9.]+M)?(?:[0-9.]+S)?)?$', seconds, 2)
  }
  if (unit === 'h m s') {
    const seconds = sql`${part(written)} * 3600 + ${part(written, 2)} * 60 + ${part(written, 3)}`
    return ofMatching(text, written, seconds)
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
