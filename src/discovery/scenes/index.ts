import { z } from 'zod'
import type { Row } from '../../engine/engine.ts'
import { about, note, question } from '../../question.ts'
import type { Text } from '../../text.ts'
import { resolveTitle } from '../../warehouse/resolve-title.ts'
import { minutesOf, type Reaction, reactions } from './bins.ts'
import { findMoments } from './find-moments.ts'
import { binSeconds } from './model.ts'
import { notesOf } from './notes.ts'
import { positionedPlays } from './query.ts'
import { readSaid } from './read-said.ts'
import { readScenes, scene } from './read-scenes.ts'
import { readTitles } from './read-titles.ts'

const words: Readonly<Record<Reaction, Text>> = {
  comments: { en: 'many comment', zh: '弹幕集中' },
  replays: { en: 'many watch again', zh: '反复观看' },
  skips: { en: 'many skip', zh: '跳过' },
  'drop-offs': { en: 'many leave', zh: '流失' },
}

const number = (en: string, zh: string, extra: Parameters<typeof about>[2] = { detail: true }) =>
  z.number().meta(about(en, zh, extra))
const text = (en: string, zh: string, extra?: Parameters<typeof about>[2]) => z.string().meta(about(en, zh, extra))

const result = z.object({
  title: text('Title', '影片'),
  comments: number('Timed comments', '弹幕数', { unit: 'comments' }),
  viewers: number('Viewers whose place in the title is known', '有播放位置的观众数', { unit: 'viewers' }),
  rows: z.array(
    z.object({
      title: text('Film or episode', '影片或分集', { as: 'prose', short: { en: 'Title', zh: '影片' } }),
      kind: z.enum(reactions).meta(about('What viewers do', '观众反应', { words })),
      place: text('Place in the title', '位置', { short: { en: 'Place', zh: '位置' } }),
      startSeconds: number('Start', '开始', { unit: 'seconds', detail: true }),
      endSeconds: number('End', '结束', { unit: 'seconds', detail: true }),
      strength: number('How many times what is usual around it, per viewer', '与前后平常水平之比（每位观众）', {
        unit: 'times',
        short: { en: 'Strength', zh: '强度' },
      }),
      strengthLow: number('Lower end of its 90 % interval', '90% 区间下限', {
        unit: 'times',
        short: { en: 'Low (90 %)', zh: '下限（90%）' },
      }),
      strengthHigh: number('Upper end of its 90 % interval', '90% 区间上限', { unit: 'times', detail: true }),
      pValue: number('Probability of such a window by chance', 'p 值'),
      qValue: number('… adjusted for all windows looked at (false discovery rate)', 'q 值（错误发现率）'),
      viewers: number('Viewers who do it; where it lasts, most at once', '观众数（持续行为取同时最多）', {
        unit: 'viewers',
        short: { en: 'Viewers', zh: '观众' },
      }),
      comments: number('Timed comments', '弹幕数', { unit: 'comments', detail: true }).nullable(),
      words: z
        .array(
          z.object({
            word: text('Word', '词'),
            viewers: number('Viewers who said it', '说该词的观众数', { unit: 'viewers', detail: true }),
          }),
        )
        .meta(
          about('Words that are commoner here than in the rest of the title', '此处比全片其余部分更常出现的词', {
            as: 'prose',
            short: { en: 'Said', zh: '热词' },
          }),
        ),
      scene: scene.nullable(),
    }),
  ),
  minutes: z
    .array(
      z.object({
        minute: number('Minute, from 0', '第几分钟（从 0 起）'),
        comments: number('Timed comments', '弹幕数'),
        viewers: number('Viewers there on average', '平均在看观众数').nullable(),
      }),
    )
    .meta(about('Minute by minute, of one film or episode', '逐分钟（仅单部影片或单集）', { detail: true })),
  notes: z.array(note),
})
type MomentRow = z.output<typeof result>['rows'][number]

const sumOf = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0)

