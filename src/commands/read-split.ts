import { DuckdbEngine } from '../engine/duckdb.ts'
import { DataError, InputError } from '../errors.ts'
import { readTable } from '../ingest/read-table.ts'
import type { Split } from '../recommend/evaluation/held-out.ts'
import { Numbering, type Pair, PairMatrix } from '../recommend/evaluation/number-pairs.ts'
import type { Text } from '../text.ts'

/** The weight as written, 1 where there is none. @throws DataError `weight-not-positive` */
function weightOf(text: string | undefined, file: string, line: number | undefined): number {
  const weight = text === undefined ? 1 : Number(text)
  if (text?.trim() !== '' && weight > 0 && Number.isFinite(weight)) return weight
  throw new DataError(
    { en: `The weight ${text} is no number above 0.`, zh: `权重 ${text} 不是大于 0 的数。` },
    {
      ...{ code: 'weight-not-positive', value: text, file, ...(line === undefined ? {} : { line }) },
      advice: { en: 'Correct it, or leave the line out.', zh: '请更正，或删除该行。' },
    },
  )
}

/** Every pair of `file`. @throws InputError, DataError naming file and line. */
async function* readPairs(file: string, signal: AbortSignal): AsyncGenerator<Pair> {
  const columns = { required: ['user_id', 'item_id'], optional: ['weight'] } as const
  for await (const rows of readTable<'user_id' | 'item_id' | 'weight'>(file, columns, () => DuckdbEngine.open())) {
    signal.throwIfAborted()
    for (const { line, values } of rows) {
      const { user_id: user = '', item_id: item = '' } = values
      if (user !== '' && item !== '') {
        yield { user, item, weight: weightOf(values.weight, file, line) }
        continue
      }
      const column = user === '' ? 'user_id' : 'item_id'
      throw new DataError(
        { en: `A row has no ${column}.`, zh: `有一行缺少 ${column}。` },
        {
          ...{ code: 'id-missing', value: column, file, ...(line === undefined ? {} : { line }) },
          advice: { en: 'Fill it in, or leave the line out.', zh: '请补全，或删除该行。' },
        },
      )
    }
  }
}

/** Rows that could not be used, by why. */
interface Unused {
  readonly unknownTargets: number
  readonly unknownTold: number
  readonly learnedFrom: number
}

function notesOn({ unknownTargets, unknownTold, learnedFrom }: Unused): Text[] {
  const told = (count: number, en: string, zh: string): Text[] => (count === 0 ? [] : [{ en, zh }])
  return [
    ...told(
      unknownTargets,
      `${unknownTargets} rows to be guessed name titles that nobody watched in the training file; they are left out.`,
      `${unknownTargets} 行待预测的影片在训练文件中无人观看，已略去。`,
    ),
    ...told(
      unknownTold,
      `${unknownTold} rows of what is told name titles that nobody watched in the training file; they are left out.`,
      `${unknownTold} 行已知播放的影片在训练文件中无人观看，已略去。`,
    ),
    ...told(
      learnedFrom,
      `${learnedFrom} rows to be guessed are of viewers whom the models learned from, so that this is no test on new viewers.`,
      `${learnedFrom} 行待预测播放属于模型学习过的观众，因此不是对新观众的检验。`,
    ),
  ]
}

/** Files of plays: to learn from, told of the viewers to be judged, and to be guessed of them. */
export interface Files {
  readonly train: string
  readonly foldIn: string
  readonly target: string
}

/**
 * Plays of three files as matrices over the titles of the first, with notes on what could not be used.
 * @throws InputError `nothing-to-judge` and those of reading; DataError naming file and line
 */
export async function readSplit(
  { train, foldIn, target }: Files,
  signal: AbortSignal,
): Promise<{ split: Split; notes: Text[] }> {
  const [learners, titles, judged] = [new Numbering(), new Numbering(), new Numbering()]
  const learned = new PairMatrix()
  for await (const { user, item, weight } of readPairs(train, signal)) {
    learned.add(learners.of(user), titles.of(item), weight)
  }
  const unused = { unknownTargets: 0, unknownTold: 0, learnedFrom: 0 }
  const wanted = new PairMatrix()
  for await (const { user, item, weight } of readPairs(target, signal)) {
    const title = titles.known(item)
    if (title === undefined) unused.unknownTargets += 1
    else wanted.add(judged.of(user), title, weight)
    if (learners.known(user) !== undefined) unused.learnedFrom += 1
  }
  const told = new PairMatrix()
  for await (const { user, item, weight } of readPairs(foldIn, signal)) {
    const [viewer, title] = [judged.known(user), titles.known(item)]
    if (title === undefined) unused.unknownTold += 1
    else if (viewer !== undefined) told.add(viewer, title, weight)
  }
  if (judged.count === 0) {
    throw new InputError(
      { en: `No row of ${target} names a title of ${train}.`, zh: `${target} 中没有任何 ${train} 内的影片。` },
      {
        ...{ code: 'nothing-to-judge', file: target },
        advice: { en: 'Check that both use the same ids.', zh: '请检查两个文件是否使用相同的编号。' },
      },
    )
  }
  const split: Split = {
    train: { interactions: learned.matrix(learners.count, titles.count) },
    heldOut: {
      foldIn: told.matrix(judged.count, titles.count),
      target: wanted.matrix(judged.count, titles.count),
    },
  }
  return { split, notes: notesOn(unused) }
}
