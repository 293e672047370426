import { z } from 'zod'
import { scene } from '../discovery/scenes/read-scenes.ts'
import { about, note } from '../question.ts'

const detail = { detail: true } as const
const share = (en: string, zh: string, extra: Parameters<typeof about>[2] = {}) =>
  z.number().meta(about(en, zh, { unit: 'share', ...extra }))
const opinion = (en: string, zh: string) =>
  z
    .number()
    .nullable()
    .meta(about(en, zh, detail))

/** One thing that could be better, as an answer gives it. */
export const suggestion = z.object({
  rank: z.int().meta(about('Rank', '名次')),
  kind: z.enum(['aspect', 'drop-off']).meta(
    about('Kind', '类别', {
      words: { aspect: { en: 'aspect', zh: '评价' }, 'drop-off': { en: 'drop-off', zh: '流失' } },
    }),
  ),
  advice: note.meta(about('Advice', '建议', { as: 'prose' })),
  gain: share('Expected gain, as a share of the scale', '预期提升（占量程）', {
    short: { en: 'Gain', zh: '预期提升' },
  }),
  gainLow: share('Lower end of its 95 % interval', '提升 95% 区间下限', {
    short: { en: 'Low (95 %)', zh: '下限（95%）' },
  }),
  gainHigh: share('Upper end of its 95 % interval', '提升 95% 区间上限', {
    short: { en: 'High (95 %)', zh: '上限（95%）' },
  }),
  verdict: note.meta(about('What would change it', '何种情况会改变结论', { as: 'prose' })),
  quotes: z.array(z.string()).meta(about('Viewers say', '观众原话', { as: 'prose' })),
  outcome: z.enum(['rating', 'sentiment', 'completion']).meta(about('What would gain', '提升的结果', detail)),
  title: z.string().meta(about('Film, series or episode that it is about', '所指影片、剧集或单集', detail)),
  aspect: z
    .string()
    .nullable()
    .meta(about('Aspect, as tables name it', '方面（表中名称）', detail)),
  target: z
    .string()
    .nullable()
    .meta(about('Person or character', '人物', detail)),
  place: z
    .string()
    .nullable()
    .meta(about('Place in the title', '位置', detail)),
  reviews: z
    .number()
    .nullable()
    .meta(about('Reviews that judge the aspect', '评及该方面的评论数', detail)),
  satisfaction: opinion('Their mean opinion, -1 to 1', '平均评价（-1 至 1）'),
  usual: opinion('Mean opinion of comparable titles', '可比影片的平均评价'),
  importance: share('Share of the variance of the outcome', '重要度（占结果方差）', detail).nullable(),
  viewers: z
    .number()
    .nullable()
    .meta(about('Viewers who leave', '离开的观众数', detail)),
  words: z.array(z.string()).meta(about('Words said there', '此处热词', detail)),
  scene: scene.nullable().meta(about('Scene', '场景', detail)),
})
/** As `--json` gives it. */
export type Suggestion = z.output<typeof suggestion>
