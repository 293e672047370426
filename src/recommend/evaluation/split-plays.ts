import { InputError, ModelError } from '../../errors.ts'
import { keepEntries, type SparseMatrix, selectRows } from '../../kernels/matrices/sparse.ts'
import { Random, shuffled } from '../../kernels/random.ts'
import type { TrainingSet } from '../recommender.ts'
import { type HeldOut, type Split, splitByTime, splitByViewer } from './held-out.ts'

/** How plays are cut: viewers whom nothing is learned from, or what all viewers watched last. */
export const splits = ['viewers', 'time'] as const
export type SplitName = (typeof splits)[number]

/** Viewers judged at most: more narrow the intervals little. */
const mostViewers = 5000
/** Share of the plays that a cut in time leaves to be guessed. */
const newestShare = 0.2

/** A tenth, more where they are few, so that chance decides less. */
function judgedCount(viewers: number): number {
  return Math.min(mostViewers, Math.max(Math.ceil(viewers / 10), Math.min(250, Math.floor(viewers / 4))))
}

/** At most `mostViewers` of the viewers, drawn at random. */
function drawViewers({ foldIn, target }: HeldOut, random: Random): HeldOut {
  if (foldIn.rows <= mostViewers) return { foldIn, target }
  const rows = shuffled(foldIn.rows, random).subarray(0, mostViewers).sort()
  return { foldIn: selectRows(foldIn, rows), target: selectRows(target, rows) }
}

function cutInTime(set: TrainingSet, isTimed: Uint8Array, random: Random): Split | undefined {
  const { interactions, ageDays } = set
  if (!ageDays) {
    throw new InputError(
      {
        en: 'No play or rating has a time, so that there is none to cut at.',
        zh: '所有播放与评分均无时间，无法按时间切分。',
      },
      {
        ...{ code: 'times-unknown', value: 'time' },
        advice: { en: 'Choose --split viewers, or map a time.', zh: '请改用 --split viewers，或映射时间列。' },
      },
    )
  }
  const timed: SparseMatrix = keepEntries(interactions, (entry) => isTimed[entry] === 1)
  const ages = ageDays.filter((_, entry) => isTimed[entry] === 1)
  const split = splitByTime({ ...set, interactions: timed, ageDays: ages }, newestShare)
  return split && { ...split, heldOut: drawViewers(split.heldOut, random) }
}

/**
 * Cuts the plays of a project into what models learn from and what they have to guess: of a tenth of the viewers, whom nothing is learned
 * from, or the newest fifth of all plays. Plays without a time, 0 in `isTimed`, are in no cut in time. At most 5000 viewers are judged.
 * @throws InputError `times-unknown`; ModelError `nobody-held-out`
 */
export function splitPlays(set: TrainingSet, isTimed: Uint8Array, by: SplitName, seed: number): Split {
  const random = new Random(seed)
  const byViewer = () => splitByViewer(set, judgedCount(set.interactions.rows), 1, random)[0]
  const split = by === 'time' ? cutInTime(set, isTimed, random) : byViewer()
  if (split) return split
  const { rows: value } = set.interactions
  if (by === 'time') {
    throw new ModelError(
      {
        en: 'No viewer watched something both before the newest fifth of the plays and in it.',
        zh: '没有观众既有较早的播放，又有最新五分之一的播放。',
      },
      {
        ...{ code: 'nobody-held-out', value },
        advice: {
          en: 'Choose --split viewers, or add a longer time.',
          zh: '请改用 --split viewers，或添加更长时间的数据。',
        },
      },
    )
  }
  throw new ModelError(
    {
      en: 'It takes two viewers, one of them of five titles or more, to judge models; there are none.',
      zh: '评估模型至少需要两位观众，其中一位看过五部以上影片；目前没有。',
    },
    {
      ...{ code: 'nobody-held-out', value },
      advice: {
        en: 'Add viewings or ratings and build again, or choose --split time.',
        zh: '请添加播放或评分并重新构建，或改用 --split time。',
      },
    },
  )
}
