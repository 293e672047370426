import { z } from 'zod'
import type { Row } from '../../engine/engine.ts'
import { sql } from '../../engine/sql.ts'
import { shareInterval } from '../../kernels/statistics/share-interval.ts'
import { about, note, question } from '../../question.ts'
import type { Text } from '../../text.ts'
import { judgedByWords } from './sentiment-model.ts'

const count = (en: string, zh: string) => z.int().meta(about(en, zh))
const share = (en: string, zh: string, short: Text) => z.number().meta(about(en, zh, { unit: 'share', short }))

interface TitleReviews extends Row {
  readonly title_id: string
  readonly name: string
  readonly positive: number
  readonly negative: number
  readonly unsure: number
  readonly not_judged: number
  readonly by_lexicon: number
}

/** How favourable the reviews of each film and series are, with those of its seasons and episodes. */
export const sentimentTitles = question({
  name: 'sentiment titles',
  summary: { en: 'How favourable the reviews of each title are', zh: '各影片评论的正面比例' },
  examples: ['marquee sentiment titles', 'marquee sentiment titles --least 100 --limit 50 --json'],
  parameters: z.object({
    least: z
      .int()
      .min(1)
      .default(20)
      .meta(
        about(
          'Fewest reviews, favourable and unfavourable, of a title that is listed',
          '列出的影片至少有多少条正面与负面评论',
        ),
      ),
    limit: z.int().min(1).default(20).meta(about('Most titles, those with most reviews first', '最多列出的影片数')),
  }),
  result: z.object({
    rows: z.array(
      z.object({
        titleId: z.string().meta(about('Title id', '影片编号', { detail: true })),
        name: z.string().meta(about('Title', '影片')),
        favourable: share('Favourable, of those that are favourable or unfavourable', '正面比例（占正面与负面之和）', {
          en: 'Favourable',
          zh: '正面比例',
        }),
        low: share('Lower end of its 95 % interval', '95% 区间下限', { en: 'Low (95 %)', zh: '下限（95%）' }),
        high: share('Upper end of its 95 % interval', '95% 区间上限', { en: 'High (95 %)', zh: '上限（95%）' }),
        positive: count('Positive', '正面'),
        negative: count('Negative', '负面'),
        unsure: count('Unsure', '不确定'),
        notJudged: count('Not judged', '未判断'),
      }),
    ),
    notes: z.array(note),
  }),
  async ask(context, { least, limit }) {
    const { engine } = await context.warehouse()
    const found = await engine.query<TitleReviews>(
      sql`SELECT CAST(title_id AS VARCHAR) AS title_id, name, positive, negative, unsure, not_judged, by_lexicon FROM (
          SELECT w.title_id, w.name, count_if(verdict = 'positive') AS positive, count_if(verdict = 'negative') AS negative,
            count_if(verdict = 'unsure') AS unsure, count_if(verdict = 'not-judged') AS not_judged, count_if(why = 'lexicon') AS by_lexicon
          FROM review_sentiment s JOIN title t ON s.title_id = t.title_id JOIN title w ON w.title_id = coalesce(t.series_id, t.title_id)
          GROUP BY w.title_id, w.name) v
        WHERE positive + negative >= ${least} ORDER BY positive + negative DESC, v.title_id LIMIT ${limit}`,
    )
    const rows = found.map(({ title_id, name, unsure, not_judged, ...row }) => {
      const [positive, negative] = [Number(row.positive), Number(row.negative)]
      return {
        ...{ titleId: title_id, name, favourable: positive / (positive + negative) },
        ...shareInterval(positive, positive + negative),
        ...{ positive, negative, unsure: Number(unsure), notJudged: Number(not_judged) },
      }
    })
    const noRows = {
      en: `No title has ${least} reviews that are called favourable or unfavourable.`,
      zh: `没有影片有至少 ${least} 条判为正面或负面的评论。`,
    }
    const byLexicon = found.some(({ by_lexicon }) => Number(by_lexicon) > 0)
    return { rows, notes: rows.length === 0 ? [noRows] : byLexicon ? [judgedByWords.lexicon] : [] }
  },
})
