import { z } from 'zod'
import { InputError } from '../../errors.ts'
import { about } from '../../question.ts'
import { type Ranking, rankingOf } from '../list-titles.ts'
import type { Contribution, History } from '../recommender.ts'
import type { ServedModel } from '../served-model.ts'
import { FinishScorer } from './finish-model.ts'
import { titleAspects } from './measures.ts'
import { dayPartOf, deviceKey } from './play-context.ts'

/** Parameters that say what a list is ordered by, and at which moment it is asked for. */
export const momentParameters = {
  by: z
    .enum(['score', 'finish'])
    .default('score')
    .meta(
      about(
        'Order: by what suits the viewer, or by the probability that it is played next and watched to the end',
        '排序：按契合度，或按接下来播放并看完的概率',
      ),
    ),
  device: z.string().optional().meta(about('Device that the list is for', '列表所在的设备')),
  hour: z.int().min(0).max(23).optional().meta(about('Hour of the day in UTC', '一天中的时刻（UTC）')),
}

/** What is known of the moment of a request. */
export interface Moment {
  readonly device: string | undefined
  readonly hour: number | undefined
  readonly source: string | undefined
  readonly recencyDays: number | null
}

/** What a list for one viewer is ordered by. */
export interface Ranker extends Ranking {
  /** Parts that sum to the score of `title`. */
  explain(title: number): Contribution[]
}

function requireKnown(device: string, known: readonly string[]): string {
  const key = deviceKey(device)
  if (known.includes(key)) return key
  throw new InputError(
    { en: `The plays learned from name no device ${device}.`, zh: `学习所用的播放中没有设备 ${device}。` },
    {
      ...{ code: 'unknown-device', value: device },
      advice: {
        en: `They name ${known.join(', ') || 'none'}.`,
        zh: known.length === 0 ? '其中没有任何设备。' : `其中有：${known.join('、')}。`,
      },
    },
  )
}

/**
 * Orders by the score of `served` after `history`, or by the finish probability at `moment`.
 * @throws InputError `no-finish-probability` where `served` has none, `unknown-device`
 */
export function rankerBy(by: 'score' | 'finish', served: ServedModel, history: History, moment: Moment): Ranker {
  const { model, finish, works } = served
  if (by === 'score') {
    return { ...rankingOf(model, history), explain: (title) => model.explain(history, title) }
  }
  if (!finish) {
    throw new InputError(
      { en: 'This model has no finish probability.', zh: '该模型没有看完概率。' },
      {
        code: 'no-finish-probability',
        advice: {
          en: 'Train again with plays that have a start; `marquee recommend train` says what it takes.',
          zh: '请用带开始时间的播放记录重新训练；marquee recommend train 会说明所需条件。',
        },
      },
    )
  }
  const { device, hour, source, recencyDays } = moment
  const context = {
    at: finish.newestAt,
    ...(device === undefined ? {} : { device: requireKnown(device, finish.known('device')) }),
    ...(hour === undefined ? {} : { dayPart: dayPartOf(hour) }),
    ...(source !== undefined && finish.known('source').includes(source) ? { source } : {}),
    ...(recencyDays === null ? {} : { recencyDays }),
  }
  const scorer = new FinishScorer(finish.unit, titleAspects(works, finish.popularity), model, history)
  return {
    score: (scores) => scorer.score(context, scores),
    explain: (title) => scorer.explain(context, title),
  }
}
