import type { Meaning } from './lexicon.ts'
import type { FoundPhrase, StemmedTokens } from './phrase-table.ts'
import type { Clause } from './split-clauses.ts'

/** A phrase that says something good or bad, as its surroundings have it. */
export interface Said {
  readonly phrase: FoundPhrase<Meaning>
  /** What becomes of a weight here: turned, more, less, or nothing. */
  bend(weight: number): number
}

/** A negation reaches so many tokens: words of English, characters of Chinese. */
const negationReach = 5
const scaleReach = 2
/** What is not good is less bad than what is bad is; what is not bad is hardly good. */
const [turnedGood, turnedBad] = [-0.75, -0.5]
const wished = -0.5

const isOpinion = ({ meanings }: FoundPhrase<Meaning>) => meanings.some(({ is }) => is !== 'modifier' && is !== 'term')
const modifiersOf = ({ meanings }: FoundPhrase<Meaning>) =>
  meanings.flatMap((meaning) => (meaning.is === 'modifier' ? [meaning.modifier] : []))

/** Whether a negation counts beside the one after it: not without, 不是不. */
const isNext = (before: FoundPhrase<Meaning>, after: FoundPhrase<Meaning> | undefined) =>
  after === undefined || after.from === before.to

/** The phrases of `clause` that judge, each with what negation, degree, wishes, conditions and questions make of it. */
export function weighOpinions(tokens: StemmedTokens, clause: Clause, isWishing: boolean): Said[] {
  const { phrases, isQuestion } = clause
  const said: Said[] = []
  phrases.forEach((phrase, place) => {
    if (!isOpinion(phrase)) return
    let [isNegated, scale, isWished, isSupposed] = [false, 1, false, false]
    let negation: FoundPhrase<Meaning> | undefined
    let edge = phrase.from
    let isReached = true
    for (let i = place - 1; i >= 0; i--) {
      const before = phrases[i] as FoundPhrase<Meaning>
      const all = modifiersOf(before)
      const distance = phrase.from - before.to
      for (const modifier of all) {
        if (modifier.does === 'wish') isWished = true
        if (modifier.does === 'suppose') isSupposed = true
        if (modifier.does === 'scale' && edge - before.to < scaleReach) {
          scale *= modifier.by
          edge = before.from
        }
        if (modifier.does === 'negate' && isReached && distance <= negationReach && isNext(before, negation)) {
          isNegated = !isNegated
          negation = before
        }
      }
      if (all.some(({ does }) => does === 'negate' || does === 'miss')) edge = before.from
      // A comma or contrast ends what a negation says, another opinion too unless it is joined: neither funny nor moving.
      if (all.some(({ does }) => does === 'contrast')) isReached = false
      const isJoined = phrases.slice(i + 1, place).some((one) => modifiersOf(one).some(({ does }) => does === 'join'))
      if (isOpinion(before) && before.meanings.some((one) => one.is !== 'opinion' || one.weight !== 0) && !isJoined)
        isReached = false
      for (let token = before.to; isReached && token < phrase.from; token++) {
        if (/^[,，。:：]$/.test(tokens.written(token))) isReached = false
      }
    }
    const bend = (weight: number) => {
      let value = weight * scale
      if (isNegated) value *= value > 0 ? turnedGood : turnedBad
      if (isSupposed) value = isWishing ? wished * Math.abs(value) : 0
      else if (isWished && value > 0) value *= wished
      return isQuestion ? Math.min(0, value) : value
    }
    said.push({ phrase, bend })
  })
  return said
}
