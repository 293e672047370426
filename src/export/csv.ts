import type { Value } from '../engine/engine.ts'

export interface CsvOptions {
  /** Keep spreadsheets from running cells as formulas; on unless set to false. */
  readonly guard?: boolean
}

/** Patterns of regular expressions for texts that a spreadsheet would run, and for those among them that it would not. */
export const formulaPatterns = {
  start: String.raw`^[=+\-@\t\r\n＝＋－＠]`,
  number: String.raw`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?`,
}
const formulaStart = new RegExp(formulaPatterns.start)
const plainNumber = new RegExp(`${formulaPatterns.number}$`)
const needsQuotes = /[",\r\n]/

/**
 * Rows as CSV text (RFC 4180: comma, CRLF, quotes doubled), the header first; a missing value is an empty field and a list
 * or structure is JSON. A text that a spreadsheet would run as a formula gets a leading apostrophe (OWASP, CSV injection);
 * numbers, also those written as text, stay as they are.
 */
export async function* csvText(
  columns: readonly string[],
  batches: AsyncIterable<readonly Readonly<Record<string, Value>>[]>,
  options: CsvOptions = {},
): AsyncGenerator<string> {
  const guard = options.guard ?? true
  yield csvLine(columns, guard)
  for await (const batch of batches) {
    let text = ''
    for (const row of batch)
      text += csvLine(
        columns.map((name) => row[name] ?? null),
        guard,
      )
    yield text
  }
}

/** A row as `csvText` writes it, unguarded unless told. */
export function csvLine(cells: readonly Value[], guard = false): string {
  return `${cells.map((cell) => csvCell(cell, guard)).join(',')}\r\n`
}

function csvCell(value: Value, guard: boolean): string {
  if (value === null) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = guard && formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
