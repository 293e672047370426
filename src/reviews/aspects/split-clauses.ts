import type { Meaning } from './lexicon.ts'
import type { FoundPhrase, StemmedTokens } from './phrase-table.ts'

/** Part of a sentence, with the phrases in it. */
export interface Clause {
  /** Its tokens, from `from` up to `to`. */
  readonly from: number
  readonly to: number
  readonly phrases: readonly FoundPhrase<Meaning>[]
  /** The sentence that it is of, from 0. */
  readonly sentence: number
  /** Whether it is set against the clause before: but, 但是. */
  readonly isContrast: boolean
  readonly isQuestion: boolean
}

const endMarks = /^[.!?;…。！？；]$/
const breakMarks = /^[,，、:：()（）\-—–~～|/]$/
const abbreviation = /^(mr|mrs|ms|dr|st|vs|[a-z])$/i
const han = /\p{Script=Han}/u

/** What separates two tokens: nothing, parts of a sentence, or sentences. */
type Break = 'none' | 'soft' | 'hard'

function breakBefore(tokens: StemmedTokens, token: number): Break {
  const { from, to } = tokens.scanner
  const gap = tokens.text.slice(to[token - 1], from[token])
  if (/\n|<br/i.test(gap)) return 'hard'
  const [before, here] = [tokens.written(token - 1), tokens.written(token)]
  if (endMarks.test(before) && !endMarks.test(here)) {
    const isPoint = before === '.' && (gap === '' || abbreviation.test(token > 1 ? tokens.written(token - 2) : ''))
    return isPoint ? 'none' : 'hard'
  }
  if (breakMarks.test(before)) return before === '-' && gap === '' ? 'none' : 'soft'
  return gap.length > 0 && han.test(before) && han.test(here) ? 'soft' : 'none'
}

const does = (phrase: FoundPhrase<Meaning>, what: string) =>
  phrase.meanings.some((meaning) => meaning.is === 'modifier' && meaning.modifier.does === what)

const mentions = (phrases: readonly FoundPhrase<Meaning>[]) =>
  phrases.some(({ meanings }) => meanings.some(({ is }) => is === 'term' || is === 'judgement'))
const judges = (phrases: readonly FoundPhrase<Meaning>[]) =>
  phrases.some(({ meanings }) =>
    meanings.some((one) => one.is === 'beside' || one.is === 'judgement' || (one.is === 'opinion' && one.weight !== 0)),
  )

interface Part extends Clause {
  /** Whether no mark, but a word, begins it. */
  readonly isJoined: boolean
}

function cut(tokens: StemmedTokens, phrases: readonly FoundPhrase<Meaning>[]): Part[] {
  const parts: Part[] = []
  let [from, sentence, next] = [0, 0, 0]
  let isContrast = false
  let isJoined = false
  const starts = new Map(phrases.map((phrase) => [phrase.from, phrase]))
  const end = (to: number) => {
    const own = []
    for (; next < phrases.length && (phrases[next] as FoundPhrase<Meaning>).from < to; next++) {
      own.push(phrases[next] as FoundPhrase<Meaning>)
    }
    const marks = Array.from({ length: to - from }, (_, i) => tokens.written(from + i))
    const isQuestion = marks.some((mark) => /[?？]/.test(mark)) || own.some((phrase) => does(phrase, 'ask'))
    if (to > from) parts.push({ from, to, phrases: own, sentence, isContrast, isQuestion, isJoined })
    ;[from, isContrast, isJoined] = [to, false, false]
  }
  let inPhrase = 0
  for (let token = 0; token < tokens.count; token++) {
    const before = token === 0 || token < inPhrase ? 'none' : breakBefore(tokens, token)
    if (before !== 'none') end(token)
    if (before === 'hard') sentence += 1
    const phrase = starts.get(token)
    if (!phrase) continue
    inPhrase = phrase.to
    if (does(phrase, 'contrast')) {
      // 演技却很在线: the word stands behind what it sets apart, which begins with the part.
      if (token > from && judges(phrases.slice(next, phrases.indexOf(phrase, next)))) end(token)
      isContrast = true
    } else if (does(phrase, 'join') && token > from && before === 'none') {
      end(token)
      isJoined = true
    }
  }
  end(tokens.count)
  return parts
}

/** Whether the clause that ends with `left` goes on with `right`: one of them lacks what the other has. */
function goesOn(left: Clause, right: Part): boolean {
  if (left.sentence !== right.sentence) return false
  const [hasLeft, saysLeft] = [mentions(left.phrases), judges(left.phrases)]
  const [hasRight, saysRight] = [mentions(right.phrases), judges(right.phrases)]
  if (right.isContrast) return hasLeft && !saysLeft && !hasRight
  if (!saysLeft || !saysRight) return true
  return hasLeft ? !hasRight : right.isJoined || !hasRight
}

/**
 * The clauses of the text that `tokens` hold: they end where sentences do, before words of contrast, and at commas and conjunctions where either side both
 * mentions and judges something. O(tokens).
 */
export function splitClauses(tokens: StemmedTokens, phrases: readonly FoundPhrase<Meaning>[]): Clause[] {
  const clauses: Clause[] = []
  for (const part of cut(tokens, phrases)) {
    const last = clauses.at(-1)
    if (last && goesOn(last, part)) {
      const { from, sentence, isContrast } = last
      const isQuestion = last.isQuestion || part.isQuestion
      const both = [...last.phrases, ...part.phrases]
      clauses[clauses.length - 1] = { from, to: part.to, phrases: both, sentence, isContrast, isQuestion }
    } else clauses.push(part)
  }
  return clauses
}
