import type { Lexicon, Meaning } from './lexicon.ts'
import type { FoundPhrase, StemmedTokens } from './phrase-table.ts'
import type { Clause } from './split-clauses.ts'
import { type Said, weighOpinions } from './weigh-opinions.ts'

/** An aspect, by number, or somebody. */
export interface Subject {
  readonly aspect: number
  readonly target: string | undefined
}

interface Mention extends Subject {
  readonly from: number
  readonly to: number
  /** Part of a larger name of something: the film in "the acting in the film", 剧情 in 剧情的节奏. */
  readonly isDependent: boolean
  /** What others are compared with. */
  readonly isStandard: boolean
  readonly values: number[]
}

const heads = /^(of|in|between|behind|from|for)$/i
const fillers =
  /^(of|in|between|behind|from|for|by|the|a|an|this|that|these|its|his|her|their|my|our|whole|entire|和|的|这|部|本)$/i
const copulas =
  /^(is|are|was|were|be|been|feels|felt|looks|looked|seems|seemed|sounds|has|have|had|gets|got|becomes|s|with)$/i
const pointing = /^(是|在|于|来|就|当|属|乃)$/
/** Verbs whose object comes after them. */
const takesObject =
  /^(love|loved|loves|hate|hated|hates|liked?|likes|enjoy|enjoyed|adored?|dislike|disliked|appreciated?|praise|ruins?|ruined|spoils?|spoiled|saves?|saved|elevates?|elevated|redeems?|redeemed|wasted|wastes?|suffers?|suffered|lacks?|lacked|lacking|gripe|gripes|expected more|needed|loses|never seen worse|never seen better|weak spot|highlight|die for|would die for|nailed|nails|issue|problem|problems|complaint|shame|kudos|props|recommend|喜欢|爱|讨厌|吐槽|期待|欣赏|佩服|浪费|毁了|最爱|最喜欢|大爱|心疼|感谢|辛苦|值得夸|优势|惊喜|缺乏|缺少|可惜|糟蹋|亮点|败笔|缺点|优点|槽点|遗憾|胜在|问题|失望|减分|加分|白瞎|看点|短板)$/i
const objectReach = 8
const isHan = (text: string) => /\p{Script=Han}/u.test(text)
/** A mention that nothing of is said to be, within so many tokens before it, is missed. */
const missReach = 3
const missed = -0.6

const does = ({ meanings }: FoundPhrase<Meaning>, what: string) =>
  meanings.some((meaning) => meaning.is === 'modifier' && meaning.modifier.does === what)

function between(tokens: StemmedTokens, from: number, to: number): string[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => tokens.written(from + i))
}

/** Whether the mention that ends at `to` only says of what the one that begins at `from` is, or the other way around. */
function dependence(tokens: StemmedTokens, to: number, from: number): 'first' | 'second' | undefined {
  const gap = between(tokens, to, from)
  if (gap.length > 4) return undefined
  if (gap.length <= 2 && gap[0] === '的') return 'first'
  return gap[0] !== undefined && heads.test(gap[0]) && gap.every((word) => fillers.test(word)) ? 'second' : undefined
}

/** The mentions of a clause, a name and the aspect beside it made one. */
function readMentions({ tokens, whole }: Lexicon, { phrases }: Clause): Mention[] {
  const mentions: Mention[] = []
  let comparedFrom = -1
  for (const phrase of phrases) {
    const { from, to } = phrase
    if (does(phrase, 'compare')) comparedFrom = from
    for (const meaning of phrase.meanings) {
      if (meaning.is !== 'term') continue
      const { aspect, target } = meaning
      const last = mentions.at(-1)
      const gap = last ? between(tokens, last.to, from) : []
      const isBeside = last && gap.length <= 2 && gap.every((word) => /^(的|by|这|次|s|is|in|of|,|has|给)$/i.test(word))
      if (last && (isBeside || last.aspect === aspect) && (target === undefined) !== (last.target === undefined)) {
        // "Zhou Xun's acting" and "director Nolan" are one mention, of the aspect that is named.
        const named = target === undefined ? aspect : last.aspect
        if (named !== whole) {
          mentions[mentions.length - 1] = { ...last, to, aspect: named, target: target ?? last.target }
          continue
        }
      }
      const isStandard = comparedFrom >= 0 && from - comparedFrom <= 6 && mentions.length > 0
      const depends = last && dependence(tokens, last.to, from)
      if (last && depends === 'first' && last.target === undefined) {
        mentions[mentions.length - 1] = { ...last, isDependent: true }
      }
      const isDependent = depends === 'second' && target === undefined
      mentions.push({ aspect, target, from, to, isDependent, isStandard, values: [] })
    }
  }
  return mentions
}

