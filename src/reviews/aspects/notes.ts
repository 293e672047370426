import { counted, grouped, type Text } from '../../text.ts'
import type { ComparedTitles } from './compare-titles.ts'
import type { AspectStanding } from './strengths.ts'

interface Told {
  /** Whether it is a season or an episode, compared with others of its series. */
  readonly isPart: boolean
  /** Reviews that people and quotes are looked for in at most. */
  readonly mostRead: number
  readonly least: number
  readonly found: readonly AspectStanding[]
}

/** What the answer rests on, and what it leaves out. */
export function notesOf(compared: ComparedTitles, { isPart, mostRead, least, found }: Told): Text[] {
  const { alike, reviews, copies } = compared
  const others = compared.others.length
  if (reviews === 0) return [{ en: 'There are no reviews with text.', zh: '没有带文字的评论。' }]
  if (found.length === 0) {
    return [
      {
        en: 'No review speaks of an aspect, or the last build has not read them: run `marquee build`.',
        zh: '没有评论谈及任何方面，或最近一次构建尚未读取评论：请运行 `marquee build`。',
      },
    ]
  }
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
  if (copies > 0) {
    notes.push({
      en: `${counted(copies, 'review')} with the text of another left out.`,
      zh: `${grouped(copies)} 条评论与其他评论文字相同，已略去。`,
    })
  }
  if (reviews > mostRead) {
    notes.push({
      en: `People and quotes are of ${counted(mostRead, 'review')}, drawn by chance.`,
      zh: `人物与摘录取自随机抽取的 ${grouped(mostRead)} 条评论。`,
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
