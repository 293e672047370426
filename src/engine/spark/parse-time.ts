import { QueryError } from '../../errors.ts'
import { type Sql, sql } from '../sql.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const longMonths = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'],
  ...['november', 'december'],
]
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const longDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const anyCase = (words: readonly string[]) => `(?i:${words.join('|')})`
const upTo = (digits: number) => `[0-9]{1,${digits}}`

/** The specifiers of `strptime` that dates and times of this trade are written with, as patterns. */
const specifiers: Readonly<Record<string, string>> = {
  Y: upTo(4),
  y: '[0-9]{2}',
  m: '0?[1-9]|1[0-2]',
  d: '[0-2]?[0-9]|3[01]',
  H: '[01]?[0-9]|2[0-3]',
  I: '0?[1-9]|1[0-2]',
  M: '[0-5]?[0-9]',
  S: '[0-5]?[0-9]',
  f: upTo(9),
  p: anyCase(['am', 'pm']),
  z: '[+-][0-9]{2}(?::?[0-9]{2})?',
  b: anyCase(months),
  B: anyCase(longMonths),
  a: anyCase(days),
  A: anyCase(longDays),
}

function patternOf(format: string): { readonly pattern: string; readonly groups: readonly string[] } {
  const groups: string[] = []
  const pattern = format.replace(/%(.)| +|[^%]/g, (found, letter?: string) => {
    if (found.trim() === '') return ' +'
    if (letter === undefined || letter === '%') return (letter ?? found).replace(/[.*+?^${}()|[\]\\]/, '\\$&')
    const specifier = specifiers[letter]
    if (specifier === undefined) {
      throw new QueryError(
        { en: `Spark cannot read times with %${letter}.`, zh: `在 Spark 上无法读取含 %${letter} 的时间。` },
        { code: 'query-failed', value: format },
      )
    }
    groups.push(letter)
    return `(${specifier})`
  })
  return { pattern: `^ *${pattern} *$`, groups }
}

/**
 * The time that `text` states in a format of `strptime`, as a TIMESTAMP in UTC where it has an offset; NULL where it is none.
 * Spark's own patterns would read other texts than DuckDB's.
 * @throws QueryError for a specifier that it does not know
 */
export function parseTimeOnSpark(text: Sql, format: string): Sql {
  const { pattern, groups } = patternOf(format)
  const found = (letter: string) =>
    groups.includes(letter)
      ? sql`regexp_extract(${text}, ${sql.literal(pattern)}, ${sql.literal(groups.indexOf(letter) + 1)})`
      : undefined
  const number = (letter: string) => {
    const digits = found(letter)
    return digits && sql`try_cast(${digits} AS INT)`
  }
  const shortYear = number('y')
  const fullYear = shortYear && sql`${shortYear} + CASE WHEN ${shortYear} < 69 THEN 2000 ELSE 1900 END`
  const year = number('Y') ?? fullYear ?? sql`1900`
  const monthName = found('b') ?? found('B')
  const monthOfName = monthName && sql`(instr(${sql.literal(months.join(''))}, lower(left(${monthName}, 3))) + 2) div 3`
  const month = number('m') ?? monthOfName ?? sql`1`
  const half = found('p')
  const afternoon = half ? sql`CASE WHEN lower(${half}) = 'pm' THEN 12 ELSE 0 END` : sql`0`
  const clockHour = number('I')
  const hour = number('H') ?? (clockHour ? sql`${clockHour} % 12 + ${afternoon}` : sql`0`)
  const seconds = found('S') ?? sql`'0'`
  const fraction = found('f')
  const second = sql`try_cast(${fraction ? sql`concat(${seconds}, '.', ${fraction})` : seconds} AS DECIMAL(16, 6))`
  const parts = sql.join([year, month, number('d') ?? sql`1`, hour, number('M') ?? sql`0`, second])
  const local = sql`CASE WHEN ${text} RLIKE ${sql.literal(pattern)} THEN try_make_timestamp(${parts}) END`
  const offset = found('z')
  if (!offset) return local
  const minutes = sql`coalesce(try_cast(regexp_extract(${offset}, '([0-9]{2})$', 1) AS BIGINT) * CASE WHEN length(${offset}) > 3 THEN 1 ELSE 0 END, 0)`
  const magnitude = sql`(try_cast(substr(${offset}, 2, 2) AS BIGINT) * 3600 + ${minutes} * 60)`
  const shift = sql`CASE WHEN ${offset} LIKE '-%' THEN -1 ELSE 1 END * ${magnitude}`
  return sql`timestamp_micros(unix_micros(${local}) - ${shift} * 1000000)`
}
