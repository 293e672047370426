import { francAll } from 'franc-min'
import { eng } from 'stopword'
import { TokenScanner } from './scan-tokens.ts'

/** `en`, `zh`, the ISO 639-3 code of another language, or `und` where a text is too short to tell or has no words. */
export type Language = 'en' | 'zh' | (string & {})

/** Fewer words say nothing of which language of the Latin alphabet they are. */
export const leastWords = 6
/** English text has about 45 of 100 words among the stop words; a text of other languages shares a few by chance. */
export const leastStopShare = 0.15
/** A text is not called foreign while English fits it nearly as well, on franc's scale to 1. */
const mostEnglish = 0.85

/** Places of a table of the hashes of stop words, at most a quarter full; 0 is free. */
const stopPlaces = 2048
let stopHashes: Int32Array | undefined

/** Where `hash` is in `table`, or where it would be. */
function placeOf(hash: number, table: Int32Array): number {
  let at = hash & (stopPlaces - 1)
  while (table[at] !== hash && table[at] !== 0) at = (at + 1) & (stopPlaces - 1)
  return at
}

/** The hashes of English stop words, as `TokenScanner` has them, in the places of a table; 0 is none. */
export function englishStopWords(): Int32Array {
  if (stopHashes) return stopHashes
  const tokens = new TokenScanner()
  stopHashes = new Int32Array(stopPlaces)
  for (const word of eng) {
    const [hash] = tokens.scan(word) === 1 ? tokens.hash : []
    if (hash !== undefined) stopHashes[placeOf(hash, stopHashes)] = hash
  }
  return stopHashes
}

const isHan = (code: number) => code >= 0x3400 && code <= 0x9fff
const isKana = (code: number) => code >= 0x3040 && code <= 0x30ff
const isLatin = (code: number) => code < 0x250
const isWord = (code: number) => /[\p{L}]/u.test(String.fromCharCode(code))

/** The language of a text that neither Chinese characters nor English stop words tell: by its script and frequent letter sequences. */
export function foreignLanguage(text: string): Language {
  const found = francAll(text)
  const [[best] = ['und']] = found
  if (best === 'eng' || best === 'sco') return 'en'
  const english = found.find(([code]) => code === 'eng')?.[1] ?? 0
  return english > mostEnglish ? 'und' : best
}

/**
 * The language of `text`, which `tokens` has just scanned into `count` tokens: Chinese where characters outnumber half the words, English where its stop words
 * are frequent, others by their script and their frequent letter sequences (franc). O(tokens).
 */
export function languageOf(text: string, tokens: TokenScanner, count: number): Language {
  const stops = englishStopWords()
  const { hash: hashes, from } = tokens
  let [han, kana, words, latin, hits] = [0, 0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    const code = text.charCodeAt(from[i] as number)
    if (isHan(code)) han += 1
    else if (isKana(code)) kana += 1
    else if (isLatin(code) ? ((code | 32) >= 97 && (code | 32) <= 122) || code >= 0xc0 : isWord(code)) {
      words += 1
      if (isLatin(code)) latin += 1
      const hash = hashes[i] as number
      if (stops[placeOf(hash, stops)] === hash) hits += 1
    }
  }
  if (kana > 1 && 10 * kana > han) return 'jpn'
  if (han > 0 && 2 * han >= words) return 'zh'
  if (2 * latin < words) return foreignLanguage(text)
  if (hits >= Math.max(1, leastStopShare * words)) return 'en'
  return words < leastWords ? 'und' : foreignLanguage(text)
}
