import { isUtf8 } from 'node:buffer'
import type { Text } from '../../text.ts'
import { createDecoder, type Encoding, findDamage } from './decode-text.ts'

export interface DetectedEncoding {
  readonly encoding: Encoding
  /** What a person should know, where the choice was not certain. */
  readonly note: Text | undefined
}

const newline = 10

function decode(bytes: Buffer, encoding: Encoding): string {
  return createDecoder(encoding)(bytes, false).text
}

/** The share of `text` that is digits, spaces and the signs that separate fields and records. */
function structuralShare(text: string): number {
  return (text.match(/[\n\r\t,;| \d"]/g)?.length ?? 0) / Math.max(1, text.length)
}

const leastStructure = 0.02

/** UTF-16 is full of NULs, or else no valid UTF-8. */
function detectUtf16(bytes: Buffer): Encoding | undefined {
  const nuls = bytes.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  if (nuls === 0 || (nuls < bytes.length / 10 && isUtf8(bytes))) return undefined
  const [best] = (['utf-16le', 'utf-16be'] as const)
    .map((encoding) => ({ encoding, text: decode(bytes, encoding) }))
    .filter(({ text }) => !findDamage(text))
    .map(({ encoding, text }) => ({ encoding, share: structuralShare(text) }))
    .sort((a, b) => b.share - a.share)
  return best && best.share >= leastStructure ? best.encoding : undefined
}

function isBinary(bytes: Buffer): boolean {
  let controls = 0
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== newline && byte !== 13) controls++
  return controls > bytes.length / 50
}

/** The lines that hold bytes beyond ASCII. */
function foreignLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(newline, start)
    const line = bytes.subarray(start, end < 0 ? bytes.length : end)
    if (line.some((byte) => byte > 127)) lines.push(line)
    start += line.length + 1
  }
  return lines
}

/** The share of `lines` that decode without damage. */
function validShare(lines: readonly Buffer[], encoding: Encoding): number {
  return lines.filter((line) => findDamage(decode(line, encoding)) !== 'bytes').length / Math.max(1, lines.length)
}

/** The share of bytes beyond ASCII that come in pairs of the characters in daily use (GB 2312). */
function pairedShare(lines: readonly Buffer[]): number {
  let paired = 0
  let foreign = 0
  for (const line of lines) {
    for (let at = 0; at < line.length; at++) {
      const byte = line[at] ?? 0
      if (byte < 128) continue
      foreign++
      if (byte >= 0xa1 && byte <= 0xf7 && (line[at + 1] ?? 0) >= 0xa1) {
        paired += 2
        foreign++
        at++
      }
    }
  }
  return paired / Math.max(1, foreign)
}

const mixed: Text = {
  en: 'Some lines are not UTF-8; they will be quarantined.',
  zh: '部分行不是 UTF-8，将被隔离。',
}
const lastResort: Text = {
  en: 'The text is neither UTF-8, UTF-16 nor GB18030 and is read as Latin-1 (windows-1252); check accented letters.',
  zh: '文本不是 UTF-8、UTF-16 或 GB18030，按 Latin-1（windows-1252）读取；请检查带重音的字母。',
}

/** The encoding that a sample without byte order mark is most plausibly in, or undefined where it is not text. */
export function detectEncoding(sample: Buffer): DetectedEncoding | undefined {
  const utf16 = detectUtf16(sample)
  if (utf16) return { encoding: utf16, note: undefined }
  if (isBinary(sample)) return undefined
  const lines = foreignLines(sample)
  const utf8 = validShare(lines, 'utf-8')
  if (lines.length === 0 || utf8 === 1) return { encoding: 'utf-8', note: undefined }
  if (utf8 >= 0.5) return { encoding: 'utf-8', note: mixed }
  if (validShare(lines, 'gb18030') >= 0.5 && pairedShare(lines) >= 0.8) return { encoding: 'gb18030', note: undefined }
  return { encoding: 'latin1', note: lastResort }
}
