import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { FormatSettings } from '../../project/settings.ts'

export type Encoding = FormatSettings['encoding']

/**
 * A stretch of decoded text. A byte 0xNN that is not text stands in it as the lone surrogate U+DCNN, so that nothing is
 * lost; `suspect` tells that there may be such a byte, a lone surrogate of the file's own, or a NUL.
 */
export interface TextChunk {
  readonly text: string
  readonly suspect: boolean
}

/** Decodes chunk after chunk; `last` flushes what an earlier chunk left unfinished. */
export type Decoder = (bytes: Buffer, last: boolean) => TextChunk

const damage = /\0|\p{Surrogate}/u
const everyDamage = /\0|\p{Surrogate}/gu

/** What is wrong with `text`: bytes that are not text, or a NUL. */
export function findDamage(text: string): 'bytes' | 'nul' | undefined {
  const found = damage.exec(text)
  if (!found) return undefined
  return found[0] === '\0' ? 'nul' : 'bytes'
}

/** `text` with each undecodable byte as \xNN, each NUL as \x00 and each lone surrogate of the file's own as \uNNNN. */
export function escapeDamage(text: string): string {
  return text.replace(everyDamage, (found) => {
    const code = found.charCodeAt(0)
    if (code === 0) return '\\x00'
    return code >= 0xdc80 && code <= 0xdcff ? `\\x${(code - 0xdc00).toString(16)}` : `\\u${code.toString(16)}`
  })
}

const escapeByte = (byte: number): string => String.fromCharCode(0xdc00 + byte)

/** The length of the well-formed UTF-8 sequence at `at`, or 0. */
function utf8Length(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0
}

function decodeDamagedUtf8(bytes: Buffer): string {
  let text = ''
  let start = 0
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at)
    if (length === 0) {
      text += bytes.toString('utf8', start, at) + escapeByte(bytes[at] ?? 0)
      start = at + 1
    }
    at += length || 1
  }
  return text + bytes.toString('utf8', start)
}

/** Where `bytes` can be cut so that no UTF-8 sequence is cut in two. */
function utf8Cut(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function decodeUtf8(bytes: Buffer): TextChunk {
  if (isAscii(bytes)) return { text: bytes.toString('latin1'), suspect: bytes.includes(0) }
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), suspect: bytes.includes(0) }
  return { text: decodeDamagedUtf8(bytes), suspect: true }
}

type DoubleByte = 'gb18030' | 'big5' | 'shift_jis' | 'euc-kr'

/** The length of the character that begins at `at`, by its lead byte and, in GB18030, the byte behind it. */
function doubleByteLength(encoding: DoubleByte, bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80 || (encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf)) return 1
  const second = bytes[at + 1] ?? 0
  return encoding === 'gb18030' && second >= 0x30 && second <= 0x39 ? 4 : 2
}

type StrictDecoder = (bytes: Buffer) => string | undefined

function strictGb18030(): StrictDecoder {
  const decoder = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true })
  return (bytes) => {
    try {
      return decoder.decode(bytes)
    } catch {
      return undefined
    }
  }
}

/** The code pages that Windows writes under these names; Node's own `euc-kr` lacks most syllables of code page 949. */
const codePages = { big5: 'big5', shift_jis: 'cp932', 'euc-kr': 'cp949' } as const

function strictCodePage(encoding: keyof typeof codePages): StrictDecoder {
  return (bytes) => {
    const text = iconv.decode(bytes, codePages[encoding], { stripBOM: false })
    return text.includes('\ufffd') ? undefined : text
  }
}

/** A codec of characters of one or more bytes, none of which after the first is below 0x30: a newline always stands for itself. */
function doubleByteCodec(encoding: DoubleByte): Codec {
  const decodeStrictly = encoding === 'gb18030' ? strictGb18030() : strictCodePage(encoding)
  const decodeDamaged = (bytes: Buffer): string => {
    let text = ''
    for (let at = 0; at < bytes.length; ) {
      const end = at + doubleByteLength(encoding, bytes, at)
      const character = end <= bytes.length ? decodeStrictly(bytes.subarray(at, end)) : undefined
      text += character ?? escapeByte(bytes[at] ?? 0)
      at = character === undefined ? at + 1 : end
    }
    return text
  }
  const decode = (bytes: Buffer): TextChunk => {
    const whole = decodeStrictly(bytes)
    if (whole !== undefined) return { text: whole, suspect: bytes.includes(0) }
    let text = ''
    for (let start = 0; start < bytes.length; ) {
      const newline = bytes.indexOf(10, start)
      const end = newline < 0 ? bytes.length : newline + 1
      const line = bytes.subarray(start, end)
      text += decodeStrictly(line) ?? decodeDamaged(line)
      start = end
    }
    return { text, suspect: true }
  }
  return { decode, cut: doubleByteCut }
}

/** After the last byte that no longer character goes on from or ends with. */
function doubleByteCut(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= 0; at--) if ((bytes[at] ?? 0) < 0x30) return at + 1
  return bytes.length
}

function decodeUtf16(bytes: Buffer): TextChunk {
  const whole = bytes.toString('utf16le', 0, bytes.length & ~1)
  const text = bytes.length % 2 === 0 ? whole : whole + escapeByte(bytes[bytes.length - 1] ?? 0)
  return { text, suspect: text.includes('\0') || !text.isWellFormed() }
}

function decodeUtf16Be(bytes: Buffer): TextChunk {
  const swapped = Buffer.from(bytes)
  swapped.subarray(0, bytes.length & ~1).swap16()
  return decodeUtf16(swapped)
}

/** Code points of the bytes 0x80 to 0x9F in windows-1252, which is what files called Latin-1 hold. */
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

function decodeLatin1(bytes: Buffer): TextChunk {
  const text = bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (char) => windows1252[char.charCodeAt(0) - 0x80] ?? char)
  return { text, suspect: bytes.includes(0) }
}

interface Codec {
  readonly decode: (bytes: Buffer) => TextChunk
  /** Where bytes can be cut so that no character is cut in two. */
  readonly cut: (bytes: Buffer) => number
}

const codecs: Readonly<Record<Encoding, Codec>> = {
  'utf-8': { decode: decodeUtf8, cut: utf8Cut },
  'utf-16le': { decode: decodeUtf16, cut: (bytes) => bytes.length & ~1 },
  'utf-16be': { decode: decodeUtf16Be, cut: (bytes) => bytes.length & ~1 },
  gb18030: doubleByteCodec('gb18030'),
  big5: doubleByteCodec('big5'),
  shift_jis: doubleByteCodec('shift_jis'),
  'euc-kr': doubleByteCodec('euc-kr'),
  latin1: { decode: decodeLatin1, cut: (bytes) => bytes.length },
}

/** A decoder that keeps characters whole across chunks; `latin1` is windows-1252. */
export function createDecoder(encoding: Encoding): Decoder {
  const { decode, cut } = codecs[encoding]
  let carried = Buffer.alloc(0)
  return (bytes, last) => {
    const input = carried.length === 0 ? bytes : Buffer.concat([carried, bytes])
    const end = last ? input.length : cut(input)
    carried = Buffer.from(input.subarray(end))
    return decode(input.subarray(0, end))
  }
}
