import { availableParallelism, totalmem } from 'node:os'
import { z } from 'zod'
import { DuckdbEngine } from '../engine/duckdb.ts'
import { DataError, InputError } from '../errors.ts'
import { readTable } from '../ingest/read-table.ts'
import { about, note, question } from '../question.ts'
import { singleAlgorithms } from '../recommend/algorithm/single.ts'
import { evaluateModels, type ListMetric, listMetrics } from '../recommend/evaluation/evaluate-models.ts'
import type { Split } from '../recommend/evaluation/held-out.ts'
import { Numbering, type Pair, PairMatrix } from '../recommend/evaluation/number-pairs.ts'

const names = [...Object.keys(singleAlgorithms), 'auto'] as const

/** Share of the machine's memory that a training may take. */
const memoryShare = 0.6

const wholeNumber = (en: string, zh: string) => z.int().meta(about(en, zh))

/** A mean and its 95 % interval, as columns of a table. */
const estimated = (name: ListMetric, en: string, zh: string, short: { en: string; zh: string }) => ({
  [name]: z
    .number()
    .nullable()
    .meta(about(en, zh, { short })),
  [`${name}Low`]: z
    .number()
    .nullable()
    .meta(about(`${en}: lower end of the 95 % interval`, `${zh}：95% 区间下限`, { detail: true })),
  [`${name}High`]: z
    .number()
    .nullable()
    .meta(about(`${en}: upper end of the 95 % interval`, `${zh}：95% 区间上限`, { detail: true })),
})

const result = z.object({
  viewers: wholeNumber('Viewers learned from', '学习所用观众数'),
  titles: wholeNumber('Titles', '影片数'),
  plays: wholeNumber('Plays learned from', '学习所用播放数'),
  testViewers: wholeNumber('Viewers judged', '评估的观众数'),
  rows: z
    .array(
      z.object({
        model: z.string().meta(about('Model', '模型', { as: 'code' })),
        ...estimated('ndcg100', 'nDCG@100', '排序质量 nDCG@100', { en: 'nDCG@100', zh: '排序@100' }),
        ...estimated('recall20', 'Recall@20', '召回率 Recall@20', { en: 'Recall@20', zh: '召回@20' }),
        ...estimated('recall50', 'Recall@50', '召回率 Recall@50', { en: 'Recall@50', zh: '召回@50' }),
        ...estimated('reciprocalRank', 'Mean reciprocal rank of the first hit', '首个命中的平均倒数排名', {
          en: 'MRR',
          zh: '首中倒数',
        }),
        coverage: z.number().meta(
          about('Titles that are among the first 20 of anybody', '进入任一前 20 名的影片占比', {
            unit: 'share',
            short: { en: 'Coverage', zh: '覆盖率' },
          }),
        ),
        ...estimated('novelty', 'Novelty of the first 20, in bits', '前 20 名的新颖度（比特）', {
          en: 'Novelty',
          zh: '新颖度',
        }),
        ...estimated('diversity', 'Diversity within the first 20', '前 20 名的列表内多样性', {
          en: 'Diversity',
          zh: '多样性',
        }),
        ...estimated(
          'popularityLift',
          'Plays of the first 20 to those of the titles told',
          '前 20 名与已知影片的热度之比',
          {
            en: 'Popularity',
            zh: '热度比',
          },
        ),
        trainSeconds: z.number().meta(about('Time to train once', '训练一次用时', { unit: 'seconds', detail: true })),
        listsPerSecond: z.number().meta(about('Lists judged in a second', '每秒评估的列表数', { detail: true })),
        validationNdcg100: z
          .number()
          .nullable()
          .meta(about('nDCG@100 that the settings were chosen by', '选择设置所依据的 nDCG@100', { detail: true })),
        settingsTried: wholeNumber('Settings tried', '尝试的设置数').meta({ detail: true }),
        settings: z.string().meta(about('Settings', '设置', { as: 'code', detail: true })),
      }),
    )
    .meta(about('Models, best first', '模型，由好到差')),
  comparisons: z
    .array(
      z.object({
        best: z.string().meta(about('Model', '模型', { as: 'code' })),
        other: z.string().meta(about('Against', '对比', { as: 'code' })),
        difference: z
          .number()
          .meta(about('Difference in nDCG@100', 'nDCG@100 之差', { short: { en: 'Difference', zh: '差' } })),
        low: z.number().meta(about('Low (95 %)', '下限（95%）')),
        high: z.number().meta(about('High (95 %)', '上限（95%）')),
        pValue: z.number().meta(about('p', 'p 值')),
      }),
    )
    .meta(about('The best model against each other one, viewer by viewer', '最佳模型与其余模型逐观众比较')),
  notes: z.array(note),
})

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

