import { isUtf8 } from 'node:buffer'

/** The first thing that keeps a delimited file from being read as it is. */
export type Obstacle =
  | 'blank-line'
  | 'field-count'
  | 'long-line'
  | 'mixed-newlines'
  | 'newline-in-quotes'
  | 'not-utf-8'
  | 'nul'
  | 'quote'
  | 'return'

const maximumLineBytes = 1_000_000
const newline = 10
const carriageReturn = 13

const fieldStart = 0
const inField = 1
const inQuotes = 2
const afterQuote = 3
const afterReturn = 4

/** A byte in each of the four places of a 32-bit word. */
const repeat = (byte: number): number => Math.imul(byte, 0x01010101)

/**
 * Checks delimited bytes for perfect structure, four bytes at a time where nothing but field text and delimiters comes.
 * Word-wise tests for a byte: Mycroft's zero-byte test, as in Warren, Hacker's Delight, 6-1.
 */
export class StructureScanner {
  obstacle: Obstacle | undefined
  /** Lines that have ended. */
  lines = 0
  /** Fields of the first line. */
  width = 0
  readonly #delimiter: number
  /** -1 where nothing is quoted. */
  readonly #quote: number
  #state = fieldStart
  #delimiters = 0
  #offset = 0
  #lineStart = 0
  /** Whether lines end with \r\n; unknown before the first has ended. */
  #returns: boolean | undefined
  #unfinished = Buffer.alloc(0)

  constructor(delimiter: string, quote: string) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#quote = quote === '' ? -1 : quote.charCodeAt(0)
  }

  /** Takes the next bytes, from `from` on; the buffer must begin at a multiple of four in its memory. */
  push(bytes: Buffer, from = 0): void {
    if (this.obstacle) return
    const high = this.#scan(bytes, from)
    if (!this.obstacle && (high !== 0 || this.#unfinished.length > 0)) this.#checkUtf8(bytes.subarray(from))
    this.#offset += bytes.length
    if (this.#offset - this.#lineStart > maximumLineBytes) this.obstacle ??= 'long-line'
  }

  /** Takes the end of the file. */
  end(): void {
    if (this.obstacle) return
    if (this.#unfinished.length > 0) this.obstacle = 'not-utf-8'
    else if (this.#state === inQuotes) this.obstacle = 'quote'
    else if (this.#state === afterReturn) this.obstacle = 'return'
    else if (this.#offset > this.#lineStart) this.#endLine(this.#offset, this.#returns ?? false)
  }

  /** Where the first line begins in its chunk, behind a byte order mark. */
  startAt(offset: number): void {
    this.#lineStart = offset
  }

  #endLine(end: number, withReturn: boolean): void {
    const length = end - this.#lineStart - (withReturn ? 1 : 0)
    if (this.lines === 0) this.width = this.#delimiters + 1
    this.#returns ??= withReturn
    if (length === 0) this.obstacle = 'blank-line'
    else if (length > maximumLineBytes) this.obstacle = 'long-line'
    else if (this.#delimiters + 1 !== this.width) this.obstacle = 'field-count'
    else if (this.#returns !== withReturn) this.obstacle = 'mixed-newlines'
    this.lines++
    this.#delimiters = 0
    this.#lineStart = end + 1
    this.#state = fieldStart
  }

  /** Returns a number whose high bits are set where any byte is not ASCII. */
  #scan(bytes: Buffer, from: number): number {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    const delimiters = repeat(this.#delimiter)
    const quotes = repeat(this.#quote < 0 ? newline : this.#quote)
    let high = 0
    let at = from
    while (at < bytes.length) {
      if ((at & 3) === 0 && this.#state <= inField) {
        const first = at >> 2
        let word = first
        let count = 0
        for (; word < words.length; word++) {
          const four = words[word] ?? 0
          const notDelimiter = four ^ delimiters
          const isDelimiter = ~(((notDelimiter & 0x7f7f7f7f) + 0x7f7f7f7f) | notDelimiter | 0x7f7f7f7f)
          const isControl = (four - 0x20202020) & ~four & ~isDelimiter
          const notQuote = four ^ quotes
          if (((isControl | ((notQuote - 0x01010101) & ~notQuote)) & 0x80808080) !== 0) break
          count += Math.imul(isDelimiter >>> 7, 0x01010101) >>> 24
          high |= four
        }
        this.#delimiters += count
        at = word << 2
        if (word > first) this.#state = bytes[at - 1] === this.#delimiter ? fieldStart : inField
      }
      const stop = Math.min((at & ~3) + 4, bytes.length)
      for (; at < stop; at++) {
        const byte = bytes[at] ?? 0
        if (byte > 127) high = -1
        this.#step(byte, at)
      }
      if (this.obstacle) return high
    }
    return high & 0x80808080
  }

  #step(byte: number, at: number): void {
    const state = this.#state
    if (byte === 0) this.obstacle ??= 'nul'
    else if (state === inQuotes) {
      if (byte === this.#quote) this.#state = afterQuote
      else if (byte === newline || byte === carriageReturn) this.obstacle ??= 'newline-in-quotes'
    } else if (state === afterReturn) {
      if (byte === newline) this.#endLine(this.#offset + at, true)
      else this.obstacle ??= 'return'
    } else if (byte === this.#delimiter) {
      this.#delimiters++
      this.#state = fieldStart
    } else if (byte === newline) this.#endLine(this.#offset + at, false)
    else if (byte === carriageReturn) this.#state = afterReturn
    else if (byte === this.#quote) {
      if (state === inField) this.obstacle ??= 'quote'
      else this.#state = inQuotes
    } else if (state === afterQuote) this.obstacle ??= 'quote'
    else this.#state = inField
  }

  #checkUtf8(bytes: Buffer): void {
    let start = 0
    if (this.#unfinished.length > 0) {
      while (start < bytes.length && start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++
      if (!isUtf8(Buffer.concat([this.#unfinished, bytes.subarray(0, start)]))) this.obstacle = 'not-utf-8'
    }
    let end = bytes.length
    for (let back = 1; back <= Math.min(3, bytes.length - start); back++) {
      const byte = bytes[bytes.length - back] ?? 0
      if (byte >= 0xc0) end = bytes.length - back
      if (byte < 0x80 || byte >= 0xc0) break
    }
    if (isUtf8(bytes.subarray(end))) end = bytes.length
    this.#unfinished = Buffer.from(bytes.subarray(end))
    if (!isUtf8(bytes.subarray(start, end))) this.obstacle = 'not-utf-8'
  }
}
