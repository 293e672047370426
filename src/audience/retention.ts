import { z } from 'zod'
import { InputError } from '../errors.ts'
import { about, note, question } from '../question.ts'
import { counted, grouped, type Text } from '../text.ts'
import { resolveTitle } from '../warehouse/resolve-title.ts'
import { filters } from './filters.ts'
import { retentionCurve } from './model.ts'
import { type RetentionRow, retentionBasis, retentionStatement } from './retention-query.ts'

/** `marquee audience retention TITLE`: the share of viewers who saw each minute. */
export const audienceRetention = question({
  name: 'audience retention',
  summary: { en: 'How many viewers saw each minute of a title', zh: '影片逐分钟留存曲线' },
  examples: ['marquee audience retention "High Crimes"'],
  parameters: z.object({
    title: z.string().meta(about('A film or an episode', '影片或单集', { position: 0 })),
    ...filters,
  }),
  result: z.object({
    title: z.string().meta(about('Title', '影片')),
    viewers: z.number().meta(about('Viewers with any play', '观众数', { unit: 'viewers' })),
    basis: z
      .enum(['position', 'watched', 'mixed'])
      .nullable()
      .meta(
        about('Minutes are known from', '依据', {
          words: {
            position: { en: 'positions in the title', zh: '播放位置' },
            watched: { en: 'time watched, counted from the start', zh: '自片头起计的观看时长' },
            mixed: {
              en: 'positions, else time watched counted from the start',
              zh: '播放位置，缺失时为自片头起计的观看时长',
            },
          },
        }),
      ),
    rows: z.array(
      z.object({
        minute: z.number().meta(
          about('Minute of the title, from 0', '第几分钟（从 0 起）', {
            unit: 'minutes',
            short: { en: 'Minute', zh: '分钟' },
          }),
        ),
        viewers: z
          .number()
          .meta(
            about('Viewers who saw some of it', '观众数', { unit: 'viewers', short: { en: 'Viewers', zh: '观众数' } }),
          ),
        share: z.number().meta(
          about('… as a share of all its viewers', '占全部观众', {
            unit: 'share',
            short: { en: 'Share', zh: '占比' },
          }),
        ),
      }),
    ),
    notes: z.array(note),
  }),
  async ask(context, parameters) {
    const { engine } = await context.warehouse()
    const title = await resolveTitle(engine, parameters.title)
    if (title.titleType === 'series' || title.titleType === 'season') {
      throw new InputError(
        {
          en: `“${title.name}” is a ${title.titleType}: its minutes are those of its episodes.`,
          zh: `“${title.name}”是${title.titleType === 'season' ? '一季' : '剧集'}：收视时长计在各集上。`,
        },
        {
          code: 'title-has-episodes',
          value: parameters.title,
          advice: { en: 'Name one episode.', zh: '请指明其中一集。' },
        },
      )
    }
    const [counts] = await engine.query(retentionBasis(title.titleId, parameters))
    const edges = await engine.query<RetentionRow>(retentionStatement(title.titleId, parameters))
    const plays = Number(counts?.plays ?? 0)
    const positioned = Number(counts?.positioned ?? 0)
    const viewers = Number(counts?.viewers ?? 0)
    const notes: Text[] = []
    if (plays === 0) notes.push({ en: 'There is no viewing of this title.', zh: '该影片没有收视记录。' })
    else if (positioned < plays) {
      notes.push({
        en: `${grouped(plays - positioned)} of ${counted(plays, 'play')} without a position: their time is counted from the start of the title.`,
        zh: `${grouped(plays)} 次播放中有 ${grouped(plays - positioned)} 次没有播放位置，其观看时长自片头起计。`,
      })
    }
    return {
      title: title.name,
      viewers,
      basis: retentionBasisOf(plays, positioned),
      rows: retentionCurve(
        edges.map((edge) => ({ minute: Number(edge.minute), starts: Number(edge.starts), ends: Number(edge.ends) })),
        viewers,
      ),
      notes,
    }
  },
})

function retentionBasisOf(plays: number, positioned: number): 'position' | 'watched' | 'mixed' | null {
  if (plays === 0) return null
  if (positioned === plays) return 'position'
  return positioned === 0 ? 'watched' : 'mixed'
}
