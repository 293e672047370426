import { outcomeWords } from '../reviews/drivers/notes.ts'
import { grouped, type Text } from '../text.ts'
import type { AdviceSettings, FoundAdvice } from './find-advice.ts'
import { basisWords } from './words.ts'

/** What the advice rests on, and what it cannot tell. */
export function notesOf(
  { reviews, comparables, drivers, outcome, suggestions }: FoundAdvice,
  { leastReviews, leastMentions }: Pick<AdviceSettings, 'leastReviews' | 'leastMentions'>,
): Text[] {
  const notes: Text[] = []
  if (outcome === undefined) {
    notes.push({
      en: `No aspect is weighed: of ${grouped(drivers.reviews)} reviews of all titles ${grouped(drivers.observations.get('rating') ?? 0)} have a rating and ${grouped(drivers.observations.get('sentiment') ?? 0)} a sentiment; ${grouped(leastReviews)} are needed.`,
      zh: `未评估任何方面：全部影片的 ${grouped(drivers.reviews)} 条评论中，有评分的 ${grouped(drivers.observations.get('rating') ?? 0)} 条、有情感判断的 ${grouped(drivers.observations.get('sentiment') ?? 0)} 条，至少需要 ${grouped(leastReviews)} 条。`,
    })
  } else if (reviews < leastMentions) {
    notes.push({
      en: `The title has ${grouped(reviews)} reviews; aspects are judged from ${grouped(leastMentions)} reviews on.`,
      zh: `该片有 ${grouped(reviews)} 条评论；评及某方面的评论至少 ${grouped(leastMentions)} 条才作判断。`,
    })
  } else {
    const against = basisWords[comparables.basis]
    const held = drivers.heldConstant
    notes.push({
      en: `Aspects are weighed by the ${outcomeWords[outcome].en} of ${grouped(drivers.observations.get(outcome) ?? 0)} reviews and compared with ${against.en}. Held constant: ${held.map(({ en }) => en).join(', ')}.`,
      zh: `各方面按 ${grouped(drivers.observations.get(outcome) ?? 0)} 条评论的${outcomeWords[outcome].zh}加权，并与${against.zh}比较。已控制：${held.map(({ zh }) => zh).join('、')}。`,
    })
  }
  if (suggestions.length === 0) {
    notes.push({
      en: 'Nothing stands out for the worse.',
      zh: '没有明显逊色之处。',
    })
    return notes
  }
  notes.push({
    en: 'A gain is what goes with better opinions or fewer drop-offs in these data, not what a change is proven to cause. What it would cost to change is yours to weigh.',
    zh: '预期提升是数据中与更好评价、更少流失相伴的差异，并非已证实的改动效果；改动所需的投入请自行权衡。',
  })
  return notes
}
