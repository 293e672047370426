import { DuckdbEngine } from '../engine/duckdb.ts'
import { DataError } from '../errors.ts'
import { readTable } from '../ingest/read-table.ts'
import { type Label, type LabelRule, labelRule } from '../reviews/sentiment/labels.ts'

const openEngine = () => DuckdbEngine.open()

/** A row of a file of reviews: its line, undefined for Parquet, and the text of each column asked for. */
export interface ReviewRow<C extends string> {
  readonly line: number | undefined
  readonly values: Readonly<Record<C, string>>
}

/** The rows of `file` in batches, with the text of each of `columns`. @throws InputError, DataError naming file and line */
export async function* readReviews<C extends string>(
  file: string,
  columns: readonly C[],
  signal: AbortSignal,
): AsyncGenerator<ReviewRow<C>[]> {
  for await (const rows of readTable<C>(file, { required: [...new Set(columns)] }, openEngine)) {
    signal.throwIfAborted()
    yield rows as ReviewRow<C>[]
  }
}

/** The rule by which the labels in `column` of `file` are read. @throws InputError `labels-unknown` */
export async function labelRuleOf(
  file: string,
  column: string,
  best: number | undefined,
  signal: AbortSignal,
): Promise<LabelRule> {
  if (best !== undefined) return labelRule(new Map(), best)
  const counts = new Map<string, number>()
  for await (const rows of readReviews(file, [column], signal)) {
    for (const { values } of rows) {
      const value = values[column] ?? ''
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  return labelRule(counts)
}

/** What `rule` says of a label. @throws DataError `label-unknown`, naming the line */
export function readLabel(rule: LabelRule, value: string, file: string, line: number | undefined): Label {
  const label = rule.read(value)
  if (label !== undefined) return label
  throw new DataError(
    {
      en: `The label “${value}” is not like the others. ${rule.text.en}`,
      zh: `标签“${value}”与其他标签不一致。${rule.text.zh}`,
    },
    {
      ...{ code: 'label-unknown', value, file, ...(line === undefined ? {} : { line }) },
      advice: { en: 'Correct it, or leave the line out.', zh: '请更正，或删除该行。' },
    },
  )
}
