import type { Text } from '../../text.ts'
import { escapeDamage, findDamage, type TextChunk } from './decode-text.ts'
import { malformations } from './malformations.ts'
import { keptLength, type MalformedRecord, maximumRecordLength } from './raw-record.ts'

export interface DelimitedLayout {
  readonly delimiter: string
  /** One character, or empty where nothing is quoted. */
  readonly quote: string
  /** Physical lines to pass over at the beginning. */
  readonly skip: number
}

/** A record by itself: whether it has as many fields as the others is for the caller to say. */
export type SplitRecord = { readonly line: number; readonly raw: string; readonly fields: string[] } | MalformedRecord

/** Records handed on at once, so that a long stretch held back by an open quote does not become millions of objects. */
const recordsAtOnce = 16_384

type Parsed = { readonly end: number; readonly fields: string[] } | { readonly problem: Text } | 'more'

/**
 * Splits delimited text (RFC 4180) into records as it arrives, in bounded memory. Blank lines are no records. A record
 * whose quotes are not well formed ends at its first newline, so that those after it survive. Lines end with \n or \r\n,
 * or with \r where the first chunk has no \n.
 */
export class DelimitedSplitter {
  readonly #delimiter: string
  readonly #quote: string
  #newline = ''
  #skip: number
  #rest = ''
  #waiting = ''
  #waitingSuspect = false
  #line = 1
  /** The beginning and length so far of a line too long to hold. */
  #overlong: { readonly head: string; length: number } | undefined

  constructor(layout: DelimitedLayout) {
    this.#delimiter = layout.delimiter
    this.#quote = layout.quote
    this.#skip = layout.skip
  }

  /** The records that end in `chunk`, in batches; with `last`, what is left too. All of them have to be taken. */
  *split(chunk: TextChunk, last: boolean): Generator<SplitRecord[]> {
    let records: SplitRecord[] = []
    this.#waiting += chunk.text
    this.#waitingSuspect ||= chunk.suspect
    // A long unfinished record is looked at again only when it has doubled, so that its cost stays linear.
    if (!last && this.#waiting.length < this.#rest.length) return
    const text = this.#rest + this.#waiting
    const suspect = this.#waitingSuspect
    this.#waiting = ''
    if (this.#newline === '') {
      if (text === '') return
      this.#newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r'
    }
    let at = this.#overlong ? this.#passOver(text, last, records) : 0
    let nextQuote = -1
    while (at < text.length) {
      if (records.length === recordsAtOnce) {
        yield records
        records = []
      }
      const newline = text.indexOf(this.#newline, at)
      if (newline < 0 && !last && text.length - at <= maximumRecordLength) break
      const lineEnd = newline < 0 ? text.length : newline
      if (newline < 0 && !last) {
        this.#overlong = { head: text.slice(at, at + keptLength), length: text.length - at }
        at = text.length
      } else if (this.#skip > 0) {
        this.#skip--
        this.#line++
        at = lineEnd + 1
      } else if (lineEnd - at > maximumRecordLength) {
        records.push(this.#tooLong(text.slice(at, at + keptLength), lineEnd - at))
        this.#line++
        at = lineEnd + 1
      } else {
        if (nextQuote < at) nextQuote = this.#findQuote(text, at)
        const parsed: Parsed =
          nextQuote >= lineEnd
            ? { end: lineEnd, fields: this.#trimReturn(text.slice(at, lineEnd)).split(this.#delimiter) }
            : this.#parse(text, at, lineEnd, last)
        if (parsed === 'more') break
        const end = 'problem' in parsed ? lineEnd : parsed.end
        this.#add(records, this.#trimReturn(text.slice(at, end)), parsed, suspect)
        if (end > lineEnd) this.#countLines(text, at, end)
        this.#line++
        at = end + 1
      }
    }
    this.#rest = text.slice(at)
    this.#waitingSuspect = suspect && this.#rest !== ''
    yield records
  }

  #findQuote(text: string, from: number): number {
    const found = this.#quote === '' ? -1 : text.indexOf(this.#quote, from)
    return found < 0 ? Number.POSITIVE_INFINITY : found
  }

  #trimReturn(line: string): string {
    return this.#newline === '\n' && line.endsWith('\r') ? line.slice(0, -1) : line
  }

  #countLines(text: string, from: number, end: number): void {
    for (let at = text.indexOf(this.#newline, from); at >= 0 && at < end; at = text.indexOf(this.#newline, at + 1)) {
      this.#line++
    }
  }

  #add(records: SplitRecord[], raw: string, parsed: Exclude<Parsed, 'more'>, suspect: boolean): void {
    if (raw === '') return
    const line = this.#line
    const damage = suspect ? findDamage(raw) : undefined
    if (damage) {
      const malformed = damage === 'nul' ? malformations.nul : malformations.undecodable
      records.push({ line, raw: escapeDamage(raw), malformed })
    } else if ('problem' in parsed) records.push({ line, raw, malformed: parsed.problem })
    else records.push({ line, raw, fields: parsed.fields })
  }

  #tooLong(head: string, length: number): MalformedRecord {
    return { line: this.#line, raw: escapeDamage(head), malformed: malformations.tooLong(length) }
  }

  /** Passes over the rest of a line too long to hold; where to go on. */
  #passOver(text: string, last: boolean, records: SplitRecord[]): number {
    if (!this.#overlong) return 0
    const newline = text.indexOf(this.#newline)
    const end = newline < 0 ? text.length : newline
    this.#overlong.length += end
    if (newline >= 0 || last) {
      if (this.#skip > 0) this.#skip--
      else records.push(this.#tooLong(this.#overlong.head, this.#overlong.length))
      this.#line++
      this.#overlong = undefined
    }
    return newline < 0 ? text.length : newline + 1
  }

  /** Splits the record at `at`, whose first line ends at `firstLineEnd` and holds a quote. */
  #parse(text: string, at: number, firstLineEnd: number, last: boolean): Parsed {
    const fields: string[] = []
    let lineEnd = firstLineEnd
    for (let start = at; ; ) {
      if (!text.startsWith(this.#quote, start)) {
        const segment = text.slice(start, lineEnd)
        const delimiter = segment.indexOf(this.#delimiter)
        if (delimiter < 0) {
          fields.push(this.#trimReturn(segment))
          return { end: lineEnd, fields }
        }
        fields.push(segment.slice(0, delimiter))
        start += delimiter + this.#delimiter.length
        continue
      }
      const close = this.#findClose(text, start + 1)
      const found = close >= 0 && (last || close + Math.max(2, this.#delimiter.length) < text.length)
      if (!found && !last)
        return text.length - at > maximumRecordLength ? { problem: malformations.unclosedQuote } : 'more'
      if (close < 0) return { problem: malformations.unclosedQuote }
      fields.push(text.slice(start + 1, close).replaceAll(this.#quote + this.#quote, this.#quote))
      const after = close + 1
      if (after > lineEnd) {
        const newline = text.indexOf(this.#newline, after)
        if (newline < 0 && !last) return 'more'
        lineEnd = newline < 0 ? text.length : newline
      }
      if (this.#trimReturn(text.slice(after, lineEnd)) === '') return { end: lineEnd, fields }
      if (!text.startsWith(this.#delimiter, after)) return { problem: malformations.textAfterQuote }
      start = after + this.#delimiter.length
    }
  }

  /** The quote that closes the field whose text starts at `from`, or -1. */
  #findClose(text: string, from: number): number {
    let close = text.indexOf(this.#quote, from)
    while (close >= 0 && text.startsWith(this.#quote, close + 1)) close = text.indexOf(this.#quote, close + 2)
    return close
  }
}
