import { z } from 'zod'
import { about, note, question } from '../question.ts'
import { leastReviewsParameter } from '../reviews/drivers/index.ts'
import { resolveTitle } from '../warehouse/resolve-title.ts'
import { findAdvice } from './find-advice.ts'
import { notesOf } from './notes.ts'
import { suggestion } from './suggestion.ts'

/** `marquee suggest TITLE`: what of a title could be better, with what that is likely to gain. */
export const suggest = question({
  name: 'suggest',
  summary: {
    en: 'What could be better in a title, by expected gain, with the evidence',
    zh: '影片可改进之处：按预期提升排序，附证据',
  },
  examples: ['marquee suggest "High Crimes"', 'marquee suggest "High Crimes" --limit 3 --quotes 5'],
  parameters: z.object({
    title: z.string().meta(about('A film, a series or an episode', '影片、剧集或单集', { position: 0 })),
    years: z
      .number()
      .nonnegative()
      .default(5)
      .meta(about('Titles up to so many years older or newer are comparable', '前后相差不超过此年数的影片可比')),
    leastReviews: leastReviewsParameter,
    leastMentions: z
      .int()
      .min(2)
      .default(15)
      .meta(about('Reviews that judge an aspect that it takes to say anything of it', '判断某一方面至少需要的评论数')),
    quotes: z.int().nonnegative().max(20).default(3).meta(about('Quotes at most with each', '每条建议最多引用数')),
    limit: z.int().positive().max(100).default(10).meta(about('Suggestions at most', '最多建议数')),
  }),
  result: z.object({
    title: z.string().meta(about('Title', '影片')),
    reviews: z.number().meta(about('Reviews', '评论数', { unit: 'reviews' })),
    comparable: z.number().meta(about('Titles that it is compared with', '可比影片数', { unit: 'titles' })),
    rows: z.array(suggestion),
    notes: z.array(note),
  }),
  async ask(context, parameters) {
    const { engine } = await context.warehouse()
    const { audience } = await context.settings()
    const title = await resolveTitle(engine, parameters.title)
    const settings = { ...parameters, completionShare: audience.completionShare }
    const found = await findAdvice(engine, title, settings, context.signal)
    return {
      title: title.name,
      reviews: found.reviews,
      comparable: found.comparables.works.length,
      rows: found.suggestions,
      notes: notesOf(found, parameters),
    }
  },
})
