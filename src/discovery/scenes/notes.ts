import { counted, grouped, type Text } from '../../text.ts'
import { knowsAudience, leastAudience, type Reaction } from './bins.ts'
import type { TitleWithBins } from './read-titles.ts'

interface Told {
  readonly titles: readonly TitleWithBins[]
  readonly kinds: readonly Reaction[]
  /** Plays, and those of them that say where in the title they are. */
  readonly plays: number
  readonly positioned: number
  readonly found: number
  readonly listed: number
}

/** What the data do not tell, and what is not shown. */
export function notesOf({ titles, kinds, plays, positioned, found, listed }: Told): Text[] {
  const notes: Text[] = []
  const commented = titles.filter(({ bins }) => bins.comments.some((count) => count > 0))
  const looksAtComments = kinds.includes('comments')
  if (looksAtComments && commented.length === 0) {
    notes.push({ en: 'There are no timed comments.', zh: '没有弹幕。' })
  }
  if (kinds.some((kind) => kind !== 'comments') && positioned < plays) {
    notes.push({
      en: `${grouped(plays - positioned)} of ${counted(plays, 'play')} without a position: what is watched again, skipped or left is known from the others.`,
      zh: `${grouped(plays)} 次播放中有 ${grouped(plays - positioned)} 次没有播放位置；重看、跳过与离开只依据其余播放。`,
    })
  }
  if (kinds.some((kind) => kind !== 'comments') && plays === 0) {
    notes.push({
      en: 'There is no viewing, so what is watched again, skipped or left is not known.',
      zh: '没有收视记录，无从得知重看、跳过与离开。',
    })
  }
  if (looksAtComments && commented.some(({ bins }) => !knowsAudience(bins))) {
    notes.push({
      en: `How many viewers are left at each place is not known where fewer than ${leastAudience} have positions: comments are then compared with those around them, not counted per viewer.`,
      zh: `有播放位置的观众不足 ${leastAudience} 人时，各处剩余观众数未知：弹幕只与前后比较，不按观众数折算。`,
    })
  }
  if (found === 0 && titles.length > 0) {
    notes.push({ en: 'No moment stands out from what is around it.', zh: '没有明显高于前后的片段。' })
  }
  if (listed < found) {
    notes.push({
      en: `The strongest ${listed} of ${grouped(found)} moments. --limit ${found} shows all.`,
      zh: `共 ${grouped(found)} 个片段，此处为最强的 ${listed} 个。用 --limit ${found} 显示全部。`,
    })
  }
  return notes
}
