import { z } from 'zod'
import type { Engine, Row } from '../../engine/engine.ts'
import { quoteAround } from '../../privacy/quote-around.ts'
import { about, question } from '../../question.ts'
import { resolveTitle } from '../../warehouse/resolve-title.ts'
import { type ReviewFlag, reviewFlags } from '../../warehouse/review-flags.ts'
import {
  burstRow,
  type Checked,
  copyRow,
  effectRows,
  flagRows,
  flagsOfAll,
  isLeftOut,
  reasonRows,
  titleRows,
  variantOf,
} from './check-rows.ts'
import { findEvidence } from './find-evidence.ts'
import { notesOf } from './notes.ts'
import { textsStatement, titlesStatement } from './query.ts'
import { readReviews } from './read-reviews.ts'
import { checkResult } from './result.ts'
import type { Review } from './review.ts'
import { usualFalseDiscoveries } from './write-flags.ts'

/** What is left out where neither question nor project says it. */
const usual: readonly ReviewFlag[] = ['near-duplicate', 'organised']
/** Characters of a quote. */
const longestQuote = 200

const keyOf = ({ source, file, line }: Pick<Review, 'source' | 'file' | 'line'>) =>
  JSON.stringify([source, file, Number(line)])

/** The beginnings of the texts of `reviews`, without what may be somebody's. */
async function readQuotes(engine: Engine, reviews: readonly Review[]): Promise<Map<string, string>> {
  if (reviews.length === 0) return new Map()
  const rows = await engine.query<Row & { source: string; file: string; line: number; text: string | null }>(
    textsStatement(reviews),
  )
  return new Map(rows.map((row) => [keyOf(row), quoteAround(row.text ?? '', '', longestQuote)]))
}

/** `marquee reviews check`: reviews that may not speak for a viewer of their own. */
export const reviewsCheck = question({
  name: 'reviews check',
  summary: {
    en: 'Copied reviews, bursts and what resembles paid reviews; what leaving them out changes',
    zh: '查找雷同、突发与疑似水军的评论，并说明剔除后的变化',
  },
  examples: [
    'marquee reviews check',
    'marquee reviews check "High Crimes" --leave-out organised',
    'marquee reviews check --limit 1000 --json',
  ],
  parameters: z.object({
    title: z
      .string()
      .optional()
      .meta(about('Only this film, series or episode', '仅此影片、剧集或单集', { position: 0 })),
    source: z.string().optional().meta(about('Only reviews of this source', '仅此来源的评论')),
    leaveOut: z
      .array(z.enum(reviewFlags))
      .optional()
      .meta(
        about(
          'Reasons to leave a review out; unless set, reviews.leaveOut of marquee.yaml, else near-duplicate and organised',
          '剔除的原因，默认取 marquee.yaml 的 reviews.leaveOut，再默认为 near-duplicate 与 organised',
        ),
      ),
    falseDiscoveries: z
      .number()
      .gt(0)
      .max(0.5)
      .default(usualFalseDiscoveries)
      .meta(about('Share of the bursts that may be chance', '突发允许的错误发现率', { unit: 'share' })),
    limit: z.int().positive().default(20).meta(about('Rows of each list at most', '各表最多行数')),
  }),
  result: checkResult,
  async ask(context, { title: name, source, leaveOut, falseDiscoveries, limit }) {
    const { engine } = await context.warehouse()
    const { reviews: settings } = await context.settings()
    const titleId = name === undefined ? undefined : (await resolveTitle(engine, name)).titleId
    const titles = await engine.query<Row & { title_id: string; name: string; is_asked: boolean }>(
      titlesStatement(titleId),
    )
    const asked = new Set(titles.filter((row) => row.is_asked).map((row) => row.title_id))
    context.progress.step({ en: 'Comparing reviews', zh: '比较评论' })
    const read = await readReviews(engine, source, context.signal)
    const findings = findEvidence(read, falseDiscoveries)
    const checked: Checked = {
      reviews: read.reviews.filter(({ titleId: id }) => asked.has(id)),
      names: new Map(titles.map((row) => [row.title_id, row.name])),
      findings,
      flags: flagsOfAll(findings),
      leaveOut: leaveOut ?? (settings.leaveOut.length > 0 ? settings.leaveOut : usual),
    }
    const flagged = checked.reviews.filter((review) => checked.flags.has(review))
    const copies = findings.copies
      .filter(({ reviews }) => reviews.some(({ titleId: id }) => asked.has(id)))
      .slice(0, limit)
    const quotes = await readQuotes(
      engine,
      copies.flatMap((copied) => [copied.reviews[0], variantOf(copied)].flatMap((review) => review ?? [])),
    )
    const effects = effectRows(checked)
    return {
      reviews: checked.reviews.length,
      flagged: flagged.length,
      leftOut: checked.reviews.filter((review) => isLeftOut(checked, review)).length,
      leaveOut: [...checked.leaveOut],
      reasons: reasonRows(checked),
      titles: titleRows(checked).slice(0, limit),
      ratings: effects.ratings.slice(0, limit),
      favourable: effects.favourable.slice(0, limit),
      copies: copies.map((copied) => copyRow(checked, copied, (review) => review && quotes.get(keyOf(review)))),
      bursts: findings.bursts
        .filter(({ titleId: id }) => asked.has(id))
        .slice(0, limit)
        .map((burst) => burstRow(checked, burst)),
      flags: flagRows(checked, flagged.slice(0, limit)),
      notes: notesOf(checked, read.notCompared, limit),
    }
  },
})
