export type JsonObject = { readonly [key: string]: unknown }

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Integers and decimals that a double cannot hold exactly stay as they are written. */
const textOrLongNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]{15,}/g

/** Parses one JSON text; numbers of sixteen characters and more come as text, digit by digit. @throws SyntaxError */
export function parseJson(text: string): unknown {
  if (!/\d[\d.]{15}/.test(text)) return JSON.parse(text)
  return JSON.parse(text.replace(textOrLongNumber, (found) => (found.startsWith('"') ? found : `"${found}"`)))
}

function flatten(value: unknown, name: string, row: Map<string, string>): void {
  if (isJsonObject(value)) {
    for (const key in value) flatten(value[key], name === '' ? key : `${name}.${key}`, row)
  } else if (value === null || value === undefined) row.set(name, '')
  else row.set(name, Array.isArray(value) ? JSON.stringify(value) : String(value))
}

function take(record: JsonObject, path: readonly string[]): { item: unknown; rest: JsonObject } {
  const [key = '', ...deeper] = path
  const { [key]: value, ...rest } = record
  if (deeper.length === 0) return { item: value, rest }
  if (!isJsonObject(value)) return { item: undefined, rest: record }
  const inner = take(value, deeper)
  return { item: inner.item, rest: { ...rest, [key]: inner.rest } }
}

/**
 * The rows of one record, each from column to text: members of nested objects as `a.b`, lists as JSON text, null as the
 * empty text. With `explode` each item of that list gives a row, and an empty or absent list gives none.
 */
export function flattenJson(record: JsonObject, explode: string | undefined): Map<string, string>[] {
  if (explode === undefined) {
    const row = new Map<string, string>()
    flatten(record, '', row)
    return [row]
  }
  const { item: items, rest } = Object.hasOwn(record, explode)
    ? take(record, [explode])
    : take(record, explode.split('.'))
  const list = Array.isArray(items) ? items : items === undefined || items === null ? [] : [items]
  return list.map((item: unknown) => {
    const row = new Map<string, string>()
    flatten(rest, '', row)
    flatten(item, explode, row)
    return row
  })
}
