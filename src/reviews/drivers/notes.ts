import { grouped, type Text } from '../../text.ts'
import type { Outcome, ReadDrivers } from './read-drivers.ts'

/** What an outcome is called. */
export const outcomeWords: Readonly<Record<Outcome, Text>> = {
  rating: { en: 'rating', zh: '评分' },
  sentiment: { en: 'sentiment of the review', zh: '评论情感' },
  completion: { en: 'share watched', zh: '观看完成度' },
}

/** What is to be kept in mind when drivers are read. */
export function notesOf(
  { reviews, observations, titles, heldConstant, models }: ReadDrivers,
  wanted: readonly Outcome[],
  leastReviews: number,
): Text[] {
  const few = wanted.filter((outcome) => !models.has(outcome))
  const notes = few.map(
    (outcome): Text => ({
      en: `Not told of the ${outcomeWords[outcome].en}: ${grouped(observations.get(outcome) ?? 0)} of ${grouped(reviews)} reviews have it, ${grouped(leastReviews)} are needed.`,
      zh: `无法判断${outcomeWords[outcome].zh}的驱动因素：${grouped(reviews)} 条评论中仅 ${grouped(observations.get(outcome) ?? 0)} 条有此项，至少需要 ${grouped(leastReviews)} 条。`,
    }),
  )
  if (models.size === 0) return notes
  if (titles > 0 && models.has('completion')) {
    notes.push({
      en: `The share watched is compared between ${grouped(titles)} titles, since too few reviewers are known as viewers: who reviews a title and who watches it may be different people.`,
      zh: `可识别为观众的评论者太少，观看完成度改为在 ${grouped(titles)} 部影片之间比较：写评论的人与看片的人未必相同。`,
    })
  }
  const unsure = [...models].flatMap(([outcome, { crossValidated }]) => (crossValidated <= 0 ? [outcome] : []))
  return [
    ...notes,
    ...unsure.map(
      (outcome): Text => ({
        en: `Reviews left out are not foretold better than by their mean: take nothing from the drivers of the ${outcomeWords[outcome].en}.`,
        zh: `对未参与拟合的评论，预测并不优于均值：${outcomeWords[outcome].zh}的驱动因素不足为据。`,
      }),
    ),
    {
      en: `Held constant: ${heldConstant.map(({ en }) => en).join(', ')}. Not held constant, for no data tell of them: who chooses to review, what was expected, marketing, and that who likes a title praises all of it.`,
      zh: `已控制：${heldConstant.map(({ zh }) => zh).join('、')}。数据中没有、因而未控制：谁会写评论、观众的期待、营销，以及喜欢一部片就处处叫好的光环效应。`,
    },
    {
      en: 'These go together in reviews; that one causes the other is not shown.',
      zh: '以上是评论中的相关关系，并不说明因果。',
    },
  ]
}
