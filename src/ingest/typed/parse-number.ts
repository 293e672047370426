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
  const scale = settings.scale ?? 1
  const scaled = sql`${plain} * ${sql.literal(scale)}`
  const factor = factorOf(sql`regexp_extract(${bare}, ${pattern}, 2)`, scale)
  // Within CASE, no engine works out what `scaled` and its other branch share for the many rows that are plain numbers.
  const written = isQuantity
    ? sql`CASE WHEN regexp_matches(${text}, '\\p{L}') THEN ${plain} * ${factor} ELSE ${scaled} END`
    : scaled
  const number = hasComma ? written : sql`coalesce(read_number(${text}) * ${sql.literal(scale)}, ${written})`
  const limit = sql.literal(largestNumber)
  return sql`within(${number}, -${limit}, ${limit})`
}

/** What `word` multiplies its number with; `scale` where there is none. */
function factorOf(word: Sql, scale: number): Sql {
  const factors: typeof multiples = [[scale, ''], ...multiples]
  const replaced = factors.reduce(
    (text, [factor, name]) =>
      sql`replace_pattern(${text}, ${sql.literal(`^(?:${name})$`)}, ${sql.literal(String(factor))})`,
    word,
  )
  return sql`try_cast(${replaced} AS DOUBLE)`
}