const twoDigits = (value: number) => String(value).padStart(2, '0')
const clock = (seconds: number) =>
  `${Math.floor(seconds / 3600)}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`

/** `marquee scenes TITLE`: places of a title that viewers react to. */
export const scenes = question({
  name: 'scenes',
  summary: {
    en: 'Moments that viewers comment on, watch again, skip or leave at',
    zh: '观众热议、重看、跳过或离开的片段',
  },
  examples: ['marquee scenes "High Crimes"', 'marquee scenes "High Crimes" --kind comments --by place'],
  parameters: z.object({
    title: z.string().meta(about('A film, a series or an episode', '影片、剧集或单集', { position: 0 })),
    season: z.int().nonnegative().optional().meta(about('Only this season of the series', '仅剧集的这一季')),
    episode: z.int().nonnegative().optional().meta(about('Only this episode', '仅这一集')),
    source: z.string().optional().meta(about('Only comments and plays of this source', '仅此来源的弹幕与播放')),
    kind: z
      .array(z.enum(reactions))
      .default([...reactions])
      .meta(about('What to look for', '查找哪些反应')),
    falseDiscoveries: z
      .number()
      .gt(0)
      .max(0.5)
      .default(0.05)
      .meta(about('Share of the moments that may be chance', '允许的错误发现率', { unit: 'share' })),
    by: z.enum(['strength', 'place']).default('strength').meta(about('Order of the list', '排列方式')),
    limit: z.int().positive().default(20).meta(about('Rows at most, the strongest', '最多行数（取最强者）')),
  }),
  result,
  async ask(context, { title: name, kind, falseDiscoveries, by, limit, ...own }) {
    const { engine } = await context.warehouse()
    const { audience } = await context.settings()
    const title = await resolveTitle(engine, name)
    const filter = { ...own, titleId: title.titleId }
    const titles = await readTitles(engine, title, filter)
    const searched = titles.map(({ titleId, runtimeSeconds, bins }) => ({
      titleId,
      bins,
      completed: audience.completionShare * (runtimeSeconds ?? bins.present.length * binSeconds),
    }))
    const found = await findMoments(searched, kind, falseDiscoveries, context.signal)
    const strongest = [...found].sort((a, b) => b.peak.low - a.peak.low).slice(0, limit)
    const listed = by === 'strength' ? strongest : found.filter((moment) => strongest.includes(moment))
    const ofComments = listed.filter(({ reaction }) => reaction === 'comments')
    const saidIn = await readSaid(engine, ofComments, filter)
    const sceneOf = await readScenes(engine, listed, filter)
    const names = new Map(titles.map((one) => [one.titleId, one.name]))
    const rows = listed.map((moment): MomentRow => {
      const said = saidIn.get(moment)
      return {
        title: names.get(moment.titleId) ?? title.name,
        kind: moment.reaction,
        place: `${clock(moment.startSeconds)}–${clock(moment.endSeconds)}`,
        startSeconds: moment.startSeconds,
        endSeconds: moment.endSeconds,
        strength: moment.peak.ratio,
        strengthLow: moment.peak.low,
        strengthHigh: moment.peak.high,
        pValue: moment.pValue,
        qValue: moment.qValue,
        viewers: said?.viewers ?? moment.viewers,
        comments: said?.comments ?? null,
        words: [...(said?.words ?? [])],
        scene: sceneOf.get(moment) ?? null,
      }
    })
    const [plays] = await engine.query<Row & { plays: number; positioned: number }>(positionedPlays(filter))
    const basis = { plays: Number(plays?.plays ?? 0), positioned: Number(plays?.positioned ?? 0) }
    return {
      title: title.name,
      comments: sumOf(titles.map(({ bins }) => sumOf(bins.comments))),
      viewers: sumOf(titles.map(({ bins }) => bins.viewers)),
      rows,
      minutes: titles.length === 1 ? titles.flatMap(({ bins }) => minutesOf(bins)) : [],
      notes: notesOf({ titles, kinds: kind, found: found.length, listed: rows.length, ...basis }),
    }
  },
})
