import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { stemmer } from 'stemmer'
import { eng, zho } from 'stopword'
import { foldTokens, hasHan } from './fold.ts'

/** A word that says something about a text. */
export interface Term {
  /** Equal for all forms of the word: simplified Chinese, or the stem of an English word. */
  readonly key: string
  /** As the text has it, in lower case and simplified Chinese. */
  readonly form: string
}

const stopWords = new Set([...eng, ...zho])
let jieba: Jieba | undefined

function wordsOf(run: string): string[] {
  if (!hasHan(run)) return [run]
  jieba ??= Jieba.withDict(dict)
  return jieba.cut(run, true)
}

const saysNothing = (word: string) => word.length < 2 || /^\p{N}+$/u.test(word) || stopWords.has(word)

/**
 * The words of `text` in order, Chinese ones found by jieba, English ones stemmed (Porter 1980), without stop words of both languages,
 * numbers and single characters.
 */
export function termsOf(text: string): Term[] {
  return foldTokens(text)
    .flatMap(wordsOf)
    .filter((word) => !saysNothing(word))
    .map((form) => ({ key: hasHan(form) ? form : stemmer(form), form }))
}
