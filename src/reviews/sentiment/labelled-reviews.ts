import { ModelError } from '../../errors.ts'
import type { Language } from '../../language/language-of.ts'

/** Into how many parts reviews are divided, of which one is held out to choose by. */
export const folds = 10
/** Fewer held-out reviews of either kind choose nothing. */
const leastHeldOut = 20
/** A language of a smaller share of the reviews is not learned, but met by chance or mistaken. */
const leastShare = 0.01

/** Labelled reviews that are gathered to learn from. */
export interface LabelledReviews {
  /** Reviews by language. */
  readonly learned: Readonly<Record<string, number>>
  /** Reviews that are unfavourable, and favourable. */
  readonly outcomes: readonly [number, number]
  /** Adds a review, 1 where it is favourable. @returns its language; undefined for a text without words, which is left out. */
  add(text: string, outcome: 0 | 1): Language | undefined
}

/** Whether enough of both kinds are held out to choose by. */
export function canChoose(heldOut: Uint8Array): boolean {
  const favourable = heldOut.reduce((sum, one) => sum + one, 0)
  return Math.min(favourable, heldOut.length - favourable) >= leastHeldOut
}

/** Languages of a share of the reviews that is worth learning from. */
export function wellLearned(learned: Readonly<Record<string, number>>): Record<string, number> {
  const total = Object.values(learned).reduce((sum, reviews) => sum + reviews, 0)
  return Object.fromEntries(Object.entries(learned).filter(([, reviews]) => reviews >= leastShare * total))
}

/** @throws ModelError `one-outcome` where all reviews are of one kind. */
export function requireBoth({ outcomes }: LabelledReviews): void {
  if (outcomes[0] > 0 && outcomes[1] > 0) return
  const only = outcomes[1] > 0
  throw new ModelError(
    {
      en: `All ${outcomes[only ? 1 : 0]} reviews are ${only ? 'favourable' : 'unfavourable'}.`,
      zh: `全部 ${outcomes[only ? 1 : 0]} 条评论均为${only ? '正面' : '负面'}。`,
    },
    {
      ...{ code: 'one-outcome', value: outcomes },
      advice: {
        en: 'Add reviews of the other kind, or name another label column.',
        zh: '请补充另一类评论，或指定其他标签列。',
      },
    },
  )
}
