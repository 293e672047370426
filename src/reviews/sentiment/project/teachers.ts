import type { Engine, Row } from '../../../engine/engine.ts'
import { sql } from '../../../engine/sql.ts'
import { type LabelRule, labelRule } from '../labels.ts'
import { LabelledGrams } from '../linear/labelled-grams.ts'

/** Fewer favourable or unfavourable reviews teach nothing. */
export const leastOfEach = 200
/** Of more reviews a sample is learned from. */
const mostReviews = 50_000
/** Values of a label column that are looked at; more are no labels. */
const mostValues = 10_000
/** Texts are sampled by the first 32 bits of their hash. */
const hashes = 2 ** 32

/** A source of reviews that say themselves whether they are favourable. */
export interface Teacher {
  readonly source: string
  readonly column: 'label' | 'rating'
  readonly rule: LabelRule
  /** Reviews that are unfavourable, and favourable. */
  readonly outcomes: readonly [number, number]
}

function teacherOf(source: string, column: Teacher['column'], counts: ReadonlyMap<string, number>): Teacher[] {
  let rule: LabelRule
  try {
    rule = labelRule(counts)
  } catch {
    return [] // Values that no rule knows are no labels.
  }
  const outcomes: [number, number] = [0, 0]
  for (const [value, count] of counts) {
    const label = rule.read(value)
    if (label === 0 || label === 1) outcomes[label] += count
  }
  // Of one kind alone, reviews teach what tells their source from others.
  return outcomes.includes(0) ? [] : [{ source, column, rule, outcomes }]
}

/** The sources whose reviews, as the view `review` has them, teach sentiment: by their labels, else by their marks. */
export async function findTeachers(engine: Engine): Promise<Teacher[]> {
  const teachers = new Map<string, Teacher>()
  for (const column of ['label', 'rating'] as const) {
    const values = await engine.query<{ source: string; value: string | number; reviews: number }>(
      sql`SELECT source, ${sql.id(column)} AS value, count(*) AS reviews FROM review WHERE ${sql.id(column)} IS NOT NULL
        GROUP BY source, ${sql.id(column)} ORDER BY reviews DESC, source, value LIMIT ${mostValues}`,
    )
    for (const source of new Set(values.map((row) => row.source))) {
      if (teachers.has(source)) continue
      const own = values.filter((row) => row.source === source)
      const counts = new Map(own.map(({ value, reviews }) => [String(value), Number(reviews)]))
      for (const teacher of teacherOf(source, column, counts)) teachers.set(source, teacher)
    }
  }
  return [...teachers.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
}

interface Taught extends Row {
  readonly source: string
  readonly label: string | null
  readonly rating: number | null
  readonly text: string
}

/** The reviews of `teachers`, a sample of about `mostReviews` where there are more, in an order that is the same on all engines. */
export async function gatherTaught(
  engine: Engine,
  teachers: readonly Teacher[],
  signal: AbortSignal,
): Promise<LabelledGrams> {
  const all = teachers.reduce((sum, { outcomes }) => sum + outcomes[0] + outcomes[1], 0)
  const below = Math.round(Math.min(1, mostReviews / all) * hashes)
  const bySource = new Map(teachers.map((teacher) => [teacher.source, teacher]))
  const gathered = new LabelledGrams()
  const reviews = engine.stream<Taught>(
    sql`SELECT source, label, rating, text FROM review WHERE source IN ${sql.list([...bySource.keys()])}
      AND hex_number(left(md5(text), 8)) < ${below} ORDER BY md5(text), source, file, line`,
  )
  for await (const batch of reviews) {
    signal.throwIfAborted()
    for (const { source, text, ...values } of batch) {
      const teacher = bySource.get(source)
      const value = teacher && values[teacher.column]
      const label = value === null || value === undefined ? undefined : teacher?.rule.read(String(value))
      if (label === 0 || label === 1) gathered.add(text, label)
    }
  }
  return gathered
}
