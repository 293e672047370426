import { stemmer } from 'stemmer'
import { chineseWords, endOfRun, isHan } from './chinese-words.ts'
import { foldCharacters, TokenScanner } from './scan-tokens.ts'
import { stopWords } from './stop-words.ts'

/** A word that says something about a text, or a character that does so beside others. */
export interface Term {
  /** Equal for all forms of the word: simplified Chinese, or the stem of an English word. */
  readonly key: string
  /** As the text has it. */
  readonly form: string
  /** Where it begins in the text, and ends. */
  readonly from: number
  readonly to: number
}

/** Words whose keys are remembered at most; then all are forgotten. */
const mostRemembered = 100_000

let tokens: TokenScanner | undefined
/** By hash and length, which tell words apart well enough. */
const remembered = new Map<number, string | null>()

function readKey(word: string): string | null {
  const folded = foldCharacters(word)
    .replace(/['’]/g, '')
    .replace(/(\D)\1{2,}/g, '$1$1')
  const saysNothing =
    folded.length < 2 || /^\p{N}+$/u.test(folded) || stopWords.has(folded) || !/[\p{L}\p{N}]/u.test(folded)
  return saysNothing ? null : stemmer(folded)
}

/** The key of a word in letters; null where it says nothing. */
function keyOf(hash: number, text: string, from: number, to: number): string | null {
  const id = hash * 4096 + Math.min(to - from, 4095)
  const known = remembered.get(id)
  if (known !== undefined) return known
  const key = readKey(text.slice(from, to))
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(id, key)
  return key
}

/**
 * The words of `text` in order, Chinese ones found by jieba, English ones stemmed (Porter 1980), with the single characters that jieba leaves; without
 * stop words of both languages, numbers and markup. A character repeated more than twice counts as twice.
 */
export function partsOf(text: string): Term[] {
  tokens ??= new TokenScanner()
  const count = tokens.scan(text)
  const parts: Term[] = []
  const put = (key: string | null, from: number, to: number) => {
    if (key !== null) parts.push({ key, form: text.slice(from, to), from, to })
  }
  for (let i = 0; i < count; i++) {
    const start = tokens.from[i] as number
    if (!isHan(text.charCodeAt(start))) {
      const end = tokens.to[i] as number
      put(keyOf(tokens.hash[i] as number, text, start, end), start, end)
      continue
    }
    i = endOfRun(text, tokens, count, i)
    let at = start
    for (const word of chineseWords(text.slice(start, tokens.to[i]))) {
      put(stopWords.has(word) ? null : word, at, at + word.length)
      at += word.length
    }
  }
  return parts
}

/** As `partsOf`, without single characters. */
export function termsOf(text: string): Term[] {
  return partsOf(text).filter(({ key }) => key.length > 1)
}
