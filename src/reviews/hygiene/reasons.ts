import { grouped, type Text } from '../../text.ts'
import type { ReviewFlag } from '../../warehouse/review-flags.ts'
import type { CopiedText } from './copies.ts'
import type { Evidence } from './find-evidence.ts'
import type { Review } from './review.ts'

const percent = (share: number) => Math.round(100 * share)
const rounded = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)))

/** Flags in a few words. */
export const flagWords: Readonly<Record<ReviewFlag, Text>> = {
  'near-duplicate': { en: 'copy of an earlier review', zh: '与更早的评论雷同' },
  'short-copy': { en: 'short text repeated in a burst', zh: '突发期内重复的短评' },
  burst: { en: 'in a burst of extreme marks', zh: '极端评分突发期内' },
  'burst-viewer': { en: 'by a viewer of bursts', zh: '评论者多在突发期评论' },
  'hurried-viewer': { en: 'by a viewer in a hurry', zh: '评论者短时间评论多部' },
  organised: { en: 'resembles organised reviews', zh: '疑似有组织评论' },
}

/** Who has a text, as far as the source tells. */
function writersOf({ reviews, viewers, titles }: CopiedText): Text {
  const onTitles = {
    en: titles === 1 ? 'on one title' : `on ${grouped(titles)} titles`,
    zh: titles === 1 ? '针对一部影片' : `涉及 ${grouped(titles)} 部影片`,
  }
  if (viewers === 0) return { en: `${onTitles.en}, by whom is not known`, zh: `${onTitles.zh}，作者未知` }
  const isKnown = reviews.every(({ viewerId }) => viewerId !== null)
  const by = viewers === 1 ? 'one viewer' : `${grouped(viewers)} viewers`
  return {
    en: isKnown ? `${onTitles.en} by ${by}` : `${onTitles.en} by ${by} and others unknown`,
    zh: `${onTitles.zh}，作者 ${grouped(viewers)} 人${isKnown ? '' : '，另有未知者'}`,
  }
}

/** Why a review has `flag`, with the numbers. */
export function reasonOf(flag: ReviewFlag, review: Review, evidence: Evidence): Text {
  const { copied, shortCopy, burst, burstViewer, hurried } = evidence
  if (flag === 'near-duplicate' && copied) {
    const [first] = copied.reviews
    const alike = percent(copied.similarity.get(review.near ?? -1) ?? 1)
    const writers = writersOf(copied)
    return {
      en: `Its text is ${alike} % alike that of ${first?.file}:${first?.line}; ${grouped(copied.reviews.length)} reviews have it, ${writers.en}.`,
      zh: `文本与 ${first?.file}:${first?.line} 有 ${alike}% 相同；共 ${grouped(copied.reviews.length)} 条评论使用此文本，${writers.zh}。`,
    }
  }
  if (flag === 'short-copy' && shortCopy) {
    const usual = (100 * shortCopy.usualShare).toFixed(1)
    return {
      en: `${grouped(shortCopy.viewers)} viewers wrote these few words in a burst of ${grouped(shortCopy.of)} reviews; elsewhere ${usual} % of such marks come with them.`,
      zh: `突发期 ${grouped(shortCopy.of)} 条评论中有 ${grouped(shortCopy.viewers)} 人写下同样的短评；其他时候同类评分中仅 ${usual}% 如此。`,
    }
  }
  if (flag === 'burst' && burst) {
    const [high, low] = [burst.mark === 1, burst.mark === -1]
    return {
      en: `${grouped(burst.count)} reviews with the ${high ? 'highest' : 'lowest'} marks within ${burst.width} hours, ${rounded(burst.expected)} expected; ${percent(burst.share)} % of the reviews then, ${percent(burst.usualShare)} % otherwise.`,
      zh: `${burst.width} 小时内有 ${grouped(burst.count)} 条最${low ? '低' : '高'}档评分，预期 ${rounded(burst.expected)} 条；占当时评论的 ${percent(burst.share)}%，平时为 ${percent(burst.usualShare)}%。`,
    }
  }
  if (flag === 'burst-viewer' && burstViewer) {
    return {
      en: `This viewer gives extreme marks alone, and was in bursts of ${grouped(burstViewer.works)} titles.`,
      zh: `该观众只给极端评分，且出现在 ${grouped(burstViewer.works)} 部影片的突发期中。`,
    }
  }
  if (flag === 'hurried-viewer' && hurried) {
    return {
      en: `This viewer wrote on ${grouped(hurried.works)} titles, at least four of them within ten minutes.`,
      zh: `该观众为 ${grouped(hurried.works)} 部影片撰写评论，其中至少四部在十分钟之内。`,
    }
  }
  return {
    en: 'Independent signs agree. That resembles organised reviews; it proves nothing about who wrote them or why.',
    zh: '多种相互独立的迹象同时出现，与有组织的评论相似；这并不能证明由谁、因何而写。',
  }
}
