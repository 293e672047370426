import { z } from 'zod'
import { about, note, question } from '../../question.ts'
import { titleAndDescendants } from '../../warehouse/membership.ts'
import { resolveTitle } from '../../warehouse/resolve-title.ts'
import { aspectName } from './aspect-name.ts'
import { notesOf, outcomeWords } from './notes.ts'
import { type Outcome, outcomes, readDrivers } from './read-drivers.ts'
import { readWorks } from './works.ts'

const share = (en: string, zh: string, extra: Parameters<typeof about>[2] = {}) =>
  z.number().meta(about(en, zh, { unit: 'share', ...extra }))
const outcome = z.enum(outcomes).meta(about('Outcome', '结果', { words: outcomeWords }))

/** Fewer reviews tell nothing. */
export const leastReviewsParameter = z
  .int()
  .positive()
  .default(100)
  .meta(about('Reviews with an outcome that it takes to say anything of it', '判断某一结果至少需要的评论数'))

/** `marquee drivers [TITLE]`: which aspects of a title go with its rating and with how much of it is watched. */
export const drivers = question({
  name: 'drivers',
  summary: {
    en: 'Which aspects in reviews go with the rating and with how much is watched',
    zh: '评论中哪些方面与评分、观看完成度相关',
  },
  examples: ['marquee drivers', 'marquee drivers "High Crimes" --outcome rating'],
  parameters: z.object({
    title: z
      .string()
      .optional()
      .meta(about('Only reviews of this film, series or episode', '仅此影片、剧集或单集的评论', { position: 0 })),
    outcome: z
      .array(z.enum(outcomes))
      .default(['rating', 'completion'])
      .meta(about('What is to be explained', '要解释的结果')),
    leastReviews: leastReviewsParameter,
  }),
  result: z.object({
    title: z.string().nullable().meta(about('Title', '影片')),
    reviews: z.number().meta(about('Reviews', '评论数', { unit: 'reviews' })),
    models: z
      .array(
        z.object({
          outcome,
          observations: z.number().meta(
            about('Reviews with the outcome, or titles that are compared', '有此结果的评论数，或比较的影片数', {
              short: { en: 'Reviews', zh: '评论数' },
            }),
          ),
          explained: share('Share of the variance that the aspects explain', '各方面解释的方差占比', {
            short: { en: 'Explained', zh: '解释占比' },
          }),
          controlled: share('Share of the variance that what is held constant explains', '控制变量解释的方差占比', {
            short: { en: 'Held constant', zh: '控制变量占比' },
          }),
          crossValidated: share('Share that is explained of reviews left out', '交叉验证的解释占比', {
            short: { en: 'Of reviews left out', zh: '留出评论' },
          }),
          penalty: z.number().meta(about('Penalty of the ridge regression', '岭回归惩罚', { detail: true })),
        }),
      )
      .meta(about('How much is explained', '解释程度')),
    rows: z
      .array(
        z.object({
          outcome,
          aspect: z.string().meta(about('Aspect, as tables name it', '方面（表中名称）', { detail: true })),
          name: note.meta(about('Aspect', '方面')),
          mentions: z.number().meta(
            about('Reviews that judge it', '评及该方面的评论数', {
              unit: 'reviews',
              short: { en: 'Reviews', zh: '评论数' },
            }),
          ),
          satisfaction: z
            .number()
            .meta(
              about('Mean opinion of these, -1 to 1', '平均评价（-1 至 1）', { short: { en: 'Opinion', zh: '评价' } }),
            ),
          importance: share('Share of the variance of the outcome', '重要度（占结果方差）', {
            short: { en: 'Importance', zh: '重要度' },
          }),
          importanceLow: share('Lower end of its 95 % interval', '重要度 95% 区间下限', {
            short: { en: 'Low (95 %)', zh: '下限（95%）' },
          }),
          importanceHigh: share('Upper end of its 95 % interval', '重要度 95% 区间上限', {
            short: { en: 'High (95 %)', zh: '上限（95%）' },
          }),
          effect: share(
            'How much more of the scale of the outcome comes with an opinion that is better by 1',
            '评价每高 1，结果高出量程的比例',
            { short: { en: 'Effect', zh: '效应' } },
          ),
          effectLow: share('Lower end of its 95 % interval', '效应 95% 区间下限', {
            short: { en: 'Low (95 %)', zh: '下限（95%）' },
          }),
          effectHigh: share('Upper end of its 95 % interval', '效应 95% 区间上限', {
            short: { en: 'High (95 %)', zh: '上限（95%）' },
          }),
        }),
      )
      .meta(about('Aspects, the most important first', '各方面，重要者在前')),
    notes: z.array(note),
  }),
  async ask(context, { title: text, outcome: wanted, leastReviews }) {
    const { engine } = await context.warehouse()
    const title = text === undefined ? undefined : await resolveTitle(engine, text)
    const works = await readWorks(engine)
    const scope = title ? { titles: titleAndDescendants(title.titleId) } : {}
    const read = await readDrivers(engine, scope, works, { wanted, leastReviews, hasIntervals: true })
    const models = wanted.flatMap((one) => {
      const model = read.models.get(one)
      return model ? [{ outcome: one as Outcome, ...model }] : []
    })
    return {
      title: title?.name ?? null,
      reviews: read.reviews,
      models: models.map(({ outcome, observations, explained, controlled, crossValidated, penalty }) => ({
        ...{ outcome, observations, explained, controlled, crossValidated, penalty },
      })),
      rows: models.flatMap(({ outcome, drivers: found }) =>
        found.map(({ aspect, mentions, satisfaction, importance, effect }) => ({
          ...{ outcome, aspect, name: aspectName(aspect), mentions, satisfaction },
          importance: importance.value,
          importanceLow: importance.low,
          importanceHigh: importance.high,
          effect: effect.value,
          effectLow: effect.low,
          effectHigh: effect.high,
        })),
      ),
      notes: notesOf(read, wanted, leastReviews),
    }
  },
})
