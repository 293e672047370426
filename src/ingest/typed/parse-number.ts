import { type Sql, sql } from '../../engine/sql.ts'
import type { ColumnSettings } from '../../project/settings.ts'
import { numberCharacters, numberSigns } from './number-text.ts'

/** Larger magnitudes are no count, amount or duration of this trade; they are slips such as 1e308. */
const largestNumber = 1e15

const spaces = "\\s\\x{00a0}\\x{202f}'’"
/** Digits in groups, or plain; a comma in any other place is no thousands separator. */
const withPoint = `(?:[0-9]{1,3}(?:[,${spaces}][0-9]{2,4})*[,${spaces}][0-9]{3,4}|[0-9]+)(?:[.][0-9]*)?|[.][0-9]+`
const withComma = `(?:[0-9]{1,3}(?:[.${spaces}][0-9]{3})+|[0-9]+)(?:,[0-9]*)?|,[0-9]+`
const multiples: readonly (readonly [number, string])[] = [
  [1e3, '[Kk]|(?i:thousand|tsd[.]?)'],
  [1e4, '万'],
  [1e5, '(?i:lakhs?)'],
  [1e6, 'M|(?i:mn|mio[.]?|millions?)'],
  [1e7, '(?i:cr|crores?)'],
  [1e8, '亿'],
  [1e9, 'B|(?i:bn|mrd[.]?|billions?)'],
]

/**
 * A finite number: plain, with thousands separators, currency or percent signs or, for a `quantity`, counted in thousands,
 * millions, 万 and the like, which go before the scale of its settings. NULL where `text` is none.
 */
export function parseNumber(text: Sql, settings: ColumnSettings, isQuantity: boolean): Sql {
  const hasComma = settings.format === 'decimal comma'
  const { from, to } = numberCharacters
  const folded = sql`translate(${text}, ${sql.literal(from)}, ${sql.literal(to)})`
  const bare = sql`replace_pattern(${folded}, ${sql.literal(numberSigns)}, '')`
  const words = isQuantity ? multiples.map(([, word]) => word).join('|') : '$'
  const exponent = hasComma ? '' : '(?:[eE][-+]?[0-9]+)?'
  const pattern = sql.literal(`^\\s*([-+]?(?:${hasComma ? withComma : withPoint})${exponent})[${spaces}]*(${words})?$`)
  const digits = sql`replace_pattern(regexp_extract(${bare}, ${pattern}, 1), ${sql.literal(`[${hasComma ? '.' : ','}${spaces}]`)}, '')`
  const plain = sql`try_cast(${hasComma ? sql`replace(${digits}, ',', '.')` : digits} AS DOUBLE)`
  const word = sql`regexp_extract(${bare}, ${pattern}, 2)`
  const cases = multiples.map(
    ([factor, name]) =>
      sql`WHEN regexp_matches(${word}, ${sql.literal(`^(?:${name})$`)}) THEN ${plain} * ${sql.literal(factor)}`,
  )
  const scale = settings.scale === undefined ? sql.empty : sql` * ${sql.literal(settings.scale)}`
  const written = isQuantity
    ? sql`CASE WHEN ${word} = '' THEN ${plain}${scale} ${sql.join(cases, ' ')} END`
    : sql`${plain}${scale}`
  const scaled = hasComma ? written : sql`coalesce(read_number(${text})${scale}, ${written})`
  const limit = sql.literal(largestNumber)
  return sql`CASE WHEN ${scaled} BETWEEN -${limit} AND ${limit} THEN ${scaled} END`
}
