import type { Scene } from '../discovery/scenes/read-scenes.ts'
import { aspectName } from '../reviews/drivers/aspect-name.ts'
import { outcomeWords } from '../reviews/drivers/notes.ts'
import type { Outcome } from '../reviews/drivers/read-drivers.ts'
import { counted, grouped, type Text } from '../text.ts'
import type { Comparables } from './comparables.ts'
import type { DropOff } from './drop-offs.ts'
import type { WeakAspect } from './weak-aspects.ts'

const percent = (share: number) => (100 * share).toFixed(1)
const signed = (opinion: number) => `${opinion > 0 ? '+' : opinion < 0 ? '−' : ''}${Math.abs(opinion).toFixed(2)}`
const twoDigits = (value: number) => String(value).padStart(2, '0')

/** A place in a title: 0:12:30. */
const clock = (seconds: number) =>
  `${Math.floor(seconds / 3600)}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(Math.floor(seconds) % 60)}`

/** A stretch of a title: 0:12:30–0:13:05. */
export const placeOf = ({ startSeconds, endSeconds }: Pick<DropOff, 'startSeconds' | 'endSeconds'>): string =>
  `${clock(startSeconds)}–${clock(endSeconds)}`

/** What a title is compared with. */
export const basisWords: Readonly<Record<Comparables['basis'], Text>> = {
  'genre-and-period': { en: 'titles of its genres and period', zh: '同题材、同时期影片' },
  genre: { en: 'titles of its genres', zh: '同题材影片' },
  all: { en: 'all other titles', zh: '其他全部影片' },
  itself: { en: 'its own other aspects', zh: '该片自身其他方面' },
}

/** What could be better, by how much, and what goes with that. */
export function aspectAdvice(
  { driver, part, target, shortfall, gain }: WeakAspect,
  reviews: number,
  outcome: Outcome,
  basis: Comparables['basis'],
): Text {
  const name = aspectName(driver.aspect)
  const of = [
    target === undefined ? undefined : { en: ` of ${target}`, zh: target },
    part === undefined ? undefined : { en: ` in “${part.name}”`, zh: `《${part.name}》` },
  ]
  const means = { own: signed(shortfall.satisfaction), usual: signed(shortfall.usual) }
  const against = basisWords[basis]
  return {
    en: `${name.en}${of.map((one) => one?.en ?? '').join('')}: judged ${means.own}, against ${means.usual} for ${against.en}, in ${counted(shortfall.reviews, 'review')} of ${grouped(reviews)}. Judged as these are, a ${outcomeWords[outcome].en} higher by ${percent(gain.value)} % of the scale would go with it.`,
    zh: `${of
      .reverse()
      .map((one) => one?.zh ?? '')
      .join(
        '',
      )}${name.zh}：评价为 ${means.own}，而${against.zh}为 ${means.usual}（${grouped(reviews)} 条评论中 ${grouped(shortfall.reviews)} 条评及）。若达到后者水平，${outcomeWords[outcome].zh}预计高出量程的 ${percent(gain.value)}%。`,
  }
}

/** What would change what is said of an aspect. */
export function aspectVerdict({ shortfall, gain }: WeakAspect): Text {
  if (gain.moreReviews === null) {
    return {
      en: 'The interval crosses zero because it is not sure how much the aspect matters: more reviews of many titles would tell, not of this one alone.',
      zh: '区间跨零，因为该方面有多重要尚不确定：需要更多影片的评论，仅增加本片评论无法判断。',
    }
  }
  if (gain.moreReviews > 0) {
    return {
      en: `The interval crosses zero: about ${grouped(gain.moreReviews)} more reviews that judge it the same would settle it.`,
      zh: `区间跨零：约需再有 ${grouped(gain.moreReviews)} 条评价相同的评论才能确定。`,
    }
  }
  const { reviews, usual, satisfaction } = shortfall
  const praise = Math.max(1, Math.ceil((reviews * (usual - satisfaction)) / Math.max(0.05, 1 - usual)))
  return {
    en: `The interval is above zero; ${counted(praise, 'further review')} full of praise for it would lift the opinion to what is usual.`,
    zh: `区间在零以上；再有 ${grouped(praise)} 条对此全是好评的评论，评价才会升至通常水平。`,
  }
}

/** Where viewers leave, what they say there, and what reviews fault in that film or episode. */
export function dropOffAdvice(
  dropOff: DropOff,
  words: readonly string[],
  scene: Scene | undefined,
  faulted: WeakAspect['driver']['aspect'] | undefined,
): Text {
  const { name, leaving, expected, gain } = dropOff
  const place = placeOf(dropOff)
  const times = (leaving / expected).toFixed(1)
  const at = [scene?.location ?? [], scene?.characters.join(', ') ?? []].flat().filter((one) => one !== '')
  const fault = faulted === undefined ? undefined : aspectName(faulted)
  const en = [
    `${place} of “${name}”: ${grouped(leaving)} viewers leave, ${times} times as many as around it.`,
    ...(at.length > 0 ? [`The scene: ${at.join(', ')}.`] : []),
    ...(words.length > 0 ? [`Said there: ${words.join(', ')}.`] : []),
    ...(fault ? [`Its reviews fault the ${fault.en.toLowerCase()}.`] : []),
    `If no more left than around it, ${percent(gain.value)} % more of all plays would be watched to the end.`,
  ]
  const zh = [
    `《${name}》${place}：${grouped(leaving)} 位观众离开，为前后的 ${times} 倍。`,
    ...(at.length > 0 ? [`场景：${at.join('、')}。`] : []),
    ...(words.length > 0 ? [`弹幕说：${words.join('、')}。`] : []),
    ...(fault ? [`其评论多批评${fault.zh}。`] : []),
    `若流失与前后持平，全部播放中看完的预计多 ${percent(gain.value)}%。`,
  ]
  return { en: en.join(' '), zh: zh.join('') }
}

/** What would change what is said of a drop-off. */
export function dropOffVerdict({ leaving, expected }: DropOff): Text {
  return {
    en: `It rests on ${counted(leaving, 'viewer')} who left where ${grouped(Math.round(expected))} were to be expected; whether they left because of it, a changed cut shown to some viewers would tell.`,
    zh: `依据为：此处预计流失 ${grouped(Math.round(expected))} 人，实际 ${grouped(leaving)} 人；是否因此处而离开，可让部分观众看修改版来验证。`,
  }
}
