import type { Text } from '../../text.ts'
import type { Measure } from './measures.ts'
import { type DayPart, deviceWords, type PlayContext } from './play-context.ts'

const dayPartWords: Readonly<Record<DayPart, Text>> = {
  night: { en: 'at night', zh: '夜间' },
  morning: { en: 'in the morning', zh: '早上' },
  afternoon: { en: 'in the afternoon', zh: '下午' },
  evening: { en: 'in the evening', zh: '晚间' },
}

/** What an aspect of a title or of the moment is called in an explanation; `value` is its measure, 0 where it is as on average. */
export function wordsOfAspect(of: Measure['of'], value: number, context: PlayContext, isSeries: number): Text {
  const kind = isSeries === 1 ? { en: 'a series', zh: '剧集' } : { en: 'a film', zh: '影片' }
  const it = Number.isNaN(isSeries) ? { en: 'a title', zh: '影片' } : kind
  switch (of) {
    case 'kind':
      return { en: `it is ${it.en}`, zh: `类型为${it.zh}` }
    case 'popularity':
      return { en: 'its popularity', zh: '整体热度' }
    case 'freshness':
      return value < 0 ? { en: 'a new title', zh: '新片' } : { en: 'an older title', zh: '较早的影片' }
    case 'undated':
      return value > 0
        ? { en: 'its release date is unknown', zh: '上映日期未知' }
        : { en: 'its release date is known', zh: '上映日期已知' }
    case 'recency': {
      const days = Math.round(context.recencyDays ?? 0)
      return { en: `${it.en}, ${days} days after the last play`, zh: `距上次播放 ${days} 天时看${it.zh}` }
    }
    case 'device': {
      const device = deviceWords(context.device ?? '')
      return { en: `${it.en} watched on ${device.en}`, zh: `在${device.zh}上看${it.zh}` }
    }
    case 'hour': {
      const part = dayPartWords[context.dayPart as DayPart]
      return { en: `${it.en} ${part.en}`, zh: `${part.zh}看${it.zh}` }
    }
    case 'source':
      return { en: `${it.en} on ${context.source}`, zh: `在 ${context.source} 上看${it.zh}` }
  }
}
