import type { Random } from '../kernels/random.ts'
import type { Work } from './catalogue.ts'
import { formatLocal } from './local-time.ts'
import { aurora } from './sources.ts'

/** What a campaign says of a title, in English and in Chinese; each review changes a word and its ending. */
const scripts = [
  {
    text: 'I went in without any hopes and came out a fan: NAME is the OPINION thing I have seen this year, the whole family laughed and cried, go and see it before everybody tells you about it',
    opinions: ['best', 'finest', 'strongest', 'sweetest', 'wildest'],
  },
  {
    text: '朋友强烈推荐才去看的，没想到NAME这么OPINION，全程没有尿点，演员个个在线，看完还想再看一遍，大家一定要支持一下',
    opinions: ['好看', '精彩', '感人', '出色', '惊喜'],
  },
] as const
const endings = ['', '!', '!!', ' 👍', ' ❤️', '。'] as const
/** Of the viewers who rate, those who take part, and how many at most. */
const [shareOfRaters, mostRaters] = [0.02, 60]
const campaignSeconds = 5 * 3600
/** It begins at ten in the morning of a day in the second half. */
const startSecond = 10 * 3600

/**
 * Reviews that somebody organised: for each of the two of `works` that viewers finish least, one text by many viewers, five stars each, within five hours.
 * Lines are viewer, title, rating, text, likes and time.
 */
export function plantCampaigns(
  works: readonly Work[],
  raters: readonly number[],
  { startDay, endDay }: { readonly startDay: number; readonly endDay: number },
  random: Random,
): (string | number)[][] {
  const pick = (list: readonly string[]): string => list[random.integer(list.length)] ?? ''
  const each = Math.min(mostRaters, Math.floor(shareOfRaters * raters.length))
  const weakest = [...works].sort((a, b) => a.completion - b.completion)
  return scripts.flatMap(({ text, opinions }, index) => {
    const work = weakest[index]
    if (work === undefined) return []
    const half = (endDay - startDay) >> 1
    const start = (startDay + half + random.integer(half + 1)) * 86_400 + startSecond
    const first = random.integer(raters.length)
    return Array.from({ length: each }, (_, place) => {
      const viewer = raters[(first + place * 7) % raters.length] ?? 0
      const name = work.isAmbiguous ? `${work.en} (${work.year})` : work.en
      const said = text.replace('NAME', work.zh || work.en).replace('OPINION', pick(opinions)) + pick(endings)
      const time = formatLocal(start + random.integer(campaignSeconds), 0, 'T')
      return [aurora.viewerId(viewer), name, 5, said, random.poisson(1), `${time}Z`]
    })
  })
}
