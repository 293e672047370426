import { z } from 'zod'
import type { Engine, Row } from '../../engine/engine.ts'
import { about, note, question } from '../../question.ts'
import { resolveTitle } from '../../warehouse/resolve-title.ts'
import { type OpinionFilter, opinionFilters } from '../opinions.ts'
import { findNames, keywordKinds } from './find-names.ts'
import { commonest, hottest } from './model.ts'
import { notesOf } from './notes.ts'
import { type Background, backgrounds, countOpinions } from './query.ts'
import { readQuotes } from './read-quotes.ts'
import { readTerms, type Spans } from './read-terms.ts'

const number = (en: string, zh: string, extra: Parameters<typeof about>[2] = { detail: true }) =>
  z.number().meta(about(en, zh, extra))

const word = z
  .string()
  .meta(about('Word or phrase, as most write it', '词或短语（最常见写法）', { short: { en: 'Word', zh: '词' } }))
const kind = z.enum(keywordKinds).meta(
  about('What it is', '类别', {
    short: { en: 'Kind', zh: '类别' },
    words: {
      word: { en: 'word', zh: '词' },
      phrase: { en: 'phrase', zh: '短语' },
      name: { en: 'name', zh: '人名' },
      title: { en: 'title', zh: '片名' },
    },
  }),
)
const pValue = number('Probability of such a difference by chance', 'p 值')
const qValue = number('… adjusted for all words compared (false discovery rate)', 'q 值（错误发现率）')
const quote = z
  .string()
  .nullable()
  .meta(
    about('An opinion that says it, without personal data', '例句（已隐去个人信息）', {
      as: 'prose',
      short: { en: 'Example', zh: '例句' },
    }),
  )
const times = { unit: 'times', short: { en: 'Times', zh: '倍数' } }
const low = { unit: 'times', short: { en: 'Low (90 %)', zh: '下限（90%）' } }

const result = z.object({
  title: z.string().nullable().meta(about('Title', '影片')),
  against: z
    .enum(backgrounds)
    .nullable()
    .meta(
      about('Compared with', '比较对象', {
        words: {
          titles: { en: 'opinions on all other titles', zh: '其他影片的评论' },
          sentiment: { en: 'reviews of the other sentiment', zh: '相反倾向的评论' },
        },
      }),
    ),
  texts: number('Reviews and comments', '评论与弹幕数', { unit: 'texts' }),
  viewers: number('Viewers who wrote them', '发言观众数', { unit: 'viewers' }),
  others: number('Viewers who wrote what they are compared with', '比较对象的观众数', { unit: 'viewers' }),
  now: z.string().nullable().meta(about('Last period', '本周期')),
  before: z.string().nullable().meta(about('Period before', '上一周期')),
  rows: z
    .array(
      z.object({
        word,
        kind,
        viewers: number('Viewers who said it', '提及观众数', { unit: 'viewers', short: { en: 'Viewers', zh: '观众' } }),
        share: number('Share of the viewers who wrote', '占发言观众的比例', {
          unit: 'share',
          short: { en: 'Share', zh: '占比' },
        }),
        shareElsewhere: number('Share of the viewers who wrote what it is compared with', '占比较对象发言观众的比例', {
          unit: 'share',
          short: { en: 'Elsewhere', zh: '别处' },
        }).nullable(),
        times: number('How many times as likely as in what it is compared with', '与比较对象的几率之比').nullable(),
        timesLow: number('Lower end of its 90 % interval', '90% 区间下限').nullable(),
        z: number('Log odds ratio over its standard deviation', 'z 值').nullable(),
        pValue: pValue.nullable(),
        qValue: qValue.nullable(),
        quote,
      }),
    )
    .meta(about('Said here more than elsewhere, the surest first', '此处比别处更常说的词，最确定者在前')),
  rising: z
    .array(
      z.object({
        word,
        kind,
        viewersNow: number('Viewers in the last period', '本周期观众数', {
          unit: 'viewers',
          short: { en: 'Now', zh: '本期' },
        }),
        viewersBefore: number('Viewers in the period before', '上一周期观众数', {
          unit: 'viewers',
          short: { en: 'Before', zh: '上期' },
        }),
        times: number('How many times as likely as in the period before', '与上一周期的几率之比', times),
        timesLow: number('Lower end of its 90 % interval', '90% 区间下限', low),
        pValue,
        qValue,
        quote,
      }),
    )
    .meta(about('Said more than in the period before', '较上一周期上升的词')),
  notes: z.array(note),
})

