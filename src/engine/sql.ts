/** A statement with its bound values; holes are `?` in `text`, in order. */
export interface Sql {
  readonly text: string
  readonly values: readonly SqlValue[]
}

export type SqlValue = string | number | bigint | boolean | null

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'text' in value && 'values' in value
}

/**
 * Writes a statement: a hole that is itself a `Sql` is spliced in with its values; any other hole is a bound parameter.
 * Text can come from the template alone, never from data.
 */
export function sql(strings: TemplateStringsArray, ...holes: readonly (SqlValue | Sql)[]): Sql {
  let text = strings[0] ?? ''
  const values: SqlValue[] = []
  holes.forEach((hole, index) => {
    if (isSql(hole)) {
      text += hole.text
      values.push(...hole.values)
    } else {
      text += '?'
      values.push(hole)
    }
    text += strings[index + 1] ?? ''
  })
  return { text, values }
}

/** A quoted identifier. */
sql.id = (name: string): Sql => ({ text: `"${name.replaceAll('"', '""')}"`, values: [] })

/** A quoted constant, for places where an engine takes no parameter (a view's definition, a scan's options). */
sql.literal = (value: SqlValue): Sql => {
  if (value === null) return { text: 'NULL', values: [] }
  if (typeof value === 'string') return { text: `'${value.replaceAll("'", "''")}'`, values: [] }
  if (typeof value === 'number' && !Number.isFinite(value)) return { text: `CAST('${value}' AS DOUBLE)`, values: [] }
  return { text: String(value), values: [] }
}

/** Fragments one after another with `separator` between them. */
sql.join = (parts: readonly Sql[], separator = ', '): Sql => ({
  text: parts.map((part) => part.text).join(separator),
  values: parts.flatMap((part) => part.values),
})

/** `(?, ?, …)`: for `IN`. An empty list becomes `(NULL)`, which nothing equals. */
sql.list = (items: readonly SqlValue[]): Sql =>
  items.length === 0 ? sql`(NULL)` : sql`(${sql.join(items.map((item) => sql`${item}`))})`

sql.empty = { text: '', values: [] } as Sql
