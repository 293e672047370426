import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { foldCharacters, type TokenScanner } from './scan-tokens.ts'

let jieba: Jieba | undefined

export const isHan = (code: number) => (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff)

/** The words of a run of Chinese characters, simplified, found by jieba; together they are as long as the run. */
export function chineseWords(run: string): string[] {
  jieba ??= Jieba.withDict(dict)
  return jieba.cut(foldCharacters(run), true)
}

/** The last token of the run of Chinese characters that begins with token `first` of `text`, which `tokens` has just scanned into `count` tokens. */
export function endOfRun(text: string, tokens: TokenScanner, count: number, first: number): number {
  let last = first
  while (
    last + 1 < count &&
    tokens.from[last + 1] === tokens.to[last] &&
    isHan(text.charCodeAt(tokens.to[last] as number))
  )
    last += 1
  return last
}