/** The mention that an opinion is of: the noun after an adjective or verb, else the subject before it, else the next. */
function choose({ tokens, whole }: Lexicon, mentions: readonly Mention[], { phrase }: Said): Mention | undefined {
  const free = mentions.filter(({ isStandard }) => !isStandard)
  const before = free.filter(({ to, isDependent }) => to <= phrase.from && !isDependent)
  const after = free.filter(({ from, isDependent }) => from >= phrase.to && !isDependent)
  const [next, last] = [after[0], before.findLast(({ aspect }) => aspect !== whole) ?? before.at(-1)]
  const written = tokens.text.slice(tokens.scanner.from[phrase.from], tokens.scanner.to[phrase.to - 1])
  if (next) {
    const gap = between(tokens, phrase.to, next.from)
    if (takesObject.test(written) && gap.length <= objectReach) return next
    if (isHan(written)) {
      const first = gap[0]
      if (gap.length <= 4 && (first === '的' || (first !== undefined && pointing.test(first)))) return next
      if (gap.length === 0 && (!last || last.to < phrase.from)) return next
    } else if (
      /\p{L}/u.test(written) &&
      gap.length <= 2 &&
      !gap.some((word) => copulas.test(word) || /^[,:]$/.test(word))
    )
      return next
  }
  return last ?? next ?? free[0]
}

/** The mentions that stand in one row with `mention`: acting, script and directing. */
function rowOf({ tokens }: Lexicon, clause: Clause, mentions: readonly Mention[], mention: Mention): Mention[] {
  const isJoined = (a: Mention, b: Mention) => {
    const gap = between(tokens, a.to, b.from)
    const joins = clause.phrases.some((one) => does(one, 'join') && one.from >= a.to && one.to <= b.from)
    const hasMark = gap.some((word) => /^[,，、&/+]$/.test(word))
    const judged = clause.phrases.some(
      (one) =>
        one.from >= a.to && one.to <= b.from && one.meanings.some(({ is }) => is === 'opinion' || is === 'beside'),
    )
    return gap.length <= 4 && !judged && (joins || hasMark || gap.length === 0)
  }
  const at = mentions.indexOf(mention)
  let [first, last] = [at, at]
  while (first > 0 && isJoined(mentions[first - 1] as Mention, mentions[first] as Mention)) first -= 1
  while (last + 1 < mentions.length && isJoined(mentions[last] as Mention, mentions[last + 1] as Mention)) last += 1
  return mentions.slice(first, last + 1)
}

const clamp = (value: number) => Math.max(-1, Math.min(1, value))

/**
 * What a clause says of each aspect: its opinions go to the mentions that they stand nearest to by the order of words, and to the rows that these are in. An
 * opinion without a mention is of `carried`, the last of the sentence, or of the title as a whole.
 */
export function attributeOpinions(
  lexicon: Lexicon,
  clause: Clause,
  isWishing: boolean,
  carried: Subject | undefined,
): (Subject & { readonly opinion: number })[] {
  const { tokens, whole } = lexicon
  const mentions = readMentions(lexicon, clause)
  const judged: Mention[] = []
  const add = (aspect: number, target: string | undefined, value: number) => {
    const known = judged.find((one) => one.aspect === aspect && one.target === target)
    if (known) known.values.push(value)
    else judged.push({ aspect, target, from: 0, to: 0, isDependent: false, isStandard: false, values: [value] })
  }
  for (const said of weighOpinions(tokens, clause, isWishing)) {
    const { meanings } = said.phrase
    const chosen = choose(lexicon, mentions, said)
    const beside = meanings.flatMap((one) => (one.is === 'beside' ? [one] : []))
    const judgements = meanings.flatMap((one) => (one.is === 'judgement' ? [one] : []))
    for (const { aspect, weight } of judgements) {
      const named = mentions.find((one) => one.aspect === aspect)
      if (named) named.values.push(said.bend(weight))
      else add(aspect, undefined, said.bend(weight))
    }
    const fits = (one: Subject) => beside.find(({ aspect }) => aspect === one.aspect)
    const subject = chosen && fits(chosen) ? chosen : (mentions.find(fits) ?? chosen)
    const general = meanings.find((one) => one.is === 'opinion')
    if (subject) {
      const weight = fits(subject)?.weight ?? general?.weight ?? judgements[0]?.weight ?? 0
      const isOwn = judgements.some(({ aspect }) => aspect === subject.aspect)
      const isWhole = subject.aspect === whole && judgements.length > 0
      if (weight !== 0 && !isOwn && !isWhole) {
        for (const one of rowOf(lexicon, clause, mentions, subject)) one.values.push(said.bend(weight))
      }
      continue
    }
    const own = carried && fits(carried)
    const weight = own?.weight ?? general?.weight ?? 0
    if (weight === 0 || judgements.length > 0) continue
    if (carried && (own || !clause.isContrast)) add(carried.aspect, carried.target, said.bend(weight))
    else add(whole, undefined, said.bend(weight))
  }
  for (const mention of mentions) {
    if (mention.values.length > 0 || mention.aspect === whole || mention.isDependent) continue
    const isMissed = clause.phrases.some(
      (one) => does(one, 'miss') && one.to <= mention.from && mention.from - one.to <= missReach,
    )
    if (isMissed) mention.values.push(missed)
  }
  const found = new Map<string, Subject & { readonly values: number[] }>()
  for (const mention of [...mentions, ...judged]) {
    const { aspect, target, values, isDependent, isStandard } = mention
    if (values.length === 0 && (aspect === whole || isDependent || isStandard)) continue
    const key = `${aspect}\n${target ?? ''}`
    const known = found.get(key)
    if (known) known.values.push(...values)
    else found.set(key, { aspect, target, values: [...values] })
  }
  return [...found.values()].map(({ aspect, target, values }) => ({
    ...{ aspect, target },
    opinion: clamp(values.reduce((sum, value) => sum + value, 0)),
  }))
}
