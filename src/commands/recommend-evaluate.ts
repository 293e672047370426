import { z } from 'zod'
import { InputError } from '../errors.ts'
import { about, type Context, question } from '../question.ts'
import { singleAlgorithms } from '../recommend/algorithm/single.ts'
import type { Work } from '../recommend/catalogue.ts'
import { answerEvaluation } from '../recommend/evaluation/answer-evaluation.ts'
import { evaluateModels } from '../recommend/evaluation/evaluate-models.ts'
import { evaluationResult } from '../recommend/evaluation/evaluation-result.ts'
import type { Split } from '../recommend/evaluation/held-out.ts'
import { type SplitName, splitPlays, splits } from '../recommend/evaluation/split-plays.ts'
import type { Weighing } from '../recommend/query.ts'
import { halfLifeParameter, weighingOf } from '../recommend/train.ts'
import { readTrainingSet, runOn } from '../recommend/train-served-model.ts'
import type { Text } from '../text.ts'
import { type Files, readSplit } from './read-split.ts'

const names = [...Object.keys(singleAlgorithms), 'auto'] as const

/** What is judged on, with notes on what could not be used. */
interface Plays {
  readonly split: Split
  readonly notes: readonly Text[]
  /** What is known of each title; undefined for files. */
  readonly works?: readonly Work[]
}

/** Undefined where none is given. @throws InputError `file-missing` where some are. */
function filesOf({ train, foldIn, target }: { [file in keyof Files]: string | undefined }): Files | undefined {
  if (train !== undefined && foldIn !== undefined && target !== undefined) return { train, foldIn, target }
  const files = Object.entries({ '--train': train, '--fold-in': foldIn, '--target': target })
  const missing = files.flatMap(([flag, file]) => (file === undefined ? [flag] : []))
  if (missing.length === files.length) return undefined
  throw new InputError(
    { en: `${missing.join(' and ')} is missing.`, zh: `缺少 ${missing.join('、')}。` },
    {
      ...{ code: 'file-missing', value: missing.join(' ') },
      advice: {
        en: 'Name all three files, or none to judge on the plays of the project.',
        zh: '请给出全部三个文件；都不给则用项目自身的播放评估。',
      },
    },
  )
}

/** @throws InputError `parameter-unused` */
function requireNone(parameters: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(parameters).filter((flag) => parameters[flag] !== undefined)
  if (given.length === 0) return
  throw new InputError(
    {
      en: `${given.join(' and ')} cannot be used with files: they are cut already, and say themselves how much a play counts.`,
      zh: `给出文件时不能使用 ${given.join('、')}：文件已经切分，并自带播放的权重。`,
    },
    {
      ...{ code: 'parameter-unused', value: given.join(' ') },
      advice: {
        en: 'Leave it out, or leave out the files to judge on the plays of the project.',
        zh: '请去掉该参数；或去掉文件，改用项目自身的播放评估。',
      },
    },
  )
}

async function splitProject(context: Context, weighing: Weighing, by: SplitName, seed: number): Promise<Plays> {
  const { works, set, isTimed } = await readTrainingSet(context, weighing)
  const split = splitPlays(set, isTimed, by, seed)
  if (by === 'viewers') return { split, works, notes: [] }
  const untimed = isTimed.reduce((count, timed) => count + 1 - timed, 0)
  return {
    ...{ split, works },
    notes: [
      {
        en: 'The models learned from the viewers judged too, from what they watched before.',
        zh: '模型也学习了被评估观众此前的观看。',
      },
      ...(untimed === 0
        ? []
        : [
            {
              en: `${untimed} pairs of viewer and title have no time; they are left out.`,
              zh: `${untimed} 个“观众×影片”配对没有时间，已略去。`,
            },
          ]),
    ],
  }
}

const file = (en: string, zh: string) => z.string().optional().meta(about(en, zh))

/** How well recommendations guess what viewers watched. @throws InputError, DataError, ModelError. */
export const recommendEvaluate = question({
  name: 'recommend evaluate',
  summary: {
    en: 'How well each model guesses what viewers watched, and what its lists give room to',
    zh: '各推荐模型的预测效果、推荐列表的曝光与冷启动表现',
  },
  examples: [
    'marquee recommend evaluate',
    'marquee recommend evaluate --split time --model popularity item-based',
    'marquee recommend evaluate --train train.csv --fold-in fold_in.csv --target target.csv',
    'marquee recommend evaluate --train train.csv --fold-in fold_in.csv --target target.csv --model auto ease --json',
  ],
  parameters: z.object({
    split: z
      .enum(splits)
      .optional()
      .meta(
        about(
          "What is to be guessed of the project's plays: a fifth of those of viewers held out (viewers, the default), or the newest fifth of all",
          '项目播放中待预测的部分：viewers（默认）为留出观众的五分之一，time 为全部播放中最新的五分之一',
        ),
      ),
    halfLifeDays: halfLifeParameter,
    train: file(
      'File of plays to learn from, instead of those of the project: columns user_id, item_id and, if there is one, weight',
      '用于学习的播放文件，代替项目自身的播放：列 user_id、item_id，可另有 weight',
    ),
    foldIn: file('File of what is told of the viewers to be judged', '待评估观众的已知播放文件'),
    target: file('File of what is to be guessed of them', '其待预测播放的文件'),
    model: z
      .array(z.enum(names))
      .default([...names])
      .meta(about('Models to judge', '要评估的模型')),
    seed: z.int().min(0).default(1).meta(about('Seed of all that is random', '随机种子')),
    threads: z.int().min(1).optional().meta(about('Threads; one a core unless set', '线程数，默认每核一个')),
  }),
  result: evaluationResult,
  async ask(context, { split: by, halfLifeDays, train, foldIn, target, model, seed, threads }) {
    const { progress, signal } = context
    const files = filesOf({ train, foldIn, target })
    if (files) {
      requireNone({ '--split': by, '--half-life-days': halfLifeDays })
      progress.step({ en: 'Reading', zh: '读取' })
    }
    const { split, works, notes }: Plays = files
      ? await readSplit(files, signal)
      : await splitProject(context, weighingOf(halfLifeDays), by ?? 'viewers', seed)
    const evaluation = await evaluateModels(split, model, runOn(context, { seed, threads }), (step) =>
      progress.step(step),
    )
    const answer = answerEvaluation(split, evaluation, { works, seed })
    return { ...answer, notes: [...answer.notes, ...notes] }
  },
})
