import type { z } from 'zod'
import { ModelError } from '../errors.ts'
import { filledColumns } from '../kernels/matrices/sparse.ts'
import type { Algorithm, Recommender, TrainingRun, TrainingSet, TrainingShape } from './recommender.ts'

/** A training on fewer of both is over before other threads have started. */
const fewestEntries = 50_000
const fewestTitles = 1000

function requireWeights({ value }: TrainingSet['interactions']): void {
  if (value.length === 0) {
    throw new ModelError(
      { en: 'There is no play to learn from.', zh: '没有可供学习的播放记录。' },
      {
        code: 'training-data-empty',
        advice: {
          en: 'Add viewings and build again: marquee add, marquee build.',
          zh: '请先添加播放记录并构建：marquee add、marquee build。',
        },
      },
    )
  }
  let entry = 0
  while ((value[entry] as number) > 0 && (value[entry] as number) < Number.POSITIVE_INFINITY) entry += 1
  if (entry === value.length) return
  const wrong = value[entry] as number
  throw new ModelError(
    { en: `A play has the weight ${wrong}; weights are above 0.`, zh: `有播放记录的权重为 ${wrong}；权重须大于 0。` },
    { code: 'weight-not-positive', value: wrong, advice: { en: 'Leave it out.', zh: '请剔除该记录。' } },
  )
}

/** How large a training on `set` is. */
export function shapeOf({ interactions }: TrainingSet): TrainingShape {
  const { rows: viewers, columns: titles, index } = interactions
  return { viewers, titles, watched: filledColumns(interactions).length, entries: index.length }
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MB`

const asWritten = (settings: object) =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

/**
 * Trains `algorithm` on `set`.
 * @throws ModelError `training-data-empty` without any entry; `weight-not-positive`; `too-much-memory`, before more than
 * `run.memoryBytes` is taken, naming settings that would fit where there are some.
 */
export async function trainRecommender<S extends z.ZodObject>(
  algorithm: Algorithm<S>,
  set: TrainingSet,
  settings: z.output<S>,
  run: TrainingRun,
): Promise<Recommender> {
  run.signal.throwIfAborted()
  requireWeights(set.interactions)
  const shape = shapeOf(set)
  const { titles, entries } = shape
  const needed = algorithm.memoryBytes(shape, settings)
  if (needed > run.memoryBytes) {
    const fitting = algorithm.fitting(shape, settings, run.memoryBytes)
    throw new ModelError(
      {
        en: `${algorithm.name} of ${titles} titles needs ${megabytes(needed)}; ${megabytes(run.memoryBytes)} may be taken.`,
        zh: `${algorithm.name} 处理 ${titles} 部影片需要 ${megabytes(needed)} 内存；可用 ${megabytes(run.memoryBytes)}。`,
      },
      {
        code: 'too-much-memory',
        value: needed,
        advice: fitting
          ? { en: `These settings would fit: ${asWritten(fitting)}`, zh: `以下设置可行：${asWritten(fitting)}` }
          : { en: 'Allow more memory, or choose item-based.', zh: '请放宽内存限制，或改用 item-based。' },
      },
    )
  }
  const isSmall = entries < fewestEntries && titles < fewestTitles
  return await algorithm.train(set, settings, isSmall ? { ...run, threads: 1 } : run)
}
