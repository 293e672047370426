import type { Random } from '../kernels/random.ts'
import type { Work } from './catalogue.ts'
import { formatLocal } from './local-time.ts'
import { aurora } from './sources.ts'

/** Of one thing, what is said by those whom it pleased, and by others. */
type Opinion = readonly [pleased: readonly string[], displeased: readonly string[]]

const english: readonly Opinion[] = [
  [
    ['The cast carries every scene', 'Wonderful acting throughout'],
    ['The cast looks bored', 'Wooden acting throughout'],
  ],
  [
    ['The ending earns its tears', 'What an ending'],
    ['The ending is a cheat', 'The ending falls flat'],
  ],
  [
    ['Beautifully shot', 'Every frame is a painting'],
    ['Flat, muddy pictures', 'The effects look cheap'],
  ],
  [
    ['The music stays with you', 'A lovely score'],
    ['The music never stops telling you what to feel', 'A forgettable score'],
  ],
  [
    ['The plot is clever and never lets go', 'A tight, surprising story'],
    ['Half of the subplots go nowhere', 'The middle drags'],
  ],
  [
    ['The dialogue crackles', 'Funny, sharp lines'],
    ['The dialogue sounds written by a committee', 'Clumsy lines'],
  ],
  [
    ['I would watch it again tonight', 'Highly recommended'],
    ['I want those hours back', 'Not worth your time'],
  ],
]
const chinese: readonly Opinion[] = [
  [
    ['演员演技在线', '主演演得太好了'],
    ['演技尴尬', '主演全程面瘫'],
  ],
  [
    ['结尾特别动人', '结局很惊喜'],
    ['结局烂尾', '结尾莫名其妙'],
  ],
  [
    ['摄影很美', '画面精致'],
    ['画面廉价', '特效粗糙'],
  ],
  [
    ['配乐很用心', '音乐好听'],
    ['配乐吵闹', '音乐毫无记忆点'],
  ],
  [
    ['剧情紧凑', '故事精彩，反转不断'],
    ['剧情拖沓', '支线太多，看到一半就想快进'],
  ],
  [
    ['台词犀利', '对白有趣'],
    ['台词生硬', '对白无聊'],
  ],
  [
    ['值得二刷', '强烈推荐'],
    ['浪费时间', '不推荐'],
  ],
]

/** What says neither good nor bad; each review has one, so that few are alike. */
const remarks = {
  enDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  en: [
    'Went on DAY with NUMBER friends',
    'Had waited NUMBER weeks for DAY evening',
    'Watched it with the whole family on DAY, all NUMBER of us',
    'Saw it on the night train on DAY, in carriage NUMBER',
    'A friend lent it to me last DAY for NUMBER days',
    'Read the book NUMBER years ago',
  ],
  zhDays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  zh: [
    'DAY和NUMBER个朋友去看的',
    '等了NUMBER周，DAY晚上终于看了',
    'DAY和家人一起看完，一共NUMBER个人',
    'DAY在高铁上看的，NUMBER号车厢',
    '朋友DAY借给我看了NUMBER天',
    'NUMBER年前读过原著',
  ],
} as const

const [mostReviews, reviewsPerViewer] = [2000, 10]
const shareOfEnglish = 0.5
/** Sentences that speak as the review does, reviews with a mark in the middle, and with one that says the opposite. */
const [shareOfOneMind, shareOfMiddle, shareOfSlips] = [0.9, 0.08, 0.02]

function inventText(isFavourable: boolean, random: Random): string {
  const isEnglish = random.uniform() < shareOfEnglish
  const opinions = isEnglish ? english : chinese
  const [first, stride] = [random.integer(opinions.length), 1 + random.integer(opinions.length - 1)]
  const pick = (list: readonly string[]) => list[random.integer(list.length)] ?? ''
  const [said, days] = isEnglish ? [remarks.en, remarks.enDays] : [remarks.zh, remarks.zhDays]
  const remark = pick(said)
    .replace('DAY', pick(days))
    .replace('NUMBER', String(2 + random.integer(8)))
  const sentences = Array.from({ length: 2 + random.integer(3) }, (_, i) => {
    const says = random.uniform() < shareOfOneMind === isFavourable ? 0 : 1
    const list = opinions[(first + i * stride) % opinions.length]?.[says] ?? []
    return pick(list)
  })
  return isEnglish ? `${[remark, ...sentences].join('. ')}.` : `${[remark, ...sentences].join('，')}。`
}

function inventStars(isFavourable: boolean, random: Random): number {
  if (random.uniform() < shareOfMiddle) return 3
  const isHigh = random.uniform() < shareOfSlips ? !isFavourable : isFavourable
  return isHigh ? 4 + random.integer(2) : 1 + random.integer(2)
}

/** A review of a work: whether it is favourable, and its row in the file. */
export interface PlantedReview {
  readonly work: Work
  readonly isFavourable: boolean
  readonly row: readonly (string | number)[]
}

/** Reviews of `works`, favourable with the chance that they are watched to the end: user, title, mark, text, likes and time. */
export function plantReviews(
  works: readonly Work[],
  { viewers, raters, moment }: { viewers: number; raters: readonly number[]; moment: () => number },
  random: Random,
): PlantedReview[] {
  if (works.length === 0 || raters.length === 0) return []
  const pick = <T>(list: readonly T[]): T => list[random.integer(list.length)] as T
  return Array.from({ length: Math.min(mostReviews, reviewsPerViewer * viewers) }, () => {
    const work = pick(works)
    const isFavourable = random.uniform() < work.completion
    const name = work.isAmbiguous ? `${work.en} (${work.year})` : work.en
    const [stars, text] = [inventStars(isFavourable, random), inventText(isFavourable, random)]
    const row = [
      aurora.viewerId(pick(raters)),
      name,
      stars,
      text,
      random.poisson(3),
      `${formatLocal(moment(), 0, 'T')}Z`,
    ]
    return { work, isFavourable, row }
  })
}
