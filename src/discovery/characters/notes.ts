import { counted, grouped, type Text } from '../../text.ts'
import type { OpinionCounts } from '../opinions.ts'
import type { Span } from '../spans.ts'
import type { Figure } from './cast.ts'
import type { MentionCounts } from './count-mentions.ts'
import type { Favour } from './read-favour.ts'

interface Told {
  readonly figures: readonly Figure[]
  readonly favour: readonly Favour[]
  readonly opinions: OpinionCounts
  readonly counts: MentionCounts
  readonly usual: ReadonlySet<string>
  readonly learned: number
  readonly before: Span | undefined
}

const mostNamed = 8

/** What the data do not tell, and what was left out. */
export function notesOf({ figures, favour, opinions, counts, usual, learned, before }: Told): Text[] {
  const notes: Text[] = []
  if (figures.length === 0) {
    notes.push({
      en: 'Neither credits nor scenes say who is in it. Add a cast list: marquee add FILE --kind credit',
      zh: '没有演职员表或场景说明人物。请添加：marquee add 文件 --kind credit',
    })
    return notes
  }
  if (opinions.texts === 0)
    notes.push({ en: 'There are no such reviews or comments.', zh: '没有符合条件的评论或弹幕。' })
  if (opinions.texts > 0 && counts.voices.own === 0) {
    notes.push({ en: 'Nobody in the credits is named.', zh: '没有提及任何人物。' })
  }
  if (counts.voices.own > 0 && favour.every(({ judged }) => judged === 0)) {
    notes.push({
      en: 'No review judges anybody by a name of the credits: how favourably somebody is spoken of is not known.',
      zh: '没有评论以演职员表中的姓名评价任何人物，无从得知评价倾向。',
    })
  }
  if (counts.voices.own > 0 && counts.voices.before === 0) {
    notes.push(
      before
        ? {
            en: `Nobody was named from ${before.from} to ${before.to}: what changed is not known.`,
            zh: `${before.from} 至 ${before.to} 无人被提及，无从得知变化。`,
          }
        : { en: 'No text says when it was written: what changed is not known.', zh: '文本均无时间，无从得知变化。' },
    )
  }
  if (learned > 0) {
    notes.push({
      en: `${counted(learned, 'nickname')} learned from the texts. Take one out with --reject, add one with --alias "NICKNAME=NAME".`,
      zh: `从文本中学得 ${grouped(learned)} 个昵称。可用 --reject 排除，用 --alias "昵称=姓名" 添加。`,
    })
  }
  if (usual.size > 0) {
    const words = [...usual].sort().slice(0, mostNamed).join(', ')
    notes.push({
      en: `Usual words too, counted only with a capital within a sentence: ${words}.`,
      zh: `同时为常用词，仅在句中大写时计入：${words}。`,
    })
  }
  return notes
}
