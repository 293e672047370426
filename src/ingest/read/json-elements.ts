import { keptLength, maximumRecordLength } from './raw-record.ts'

/** One element of the array, as it is written; `length` exceeds that of `text` where only the beginning was kept. */
export interface JsonElement {
  readonly line: number
  readonly text: string
  readonly length: number
  /** Whether the file ended first. */
  readonly unfinished: boolean
}

/** An array that lies in objects only, seen from the top level. */
export interface JsonArray {
  readonly path: string
  holdsObjects: boolean
}

interface Frame {
  readonly isArray: boolean
  readonly array: JsonArray | undefined
  /** In an object: the key whose value comes or is being read. */
  key: string
  awaitsKey: boolean
}

const quote = 34
const backslash = 92
const comma = 44
const openBracket = 91
const closeBracket = 93
const openBrace = 123
const closeBrace = 125
const newline = 10

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

/**
 * Cuts the elements out of one array of a JSON text as it arrives, in bounded memory. A newline ends a text that was
 * left open, since JSON has none inside texts, so that one bad element does not swallow those after it.
 */
export class JsonElements {
  /** All arrays that were passed on the way, for a message. */
  readonly arrays: JsonArray[] = []
  /** Where the array was found: before, inside or behind it. */
  state: 'before' | 'inside' | 'behind' = 'before'
  readonly #path: string | undefined
  readonly #frames: Frame[] = []
  #rest = ''
  #at = 0
  #start = -1
  #passedOver = 0
  #head = ''
  #depth = 0
  #inText = false
  #line = 1
  #startLine = 1

  /** `path` as in `data.episodes`, empty for the top level; undefined finds no array but lists them all. */
  constructor(path: string | undefined) {
    this.#path = path
  }

  push(chunk: string): JsonElement[] {
    const elements: JsonElement[] = []
    const text = this.#rest + chunk
    let at = this.#at
    while (at < text.length && this.state !== 'behind') {
      const code = text.charCodeAt(at)
      if (code === newline) this.#line++
      if (this.#inText) at = this.#passText(text, at, code)
      else if (this.state === 'inside') at = this.#step(text, at, code, elements)
      else at = this.#seek(at, code)
    }
    this.#keep(text, at)
    return elements
  }

  /** The element that the end of the file cut off; empty when it lacks only the closing bracket. */
  end(): JsonElement | undefined {
    if (this.state !== 'inside') return undefined
    if (this.#start < 0) return { line: this.#line, text: '', length: 0, unfinished: true }
    return this.#element(this.#rest, this.#start, this.#rest.length, true)
  }

  #passText(text: string, at: number, code: number): number {
    if (code === backslash) return at + 2
    if (code === quote || code === newline) {
      this.#inText = false
      if (this.state === 'before') this.#closeKey(text, at)
      return at + 1
    }
    return at + 1
  }

  #closeKey(text: string, at: number): void {
    const frame = this.#frames[this.#frames.length - 1]
    if (frame?.awaitsKey && this.#start >= 0) {
      frame.key = readKey(text.slice(this.#start, at))
      frame.awaitsKey = false
    }
    this.#start = -1
  }

  #seek(at: number, code: number): number {
    const frame = this.#frames[this.#frames.length - 1]
    if (code === quote) {
      this.#inText = true
      this.#start = frame?.awaitsKey ? at + 1 : -1
    } else if (code === openBrace) {
      if (frame?.array) frame.array.holdsObjects = true
      this.#frames.push({ isArray: false, array: undefined, key: '', awaitsKey: true })
    } else if (code === openBracket) {
      const inObjects = this.#frames.every((outer) => !outer.isArray)
      const path = this.#frames.map((outer) => outer.key).join('.')
      if (inObjects && path === this.#path) {
        this.state = 'inside'
        return at + 1
      }
      const array = inObjects ? { path, holdsObjects: false } : undefined
      if (array) this.arrays.push(array)
      this.#frames.push({ isArray: true, array, key: '', awaitsKey: false })
    } else if (code === closeBrace || code === closeBracket) this.#frames.pop()
    else if (code === comma && frame) frame.awaitsKey = !frame.isArray
    return at + 1
  }

  #step(text: string, at: number, code: number, elements: JsonElement[]): number {
    if (this.#start < 0) {
      if (isSpace(code) || code === comma) return at + 1
      if (code === closeBracket) {
        this.state = 'behind'
        return at + 1
      }
      this.#start = at
      this.#startLine = this.#line
    }
    if (code === quote) this.#inText = true
    else if (code === openBrace || code === openBracket) this.#depth++
    else if (this.#depth === 0) {
      if (code !== comma && code !== closeBracket) return at + 1
      elements.push(this.#element(text, this.#start, at, false))
      this.#start = -1
      return at
    } else if (code === closeBrace || code === closeBracket) this.#depth--
    return at + 1
  }

  #element(text: string, start: number, end: number, unfinished: boolean): JsonElement {
    const length = this.#passedOver + end - start
    const whole = this.#head === '' && length <= maximumRecordLength
    const kept = whole ? text.slice(start, end).trimEnd() : this.#head || text.slice(start, start + keptLength)
    this.#head = ''
    this.#passedOver = 0
    return { line: this.#startLine, text: kept, length: whole ? kept.length : length, unfinished }
  }

  /** Keeps what the next chunk needs: the element or key in hand. */
  #keep(text: string, at: number): void {
    if (this.#start < 0) {
      this.#rest = ''
      this.#at = at - text.length
      return
    }
    if (this.#passedOver > 0 || text.length - this.#start > maximumRecordLength) {
      if (this.#head === '') this.#head = text.slice(this.#start, this.#start + keptLength)
      this.#passedOver += text.length - this.#start
      this.#start = 0
      this.#rest = ''
      this.#at = at - text.length
      return
    }
    this.#rest = text.slice(this.#start)
    this.#at = at - this.#start
    this.#start = 0
  }
}

function readKey(key: string): string {
  try {
    return String(JSON.parse(`"${key}"`))
  } catch {
    return key
  }
}
