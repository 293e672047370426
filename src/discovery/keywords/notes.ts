import { counted, grouped, type Text } from '../../text.ts'
import type { OpinionFilter } from '../opinions.ts'
import type { TermCounts } from './count-terms.ts'
import type { Background } from './query.ts'
import type { Span } from './read-terms.ts'

interface Told {
  readonly filter: OpinionFilter
  readonly against: Background | undefined
  readonly texts: number
  readonly untimed: number
  readonly counts: TermCounts
  readonly before: Span | undefined
  readonly leastViewers: number
}

/** What the texts do not tell, and what was left out. */
export function notesOf({ filter, against, texts, untimed, counts, before, leastViewers }: Told): Text[] {
  const notes: Text[] = []
  if (texts === 0) notes.push({ en: 'There are no such reviews or comments.', zh: '没有符合条件的评论或弹幕。' })
  if (filter.sentiment && filter.texts.includes('comments')) {
    notes.push({
      en: 'Timed comments carry no stars: only reviews are looked at.',
      zh: '弹幕没有评分，仅统计评论。',
    })
  }
  if (texts > 0 && against === undefined) {
    notes.push({
      en: 'Nothing to compare with: words are ranked by how many viewers said them. Name a title, a genre or a sentiment.',
      zh: '没有可比较的对象，按提及观众数排列。请指定影片、题材或倾向。',
    })
  } else if (texts > 0 && !counts.canCompare) {
    notes.push({
      en: 'There is nothing in this language to compare with: words are ranked by how many viewers said them.',
      zh: '没有同语言的内容可比较，按提及观众数排列。',
    })
  }
  if (texts > 0 && before === undefined) {
    notes.push({
      en: 'No text says when it was written: what is rising is not known.',
      zh: '文本均无时间，无从判断上升词。',
    })
  } else if (texts > 0 && counts.viewers.before === 0) {
    notes.push({
      en: `Nobody wrote from ${before?.from} to ${before?.to}: what is rising is not known.`,
      zh: `${before?.from} 至 ${before?.to} 无人发言，无从判断上升词。`,
    })
  } else if (untimed > 0) {
    notes.push({
      en: `${counted(untimed, 'text')} without a day left out of what is rising.`,
      zh: `${grouped(untimed)} 条文本没有日期，未计入上升词。`,
    })
  }
  if (counts.dropped > 0) {
    notes.push({
      en: `${grouped(counts.dropped)} rare words and phrases were dropped to save memory; a count may lack up to ${counted(counts.mostMissing, 'viewer')}.`,
      zh: `为节省内存，舍去了 ${grouped(counts.dropped)} 个罕见词与短语；计数最多少 ${grouped(counts.mostMissing)} 名观众。`,
    })
  }
  if (texts > 0 && counts.viewers.own > 0 && counts.terms.length === 0) {
    notes.push({
      en: `No word was said by ${leastViewers} viewers.`,
      zh: `没有词被 ${leastViewers} 名以上观众提及。`,
    })
  }
  return notes
}
