import { z } from 'zod'
import type { Engine, Row } from '../engine/engine.ts'
import { shrink } from '../kernels/statistics/shrinkage.ts'
import { about } from '../question.ts'
import { ratingsStatement, type Subject } from './query.ts'

export const ratings = z.array(
  z.object({
    source: z
      .string()
      .meta(
        about('Source; scales differ between sources', '来源（量纲各异）', { short: { en: 'Source', zh: '来源' } }),
      ),
    name: z.string().nullable().meta(about('Name', '名称')),
    ratings: z.number().meta(about('Number of ratings', '评分数', { short: { en: 'Ratings', zh: '评分数' } })),
    meanRating: z.number().meta(about('Mean rating', '平均分')),
    shrunkRating: z.number().meta(
      about('Mean, shrunk to that of the source by the number of ratings', '收缩后的平均分', {
        short: { en: 'Shrunk mean', zh: '收缩后平均分' },
      }),
    ),
  }),
)

interface RatingRow extends Row {
  source: string
  name: string | null
  n: number
  total: number
  squares: number
}

/** For each source, the subjects with the highest shrunk mean rating, best first. */
export async function ratingLists(engine: Engine, subject: Subject, limit: number): Promise<z.output<typeof ratings>> {
  const rows = await engine.query<RatingRow>(ratingsStatement(subject))
  return [...new Set(rows.map((row) => row.source))].sort().flatMap((source) => {
    const own = rows.filter((row) => row.source === source)
    const count = own.reduce((sum, row) => sum + Number(row.n), 0)
    const within = own.reduce((sum, row) => sum + row.squares - row.total ** 2 / Number(row.n), 0)
    const variance = Math.max(within / Math.max(1, count - own.length), 1e-9)
    const means = own.map((row) => row.total / Number(row.n))
    const { values } = shrink(
      means,
      own.map((row) => variance / Number(row.n)),
    )
    return own
      .map((row, index) => ({
        source,
        name: row.name,
        ratings: Number(row.n),
        meanRating: means[index] ?? 0,
        shrunkRating: values[index]?.mean ?? 0,
      }))
      .sort((a, b) => b.shrunkRating - a.shrunkRating || b.ratings - a.ratings)
      .slice(0, limit)
  })
}