const parameters = z.object({
  title: z
    .string()
    .optional()
    .meta(about('A film, a series or an episode', '影片、剧集或单集', { position: 0 })),
  genre: z.string().optional().meta(about('Only titles of this genre', '仅此题材的影片')),
  ...opinionFilters,
  against: z
    .enum(backgrounds)
    .optional()
    .meta(
      about(
        'What to compare with; other titles where a title or genre is named, else the other sentiment',
        '比较对象；指定影片或题材时默认为其他影片，否则为相反倾向',
      ),
    ),
  kind: z
    .array(z.enum(keywordKinds))
    .min(1)
    .default(['word', 'phrase', 'name'])
    .meta(about('What to list; title: words of its name', '列出哪些；title 为片名中的词')),
  periodDays: z
    .int()
    .positive()
    .default(28)
    .meta(
      about('Length of the two periods compared, unless from says it', '比较周期的长度（未指定 from 时）', {
        unit: 'days',
      }),
    ),
  leastViewers: z
    .int()
    .positive()
    .default(3)
    .meta(about('Viewers who must have said a word', '词至少须被多少观众提及', { unit: 'viewers' })),
  falseDiscoveries: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.05)
    .meta(about('Share of the words that may be chance', '允许的错误发现率', { unit: 'share' })),
  limit: z.int().positive().max(1000).default(20).meta(about('Rows of each list at most', '每份列表的最多行数')),
})

const dayMilliseconds = 86_400_000
const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10)

/** The days asked for, of which the last period is compared with as many days before it. */
function spansOf({ from, to }: OpinionFilter, last: string | null, periodDays: number): Spans {
  const own = { from, to }
  const end = to ?? last
  if (end === null) return { own, now: undefined, before: undefined }
  const start = from ?? dayAfter(end, 1 - periodDays)
  const days = (Date.parse(end) - Date.parse(start)) / dayMilliseconds + 1
  return { own, now: { from: start, to: end }, before: { from: dayAfter(start, -days), to: dayAfter(start, -1) } }
}

const written = (span: Spans['now'], isKnown: boolean) => (span && isKnown ? `${span.from}–${span.to}` : null)

async function readCounts(engine: Engine, filter: OpinionFilter) {
  const [row] = await engine.query<Row & { texts: number; untimed: number; viewers: number; last: string | null }>(
    countOpinions(filter),
  )
  return { texts: Number(row?.texts ?? 0), untimed: Number(row?.untimed ?? 0), last: row?.last ?? null }
}

/** `marquee keywords [TITLE]`: what viewers say of a title, a genre or everything. */
export const keywords = question({
  name: 'keywords',
  summary: {
    en: 'Words and phrases that viewers say here more than elsewhere, and more than before',
    zh: '观众评论与弹幕中的热词、短语与上升词',
  },
  examples: ['marquee keywords "High Crimes"', 'marquee keywords --sentiment unfavourable --kind word phrase'],
  parameters,
  result,
  async ask(context, { title: name, kind: kinds, periodDays, leastViewers, falseDiscoveries, limit, ...given }) {
    const { engine } = await context.warehouse()
    const title = name === undefined ? undefined : await resolveTitle(engine, name)
    const filter: OpinionFilter = { ...given, titleId: title?.titleId }
    const isNarrow = [title, given.genre, given.season, given.episode].some((value) => value !== undefined)
    const usual: Background | undefined = isNarrow ? 'titles' : given.sentiment && 'sentiment'
    const against = given.against ?? usual
    const { texts, untimed, last } = await readCounts(engine, filter)
    const spans = spansOf(filter, last, periodDays)
    const wider = { ...filter, from: given.from === undefined ? undefined : spans.before?.from }
    const counts = await readTerms(engine, wider, spans, against, { leastViewers, signal: context.signal })
    const kindOf = await findNames(engine, title?.titleId)
    const listed = counts.terms.filter((term) => kinds.includes(kindOf(term)))
    const compared = counts.canCompare
    const chosen = { leastViewers, falseDiscoveries, limit }
    const hot = compared ? hottest(listed, counts.totals, ['own', 'others'], chosen) : commonest(listed, limit)
    const rising = hottest(listed, counts.totals, ['now', 'before'], chosen)
    const quoteOf = await readQuotes(
      engine,
      filter,
      [...hot, ...rising].map(({ term }) => term),
    )
    return {
      title: title?.name ?? null,
      against: compared ? (against ?? null) : null,
      texts,
      viewers: counts.viewers.own,
      others: counts.viewers.others,
      now: written(spans.now, true),
      before: written(spans.before, counts.viewers.before > 0),
      rows: hot.map(({ term, ratio, low, z, pValue, qValue }) => ({
        word: term.form,
        kind: kindOf(term),
        viewers: term.own,
        share: term.own / counts.viewers.own,
        shareElsewhere: compared ? term.others / counts.viewers.others : null,
        times: compared ? ratio : null,
        timesLow: compared ? low : null,
        z: compared ? z : null,
        pValue: compared ? pValue : null,
        qValue: compared ? qValue : null,
        quote: quoteOf(term),
      })),
      rising: rising.map(({ term, ratio, low, pValue, qValue }) => ({
        word: term.form,
        kind: kindOf(term),
        viewersNow: term.now,
        viewersBefore: term.before,
        times: ratio,
        timesLow: low,
        pValue,
        qValue,
        quote: quoteOf(term),
      })),
      notes: notesOf({ filter, against, texts, untimed, counts, before: spans.before, leastViewers }),
    }
  },
})
