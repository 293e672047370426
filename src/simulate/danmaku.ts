import type { Random } from '../kernels/random.ts'
import type { Work } from './catalogue.ts'
import { formatLocal } from './local-time.ts'
import { qingfeng } from './sources.ts'

/** A stretch of the first episode of a series that many comment on. */
export interface PlantedMoment {
  readonly work: Work
  readonly startSeconds: number
  readonly endSeconds: number
  /** What they say. */
  readonly text: string
}

const shouts = ['哈哈哈哈', '前方高能', '这里好感人', '配乐绝了', '节奏有点慢', '第二遍来看']
const cries = ['名场面打卡', '反转来了', '演技炸裂', '眼泪止不住', '神仙打架', '凶手露馅'] as const
/** Where moments lie, as shares of the runtime. */
const places = [
  [0.15, 0.4],
  [0.55, 0.85],
] as const
/** Of the comments, those on the most watched series, and of all of them those in moments. */
const shareOfFirst = 0.5
const shareInMoments = 0.3

/** Two moments of 20 to 60 seconds in the first episode of each of `series`. */
export function plantMoments(series: readonly Work[], random: Random): PlantedMoment[] {
  return series.flatMap((work) =>
    places.map(([from, to]) => {
      const runtime = work.units[0]?.runtimeSeconds ?? 0
      const startSeconds = Math.floor(runtime * (from + (to - from) * random.uniform()))
      const text = cries[random.integer(cries.length)] ?? cries[0]
      return { work, startSeconds, endSeconds: startSeconds + 20 + random.integer(41), text }
    }),
  )
}

/** Timed comments on the first episodes of `series`, half of them on the one that is watched most: sender, title, second, text and time. */
export function* danmakuLines(
  series: readonly Work[],
  moments: readonly PlantedMoment[],
  { count, senders, moment }: { count: number; senders: readonly number[]; moment: () => number },
  random: Random,
): Iterable<(string | number)[]> {
  const pick = <T>(list: readonly T[]): T | undefined => list[random.integer(list.length)]
  const [first] = [...series].sort((a, b) => b.weight - a.weight)
  for (let index = 0; index < count; index++) {
    const work = random.uniform() < shareOfFirst ? first : pick(series)
    const unit = work?.units[0]
    const sender = pick(senders)
    if (work === undefined || unit === undefined || sender === undefined) return
    const own = moments.filter((planted) => planted.work === work)
    const planted = random.uniform() < shareInMoments ? pick(own) : undefined
    const second = planted
      ? planted.startSeconds + random.integer(planted.endSeconds - planted.startSeconds)
      : random.integer(unit.runtimeSeconds)
    const title = qingfeng.forms(work, unit)[0] ?? ''
    const text = planted?.text ?? pick(shouts) ?? ''
    yield [qingfeng.viewerId(sender), title, second, text, formatLocal(moment(), 28_800, ' ')]
  }
}
