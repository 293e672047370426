import type { Engine, Row } from '../../engine/engine.ts'
import { NearDuplicates } from '../../kernels/duplicates/near-duplicates.ts'
import { Random } from '../../kernels/random.ts'
import { markScale } from './mark-scale.ts'
import { highestMarks, reviewsStatement } from './query.ts'
import type { Review } from './review.ts'
import { TextShingles } from './text-shingles.ts'

/** Texts with fewer distinct pairs of words are as often alike by chance. */
const leastShingles = 12
const seed = 1

interface ReviewRow extends Row {
  title_id: string
  work_id: string
  viewer_id: string | null
  text: string | null
  rating: number | null
  label: string | null
  hour: number | null
  source: string
  file: string
  line: number
}

export interface ReadReviews {
  /** By source, file and line. */
  readonly reviews: readonly Review[]
  /** The distinct texts that are long enough to be compared. */
  readonly near: NearDuplicates
  /** Reviews whose text was one too many to be compared. */
  readonly notCompared: number
}

/** All reviews of the warehouse, their texts as numbers: a text itself is not kept. */
export async function readReviews(
  engine: Engine,
  source: string | undefined,
  signal: AbortSignal,
): Promise<ReadReviews> {
  const marks = await engine.query<Row & { source: string; highest: number | null }>(highestMarks(source))
  const scales = new Map(marks.map((row) => [row.source, markScale(row.highest ?? 0)]))
  const near = new NearDuplicates(new Random(seed))
  const shingles = new TextShingles()
  const numbers = new Map<number, number | null>()
  const names = new Map<string, string>()
  /** One copy of each id and name, however many rows have it. */
  const once = (text: string) => {
    const known = names.get(text)
    if (known === undefined) names.set(text, text)
    return known ?? text
  }
  const reviews: Review[] = []
  let notCompared = 0
  for await (const rows of engine.stream<ReviewRow>(reviewsStatement(source))) {
    signal.throwIfAborted()
    for (const row of rows) {
      const hashes = shingles.scan(row.text ?? '')
      const text = shingles.words === 0 ? null : shingles.identity
      let number = text === null ? null : numbers.get(text)
      if (number === undefined && text !== null) {
        const isLong = new Set(hashes).size >= leastShingles
        number = isLong ? near.add(hashes) : null
        numbers.set(text, number)
      }
      if (number === -1) notCompared++
      const { extreme = null, isFavourable = null } = scales.get(row.source)?.read(row.rating, row.label) ?? {}
      reviews.push({
        titleId: once(row.title_id),
        workId: once(row.work_id),
        viewerId: row.viewer_id === null ? null : once(row.viewer_id),
        hour: row.hour,
        rating: row.rating,
        extreme,
        isFavourable,
        text,
        near: number === undefined || number === -1 ? null : number,
        source: once(row.source),
        file: once(row.file),
        line: Number(row.line),
      })
    }
  }
  return { reviews, near, notCompared }
}
