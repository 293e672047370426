import { counted, grouped, type Text } from '../../text.ts'
import type { Alike } from './query.ts'
import type { AspectStanding } from './strengths.ts'
import type { ReviewedTitle } from './tally.ts'

interface Told {
  readonly own: ReviewedTitle
  readonly others: number
  readonly alike: Alike
  /** Whether it is a season or an episode, compared with others of its series. */
  readonly isPart: boolean
  /** Reviews of a title that are read at most. */
  readonly reviews: number
  readonly least: number
  readonly found: readonly AspectStanding[]
}

/** What the answer rests on, and what it leaves out. */
export function notesOf({ own, others, alike, isPart, reviews, least, found }: Told): Text[] {
  if (own.reviews === 0) return [{ en: 'There are no reviews with text.', zh: '没有带文字的评论。' }]
  const { genres, from, to } = alike
  const notes: Text[] = []
  if (isPart) {
    notes.push({
      en: `Compared with ${grouped(others)} other parts of the series.`,
      zh: `与该剧其余 ${grouped(others)} 个部分比较。`,
    })
  } else {
    const genre = genres.length === 0 ? 'any genre' : genres.join(', ')
    const period = from === undefined || to === undefined ? 'any year' : `${from} to ${to}`
    notes.push({
      en: `Compared with ${counted(others, 'title')} of ${genre}, ${period}, those with most reviews.`,
      zh: `与评论最多的 ${grouped(others)} 部可比影片比较：${genres.join('、') || '不限题材'}，${from === undefined || to === undefined ? '不限年份' : `${from}–${to} 年`}。`,
    })
  }
  if (own.copies > 0) {
    notes.push({
      en: `${counted(own.copies, 'review')} with the text of another left out.`,
      zh: `${grouped(own.copies)} 条评论与其他评论文字相同，已略去。`,
    })
  }
  if (own.reviews + own.copies >= reviews) {
    notes.push({
      en: `${counted(reviews, 'review')} of the title at most are read, drawn by chance; --reviews reads more.`,
      zh: `每部影片最多随机读取 ${grouped(reviews)} 条评论；可用 --reviews 调整。`,
    })
  }
  if (found.some(({ standing }) => standing === 'too-few')) {
    notes.push({
      en: `Nothing is said of aspects that fewer than ${least} reviews judge.`,
      zh: `评价不足 ${least} 条的方面不作结论。`,
    })
  }
  return notes
}
