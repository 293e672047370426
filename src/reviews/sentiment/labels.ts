import { InputError } from '../../errors.ts'
import type { Text } from '../../text.ts'

/** What a label says of a review: 1 favourable, 0 unfavourable; `between` is neither, `missing` nothing. */
export type Label = 0 | 1 | 'between' | 'missing'

/** How the values of a label column are read. */
export interface LabelRule {
  readonly text: Text
  /** @returns undefined for a value that the rule does not know. */
  read(value: string): Label | undefined
}

const words: Readonly<Record<string, Label>> = Object.fromEntries(
  (
    [
      [1, '1 +1 true yes pos positive favourable favorable good 好评 正面 积极 正向 推荐'],
      [0, '0 -1 false no neg negative unfavourable unfavorable bad 差评 负面 消极 负向 不推荐'],
      ['between', 'neutral mixed neu 中评 中性 一般'],
    ] as const
  ).flatMap(([label, list]) => list.split(' ').map((word) => [word, label])),
)

const scales = [5, 10, 100]
/** Shares of the best mark from which a review is favourable, and up to which it is unfavourable. */
const [favourableFrom, unfavourableTo] = [0.7, 0.4]

const normal = (value: string) => value.normalize('NFKC').trim().toLowerCase()
const isMissing = (value: string) => ['', 'null', 'nan', 'na', 'n/a', 'none'].includes(value)

const wordRule: LabelRule = {
  text: { en: 'The labels say favourable or unfavourable.', zh: '标签直接说明正面或负面。' },
  read: (value) => (isMissing(normal(value)) ? 'missing' : words[normal(value)]),
}

function starRule(best: number): LabelRule {
  return {
    text: {
      en: `The labels are marks up to ${best}: from ${favourableFrom * best} on favourable, up to ${unfavourableTo * best} unfavourable, between left out.`,
      zh: `标签为满分 ${best} 的评分：${favourableFrom * best} 及以上为正面，${unfavourableTo * best} 及以下为负面，其间略去。`,
    },
    read(value) {
      const text = normal(value)
      if (isMissing(text)) return 'missing'
      const mark = Number(text)
      if (!(mark >= 0 && mark <= best)) return undefined
      if (mark >= favourableFrom * best) return 1
      return mark <= unfavourableTo * best ? 0 : 'between'
    },
  }
}

/** Share of the labels that a rule must know to be the one that is meant. */
const leastKnown = 0.99

/**
 * The rule by which labels are read, `counts` of each as written: words (and 0, 1, -1), else marks up to 5, 10 or 100, the first that knows nearly all
 * of them. `best` says the best mark instead.
 * @throws InputError `labels-unknown`
 */
export function labelRule(counts: ReadonlyMap<string, number>, best?: number): LabelRule {
  if (best !== undefined) return starRule(best)
  const told = [...counts].filter(([value]) => wordRule.read(value) !== 'missing')
  const total = told.reduce((sum, [, count]) => sum + count, 0)
  const rules = [wordRule, ...scales.map(starRule)]
  const known = (rule: LabelRule) =>
    told.reduce((sum, [value, count]) => (rule.read(value) === undefined ? sum : sum + count), 0)
  const rule = rules.find((one) => known(one) >= leastKnown * total)
  if (rule) return rule
  const [strange] = told.filter(([value]) => wordRule.read(value) === undefined).sort(([, a], [, b]) => b - a)[0] ?? [
    '',
  ]
  throw new InputError(
    { en: `The label “${strange}” is neither a word nor a mark that is known.`, zh: `无法识别标签“${strange}”。` },
    {
      ...{ code: 'labels-unknown', value: strange },
      advice: {
        en: 'Name a column of 0 and 1, of positive and negative, or of marks; --best tells the best mark.',
        zh: '请指定取值为 0/1、positive/negative 或评分的列；可用 --best 说明满分。',
      },
    },
  )
}
