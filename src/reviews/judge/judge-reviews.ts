import { access, type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine, Row, Value } from '../../engine/engine.ts'
import { sql } from '../../engine/sql.ts'
import { csvLine } from '../../export/csv.ts'
import { mapAtOnce } from '../../map-at-once.ts'
import type { Progress } from '../../progress.ts'
import { reviewPlace } from '../../warehouse/create-views.ts'
import { partRows } from '../../warehouse/part-rows.ts'
import { derivedColumns } from '../../warehouse/schema.ts'
import { derivedPath, type FactPart } from '../../warehouse/version.ts'
import type { Judge, ReviewRows } from './judge.ts'
import { JudgeThreads } from './judge-threads.ts'

/** What a thread is given at once, unless a single text is longer. */
const [textsAtOnce, charactersAtOnce] = [1000, 500_000]

export interface JudgingInput {
  readonly engine: Engine
  /** The `.marquee` folder. */
  readonly home: string
  /** The parts of reviews. */
  readonly parts: readonly FactPart[]
  readonly judges: readonly Judge[]
  /** As many as there are cores unless set. */
  readonly threads: number | undefined
  /** A folder for files between threads and engine, which the workers of a cluster see too. */
  readonly scratch: string
  readonly signal: AbortSignal
  readonly progress: Progress
}

interface Review extends Row {
  readonly review_index: number
  readonly title_ref: number | string | null
  readonly line: number
  readonly text: string | null
}

/**
 * Fills the derived tables of `judges`: reads every part of reviews that one of them has not judged yet, once, in batches, and writes a
 * file for each part and judge, whole or not at all. What is there stays.
 */
export async function judgeReviews(input: JudgingInput): Promise<void> {
  const { engine, home, parts, judges, progress } = input
  const open = await mapAtOnce(parts, engine.concurrency, async (part) => ({
    part,
    judges: await missing(judges, (judge) => join(home, derivedPath(part.id, judge.table, judge.key))),
  }))
  const work = open.filter((one) => one.judges.length > 0)
  if (work.length === 0) return
  progress.step({ en: 'Judging reviews', zh: '判断评论' })
  const threads = new JudgeThreads(input.threads)
  let judged = 0
  const onJudged = (reviews: number) => {
    judged += reviews
    progress.rows(judged)
  }
  try {
    await mapAtOnce(work, engine.concurrency, (one) => judgePart({ ...input, ...one, pool: threads, onJudged }))
  } finally {
    await threads.close()
  }
}

async function missing(judges: readonly Judge[], pathOf: (judge: Judge) => string): Promise<Judge[]> {
  const isThere = await Promise.all(
    judges.map((judge) =>
      access(pathOf(judge)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return judges.filter((_, index) => !isThere[index])
}

interface PartJudging extends JudgingInput {
  readonly part: FactPart
  readonly pool: JudgeThreads
  onJudged(reviews: number): void
}

async function judgePart(input: PartJudging): Promise<void> {
  const { engine, home, part, judges, scratch } = input
  const files = judges.map(({ table }) => join(scratch, `${part.id}.${table}.csv`))
  try {
    await writeFound(input, files)
    for (const [index, { table, key }] of judges.entries()) {
      const columns = [...reviewPlace, ...derivedColumns[table]]
      const names = columns.map(({ name }) => name)
      const file = { paths: [files[index] ?? ''], columns: names, delimiter: ',', quote: '"', header: false }
      const typed = columns.map(
        ({ name, type }) => sql`CAST(${sql.id(name)} AS ${{ text: type, values: [] }}) AS ${sql.id(name)}`,
      )
      const path = join(home, derivedPath(part.id, table, key))
      await engine.writeParquet(sql`SELECT ${sql.join(typed)} FROM ${engine.scanDelimited(file)}`, path)
    }
  } finally {
    for (const file of files) await rm(file, { force: true })
  }
}

/** Writes what each judge finds in the reviews of the part into the file of its place. */
async function writeFound(
  { engine, home, part, judges, pool, signal, onJudged }: PartJudging,
  paths: readonly string[],
) {
  const files: FileHandle[] = []
  try {
    for (const path of paths) files.push(await open(path, 'w', 0o600))
    const rows = partRows(engine, 'review', [part], ({ path }) => join(home, path))
    const reviews = engine.stream<Review>(
      sql`SELECT row_index AS review_index, title_ref, line, text FROM ${rows} WHERE reject_hash IS NULL`,
    )
    const waiting: { readonly batch: readonly Review[]; readonly found: ReturnType<JudgeThreads['judge']> }[] = []
    const writeFirst = async () => {
      const first = waiting.shift()
      if (!first) return
      const found = await first.found
      for (const [judge, file] of files.entries()) await file.write(linesOf(first.batch, found[judge] ?? []))
      onJudged(first.batch.length)
    }
    for await (const batch of inBatches(reviews)) {
      signal.throwIfAborted()
      const found = pool.judge(
        judges,
        batch.map(({ text, title_ref }) => ({
          text: text ?? '',
          titleRef: title_ref === null ? null : String(title_ref),
        })),
      )
      found.catch(() => undefined) // Thrown where it is awaited.
      waiting.push({ batch, found })
      if (waiting.length > 2 * pool.threads) await writeFirst()
    }
    while (waiting.length > 0) await writeFirst()
  } finally {
    for (const file of files) await file.close()
  }
}

async function* inBatches(reviews: AsyncIterable<readonly Review[]>): AsyncGenerator<Review[]> {
  let [batch, characters]: [Review[], number] = [[], 0]
  for await (const some of reviews) {
    for (const review of some) {
      batch.push(review)
      characters += review.text?.length ?? 0
      if (batch.length < textsAtOnce && characters < charactersAtOnce) continue
      yield batch
      batch = []
      characters = 0
    }
  }
  if (batch.length > 0) yield batch
}

function linesOf(batch: readonly Review[], found: readonly ReviewRows[]): string {
  return batch
    .flatMap(({ review_index, title_ref, line }, index) =>
      (found[index] ?? []).map((row: readonly Value[]) => csvLine([review_index, title_ref, line, ...row])),
    )
    .join('')
}
