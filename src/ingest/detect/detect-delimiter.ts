import { isHeaderWord } from './dictionary/look-up.ts'

/** How lines of text split into records. */
export interface Layout {
  readonly delimiter: string
  readonly quote: string
  /** Lines of prose before the header. */
  readonly skip: number
  /** Those lines. */
  readonly preamble: readonly string[]
  readonly header: boolean
  /** The header's cells, or `column_1` … where there is none. */
  readonly names: readonly string[]
}

const candidates = ['::', '||', '\t', ',', ';', '|', '^', '\u0001', '~', '，']
const valueLike =
  /^[-+]?[$€£¥]?[\d.,]+%?$|^\d{4}[-/.]\d{1,2}([-/.]\d|$)|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}|^\d{1,3}:\d{2}(:|$)|^(true|false|null|nan)$/i

/** Cells of one line; a delimiter between quotes is text. */
export function splitLine(line: string, delimiter: string, quote: string): string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < line.length; at++) {
    const mark = line[at] ?? ''
    if (quote !== '' && mark === quote && (isQuoted || cell.trim() === '')) {
      if (isQuoted && line[at + 1] === quote) {
        cell += quote
        at++
      } else isQuoted = !isQuoted
    } else if (!isQuoted && line.startsWith(delimiter, at)) {
      cells.push(cell)
      cell = ''
      at += delimiter.length - 1
    } else cell += mark
  }
  return [...cells, cell]
}

interface Line {
  readonly text: string
  readonly line: number
}

/** Lines that a quoted line break joins, put together again. */
function joinQuoted(lines: readonly string[], quote: string): readonly Line[] {
  const records: Line[] = []
  let open: Line | undefined
  for (const [line, text] of lines.entries()) {
    const joined: Line = open === undefined ? { text, line } : { text: `${open.text}\n${text}`, line: open.line }
    const isOpen = (joined.text.split(quote).length - 1) % 2 === 1 && line - joined.line < 50
    open = isOpen ? joined : undefined
    if (!isOpen) records.push(joined)
  }
  return open === undefined ? records : [...records, open]
}

function looksLikeHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  const filled = first.filter((cell) => cell.trim() !== '')
  if (filled.length === 0) return false
  const isRepeated = new Set(filled).size < filled.length
  const known = filled.filter((cell) => isHeaderWord(cell))
  if (!isRepeated && known.length > 0) return true
  const isValue = (cell = ''): boolean => valueLike.test(cell.trim())
  const namesValues = first.filter((cell, index) => !isValue(cell) && rest.every((row) => isValue(row[index])))
  if (isRepeated) return known.length > filled.length / 2 || (rest.length > 0 && namesValues.length > first.length / 2)
  const values = first.filter((cell, index) => isValue(cell) && rest.some((row) => isValue(row[index])))
  return values.length === 0
}

/** The number of cells that most records have, two or more, and the share of records that have it. */
function measure(records: readonly Line[], delimiter: string, quote: string) {
  const widths = new Map<number, number>()
  for (const record of records) {
    const width = splitLine(record.text, delimiter, quote).length
    widths.set(width, (widths.get(width) ?? 0) + 1)
  }
  const [width, count] = [...widths].filter(([size]) => size > 1).sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [
    1, 0,
  ]
  return { records, quote, width, share: count / Math.max(1, records.length) }
}

/** Whether cells that begin with a quote end with one (the last may be cut off), and some hold it doubled: quotes are no text then. */
function doublesQuotes(records: readonly Line[], delimiter: string): boolean {
  const cells = records.flatMap((record) => record.text.split(delimiter)).filter((cell) => cell.startsWith('"'))
  const closed = cells.filter((cell) => /^".*"$/s.test(cell))
  return closed.length >= cells.length * 0.98 && closed.some((cell) => cell.slice(1, -1).includes('""'))
}

/**
 * Finds how `lines` (the start of a file, without line ends) split: the delimiter under which most records have the same
 * number of cells, two or more. A file of one column comes back with a comma. Quotes are respected.
 */
export function detectDelimiter(lines: readonly string[]): Layout {
  const filled = lines.map((line, index) => (index === 0 ? line.replace(/^\uFEFF/, '') : line))
  const records = joinQuoted(filled, '"').filter((record) => record.text.trim() !== '')
  const plain = filled.map((text, line) => ({ text, line })).filter((record) => record.text.trim() !== '')
  let best = { score: 0, delimiter: ',', ...measure(records, ',', '"'), width: 1 }
  for (const delimiter of candidates) {
    const isHalf = best.score > 1 && best.delimiter === delimiter + delimiter
    if (isHalf && plain.every((record) => !record.text.replaceAll(best.delimiter, '').includes(delimiter))) continue
    const quoted = measure(records, delimiter, '"')
    const unquoted = measure(plain, delimiter, '')
    const isPlain = (delimiter === '::' || delimiter === '\t') && !doublesQuotes(records, delimiter)
    const [first, second] = isPlain ? [unquoted, quoted] : [quoted, unquoted]
    const read = second.share > first.share + 0.02 ? second : first
    const score = read.share ** 2 * Math.min(2, 1 + Math.log10(read.width))
    if (score > best.score + 0.02) best = { score, delimiter, ...read }
  }
  const { delimiter, quote, width } = best
  const cells = best.records.map((record) => splitLine(record.text, delimiter, quote))
  const isTable = (row: readonly string[]): boolean =>
    row.length >= Math.max(width > 2 ? 2 : width, width * 0.75) &&
    row.filter((cell) => cell.trim() !== '').length >= width / 2
  const start = Math.max(0, cells.findIndex(isTable))
  const first = cells[start] ?? []
  const header = looksLikeHeader(first, cells.slice(start + 1, start + 100))
  const skip = best.records[start]?.line ?? 0
  const quoteSeen = quote !== '' && filled.some((line) => line.includes(quote))
  return {
    delimiter,
    quote: quoteSeen || (delimiter !== '::' && delimiter !== '\t') ? quote : '',
    skip,
    preamble: best.records.slice(0, start).map((record) => record.text),
    header,
    names: header ? first : first.map((_, index) => `column_${index + 1}`),
  }
}
