import { z } from 'zod'
import { about, note } from '../../question.ts'
import { reviewFlags } from '../../warehouse/review-flags.ts'
import { flagWords } from './reasons.ts'

type Extra = NonNullable<Parameters<typeof about>[2]>

const count = (en: string, zh: string, extra: Extra = {}) => z.int().meta(about(en, zh, { unit: 'reviews', ...extra }))
const number = (en: string, zh: string, extra: Extra = {}) => z.number().meta(about(en, zh, extra))
const text = (en: string, zh: string, extra: Extra = {}) => z.string().meta(about(en, zh, extra))
const title = text('Title', '影片', { as: 'prose' })
const flag = z.enum(reviewFlags).meta(about('Why', '原因', { words: flagWords }))
const short = (en: string, zh: string) => ({ short: { en, zh } })

const place = {
  source: text('Source', '来源', { detail: true }),
  file: text('File', '文件', { as: 'path' }),
  line: number('Line', '行号', { unit: 'line' }),
}

/** One measure before and after; `unit` is that of its values. */
function effects(en: string, zh: string, unit: string) {
  const value = (what: string, which: string, extra: Extra = {}) => number(what, which, { unit, ...extra })
  const low = () =>
    value('Lower end of its 95 % interval', '95% 区间下限', short('Low (95 %)', '下限（95%）')).nullable()
  const high = () =>
    value('Upper end of its 95 % interval', '95% 区间上限', short('High (95 %)', '上限（95%）')).nullable()
  return z
    .array(
      z.object({
        title,
        source: text('Source; scales differ between sources', '来源（量纲各异）', short('Source', '来源')),
        reviews: count('Reviews with one', '有此项的评论数', short('Reviews', '评论')),
        kept: count('Reviews kept', '保留的评论数', short('Kept', '保留')),
        before: value('With all reviews', '全部评论', short('Before', '之前')),
        beforeLow: low(),
        beforeHigh: high(),
        after: value('Without those left out', '剔除之后', short('After', '之后')),
        afterLow: low(),
        afterHigh: high(),
        change: value('Change', '变化'),
        changeLow: low(),
        changeHigh: high(),
      }),
    )
    .meta(about(en, zh))
}

const titles = z
  .array(
    z.object({
      title,
      reviews: count('Reviews', '评论数'),
      nearDuplicates: count('Copies of an earlier review', '与更早评论雷同', short('Copies', '雷同')),
      shortCopies: count('Short texts repeated in a burst', '突发期内重复的短评', short('Short copies', '重复短评')),
      bursts: count('In a burst of extreme marks', '极端评分突发期内', short('In bursts', '突发期')),
      burstViewers: count('By viewers of bursts', '评论者多在突发期评论', short('Burst viewers', '突发评论者')),
      hurriedViewers: count('By viewers in a hurry', '评论者短时间评论多部', short('Hurried', '赶评')),
      organised: count('Resemble organised reviews', '疑似有组织评论', short('Organised?', '疑似有组织')),
      leftOut: count('Left out', '剔除'),
    }),
  )
  .meta(about('Titles', '各影片'))

const copies = z
  .array(
    z.object({
      quote: text('The earliest of them', '最早的一条', { as: 'prose' }),
      variant: text('The one that is least like it', '与之差异最大的一条', { as: 'prose', detail: true }).nullable(),
      title: text('Title of the earliest', '最早一条的影片', { as: 'prose', ...short('Title', '影片') }),
      titles: number('Titles', '影片数'),
      reviews: count('Reviews', '评论数'),
      viewers: number('Viewers who are known', '已知的评论者数', short('Viewers', '观众')),
      similarity: number('Least similarity to the earliest', '与最早一条的最低相似度', {
        ...{ unit: 'share' },
        ...short('Alike', '相似度'),
      }),
      members: z.array(z.object(place)).meta(about('Where they stand', '所在位置', { detail: true })),
    }),
  )
  .meta(about('Texts that several reviews have', '多条评论共用的文本'))

const bursts = z
  .array(
    z.object({
      title,
      mark: z.enum(['high', 'low']).meta(
        about('Marks', '评分', {
          words: { high: { en: 'highest', zh: '最高档' }, low: { en: 'lowest', zh: '最低档' } },
        }),
      ),
      start: text('First review', '首条评论时间'),
      end: text('Last review', '末条评论时间', { detail: true }),
      width: number('Hours of the window', '窗口小时数', { unit: 'hours', ...short('Hours', '小时') }),
      reviews: count('Viewers with such a mark', '给出该档评分的观众', short('Viewers', '观众')),
      expected: number('Expected by the days around', '按前后日期预期', short('Expected', '预期')),
      share: number('Share of the reviews then', '占当时评论的比例', { unit: 'share', ...short('Share', '占比') }),
      usualShare: number('Share otherwise', '平时比例', { unit: 'share', ...short('Usually', '平时') }),
      qValue: number('False discovery rate', '错误发现率', { detail: true }),
    }),
  )
  .meta(about('Bursts of extreme marks', '极端评分突发期'))

/** What `marquee reviews check` answers. */
export const checkResult = z.object({
  reviews: count('Reviews', '评论数'),
  flagged: count('With a flag', '被标记'),
  leftOut: count('Left out', '剔除'),
  leaveOut: z.array(flag).meta(about('Reasons to leave a review out', '剔除的原因')),
  reasons: z
    .array(z.object({ flag, reviews: count('Reviews', '评论数') }))
    .meta(about('Reviews by reason, of which one may have several', '按原因统计（同一条可有多个）')),
  titles,
  ratings: effects('Average rating, before and after', '平均评分（剔除前后）', 'rating'),
  favourable: effects('Share favourable, before and after', '正面评论占比（剔除前后）', 'share'),
  copies,
  bursts,
  flags: z
    .array(
      z.object({
        ...{ title, ...place, flag },
        reason: z.object({ en: z.string(), zh: z.string() }).meta(about('In words', '说明', { as: 'prose' })),
      }),
    )
    .meta(about('Flags', '标记', { detail: true })),
  notes: z.array(note),
})
export type CheckResult = z.output<typeof checkResult>
