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

/** Fewer characters than this say nothing of the language they are in. */
const fewCharacters = 8

/** The share of bytes beyond ASCII that stand in pairs of which `isCommon` holds. */
function pairedShare(lines: readonly Buffer[], isCommon: (lead: number, second: number) => boolean): number {
  let paired = 0
  let foreign = 0
  for (const line of lines) {
    for (let at = 0; at < line.length; at++) {
      const lead = line[at] ?? 0
      if (lead < 128) continue
      foreign++
      const second = line[at + 1] ?? 0
      if (second < 0x40) continue
      if (isCommon(lead, second)) paired += second < 128 ? 1 : 2
      if (second >= 128) foreign++
      at++
    }
  }
  return paired / Math.max(1, foreign)
}

const isEnough = (lines: readonly Buffer[]): boolean =>
  lines.reduce((bytes, line) => bytes + line.filter((byte) => byte > 127).length, 0) >= 1.5 * fewCharacters

const isWithin = (byte: number, low: number, high: number): boolean => byte >= low && byte <= high

const isKana = (lead: number, second: number): boolean =>
  (lead === 0x82 && isWithin(second, 0x9f, 0xf1)) || (lead === 0x83 && isWithin(second, 0x40, 0x96))

/**
 * Encodings of two bytes a character and what marks text in them. Chinese in GB18030 is tried behind the two that its
 * pairs could be taken for: Hangul ends at C8 and daily Big5 at C6, where GB 2312 has a third of its words still to come.
 */
const doubleByte: readonly { readonly encoding: Encoding; readonly isLikely: (lines: readonly Buffer[]) => boolean }[] =
  [
    {
      encoding: 'euc-kr',
      isLikely: (lines) =>
        isEnough(lines) &&
        pairedShare(lines, (lead, second) => isWithin(lead, 0xa1, 0xc8) && second >= 0xa1) >= 0.95 &&
        pairedShare(lines, (lead, second) => isWithin(lead, 0xb0, 0xc8) && second >= 0xa1) >= 0.6,
    },
    {
      encoding: 'big5',
      isLikely: (lines) =>
        isEnough(lines) &&
        pairedShare(lines, (lead, second) => isWithin(lead, 0xa1, 0xc6) && !isWithin(second, 0x7f, 0xa0)) >= 0.7 &&
        pairedShare(lines, (lead, second) => isWithin(lead, 0xa4, 0xc6) && isWithin(second, 0x40, 0x7e)) >= 0.1,
    },
    {
      encoding: 'gb18030',
      isLikely: (lines) => pairedShare(lines, (lead, second) => isWithin(lead, 0xa1, 0xf7) && second >= 0xa1) >= 0.8,
    },
    {
      encoding: 'shift_jis',
      isLikely: (lines) => pairedShare(lines, isKana) >= 0.15,
    },
  ]

const mixed: Text = {
  en: 'Some lines are not UTF-8; they will be quarantined.',
  zh: '部分行不是 UTF-8，将被隔离。',
}
const lastResort: Text = {
  en: 'The text is neither Unicode nor in an encoding of East Asia and is read as Latin-1 (windows-1252); check accented letters.',
  zh: '文本不是 Unicode，也不是东亚编码，按 Latin-1（windows-1252）读取；请检查带重音的字母。',
}

const readAs = (encoding: Encoding): Text => ({
  en: `The text is read as ${encoding}; if names look garbled, correct format.encoding in marquee.yaml.`,
  zh: `文本按 ${encoding} 编码读取；如出现乱码，请在 marquee.yaml 中更正 format.encoding。`,
})

/** The encoding that a sample without byte order mark is most plausibly in, or undefined where it is not text. */
export function detectEncoding(sample: Buffer): DetectedEncoding | undefined {
  const utf16 = detectUtf16(sample)
  if (utf16) return { encoding: utf16, note: undefined }
  if (isBinary(sample)) return undefined
  const lines = foreignLines(sample)
  const utf8 = validShare(lines, 'utf-8')
  if (lines.length === 0 || utf8 === 1) return { encoding: 'utf-8', note: undefined }
  if (utf8 >= 0.5) return { encoding: 'utf-8', note: mixed }
  const found = doubleByte.find(({ encoding, isLikely }) => isLikely(lines) && validShare(lines, encoding) >= 0.5)
  if (found)
    return { encoding: found.encoding, note: found.encoding === 'gb18030' ? undefined : readAs(found.encoding) }
  return { encoding: 'latin1', note: lastResort }
}