interface Files {
  readonly train: string
  readonly foldIn: string
  readonly target: string
}

/** Plays of three files as matrices over the titles of the first; counts of what could not be used. */
async function readSplit({ train, foldIn, target }: Files, signal: AbortSignal) {
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
  return { split, unused }
}

type Notes = z.output<typeof note>[]

function notesOn({ unknownTargets, unknownTold, learnedFrom }: Awaited<ReturnType<typeof readSplit>>['unused']): Notes {
  const told = (count: number, en: string, zh: string): Notes => (count === 0 ? [] : [{ en, zh }])
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

const orNull = (value: number) => (Number.isNaN(value) ? null : value)

/** How well recommendations guess what viewers watched whom nothing was learned from. @throws InputError, DataError, ModelError. */
export const recommendEvaluate = question({
  name: 'recommend evaluate',
  summary: {
    en: 'How well each model guesses what viewers watched, on files of your own',
    zh: '用自有文件评估各推荐模型的预测效果',
  },
  examples: [
    'marquee recommend evaluate --train train.csv --fold-in fold_in.csv --target target.csv',
    'marquee recommend evaluate --train train.csv --fold-in fold_in.csv --target target.csv --model auto ease --json',
  ],
  parameters: z.object({
    train: z
      .string()
      .meta(
        about(
          'File of plays to learn from: columns user_id, item_id and, if there is one, weight',
          '用于学习的播放文件：列 user_id、item_id，可另有 weight',
        ),
      ),
    foldIn: z.string().meta(about('File of what is told of the viewers to be judged', '待评估观众的已知播放文件')),
    target: z.string().meta(about('File of what is to be guessed of them', '其待预测播放的文件')),
    model: z
      .array(z.enum(names))
      .default([...names])
      .meta(about('Models to judge', '要评估的模型')),
    seed: z.coerce.number().int().min(0).default(1).meta(about('Seed of all that is random', '随机种子')),
    threads: z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .meta(about('Threads; one a core unless set', '线程数，默认每核一个')),
  }),
  result,
  async ask({ signal, progress }, { train, foldIn, target, model, seed, threads }) {
    progress.step({ en: 'Reading', zh: '读取' })
    const { split, unused } = await readSplit({ train, foldIn, target }, signal)
    const run = {
      ...{ seed, signal, threads: threads ?? availableParallelism() },
      memoryBytes: memoryShare * totalmem(),
    }
    const { models, comparisons, leftOut, why } = await evaluateModels(split, model, run, (step) => progress.step(step))
    const { interactions } = split.train
    return {
      viewers: interactions.rows,
      titles: interactions.columns,
      plays: interactions.index.length,
      testViewers: split.heldOut.target.rows,
      rows: models.map(({ name, candidate, estimates, coverage, trainSeconds, listsPerSecond }) => {
        const columns = listMetrics.flatMap((metric) => {
          const { mean, low, high } = estimates[metric]
          return [
            [metric, orNull(mean)],
            [`${metric}Low`, orNull(low)],
            [`${metric}High`, orNull(high)],
          ]
        })
        return {
          ...(Object.fromEntries(columns) as Record<ListMetric, number | null>),
          ...{ model: name, coverage, trainSeconds, listsPerSecond },
          ...{ validationNdcg100: candidate.ndcg100, settingsTried: candidate.tried },
          settings: JSON.stringify(candidate.settings),
        }
      }),
      comparisons: comparisons.map(({ best, other, difference: { mean, low, high, pValue } }) => ({
        ...{ best, other, difference: mean, low, high, pValue },
      })),
      notes: [
        ...(why ? [{ en: `auto: ${why.en}`, zh: `auto：${why.zh}` }] : []),
        ...leftOut.map(({ algorithm, why: { en, zh } }) => ({
          en: `${algorithm} is left out: ${en}`,
          zh: `略去 ${algorithm}：${zh}`,
        })),
        ...notesOn(unused),
      ],
    }
  },
})
