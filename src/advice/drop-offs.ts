import { type FoundMoment, findMoments } from '../discovery/scenes/find-moments.ts'
import { binSeconds } from '../discovery/scenes/model.ts'
import { readSaid } from '../discovery/scenes/read-said.ts'
import { readScenes, type Scene } from '../discovery/scenes/read-scenes.ts'
import { readTitles, type TitleWithBins } from '../discovery/scenes/read-titles.ts'
import type { Engine } from '../engine/engine.ts'
import type { Interval } from '../reviews/drivers/model.ts'
import type { ResolvedTitle } from '../warehouse/resolve-title.ts'

/** A place of a film or episode that viewers leave at. */
export interface DropOff {
  readonly titleId: string
  readonly name: string
  readonly startSeconds: number
  readonly endSeconds: number
  /** Viewers who leave there, and how many would if it were like its surroundings. */
  readonly leaving: number
  readonly expected: number
  /** Viewers whose place in the film, or in any episode of the series, is known. */
  readonly viewers: number
  /** Of plays of the title, how many more would be watched to the end. */
  readonly gain: Interval
  readonly moment: FoundMoment
}

const falseDiscoveries = 0.05
/** From the 90 % interval of a moment's strength to 95 %. */
const wider = 1.959963984540054 / 1.6448536269514722
/** What is said so long before viewers leave is why. */
const secondsBefore = 60

/** Where more viewers leave a film or the episodes of a series than around it, those that cost most completed plays first. */
export async function findDropOffs(
  engine: Engine,
  title: ResolvedTitle,
  completionShare: number,
  signal: AbortSignal,
): Promise<DropOff[]> {
  const titles = await readTitles(engine, title, { titleId: title.titleId })
  const searched = titles.map((one) => ({ ...one, completed: completedAt(one, completionShare) }))
  const found = await findMoments(searched, ['drop-offs'], falseDiscoveries, signal)
  const viewers = searched.reduce((sum, { bins }) => sum + bins.viewers, 0)
  return found
    .flatMap((moment) => {
      const own = searched.find(({ titleId }) => titleId === moment.titleId)
      return own ? [dropOffOf(moment, own, own.completed, viewers)] : []
    })
    .sort((a, b) => b.gain.value - a.gain.value)
}

function completedAt({ runtimeSeconds, bins }: TitleWithBins, completionShare: number): number {
  return completionShare * (runtimeSeconds ?? bins.present.length * binSeconds)
}

function dropOffOf(moment: FoundMoment, own: TitleWithBins, completed: number, viewers: number): DropOff {
  const { titleId, startSeconds, endSeconds, peak } = moment
  const { present, skipping } = own.bins
  const watching = (seconds: number) => {
    const bin = Math.min(present.length - 1, Math.floor(seconds / binSeconds))
    return (present[bin] ?? 0) + (skipping[bin] ?? 0)
  }
  const after = watching(endSeconds)
  const finishing = after > 0 ? Math.min(1, watching(completed - binSeconds) / after) : 0
  const gainAt = (ratio: number) => (peak.count * (1 - 1 / ratio) * finishing) / viewers
  return {
    ...{ titleId, name: own.name, startSeconds, endSeconds, viewers, moment },
    leaving: peak.count,
    expected: peak.expected,
    gain: {
      value: gainAt(peak.ratio),
      low: gainAt(peak.ratio * (peak.low / peak.ratio) ** wider),
      high: gainAt(peak.ratio * (peak.high / peak.ratio) ** wider),
    },
  }
}

/** What is known of a drop-off beside how many leave. */
export interface DropOffSurroundings {
  /** Words that are commoner in timed comments from a minute before it than elsewhere in the title. */
  readonly words: readonly string[]
  readonly scene: Scene | undefined
}

/** From where on to where comments tell of a drop-off. */
export const commentedRange = ({ startSeconds, endSeconds }: DropOff) => ({
  start: Math.max(0, startSeconds - secondsBefore),
  end: endSeconds,
})

/** What is said at each of `dropOffs`, and in which scene they are. */
export async function readSurroundings(
  engine: Engine,
  dropOffs: readonly DropOff[],
  titleId: string,
): Promise<Map<DropOff, DropOffSurroundings>> {
  const wide = dropOffs.map((dropOff) => ({ ...dropOff.moment, startSeconds: commentedRange(dropOff).start }))
  const said = await readSaid(engine, wide, { titleId })
  const scenes = await readScenes(
    engine,
    dropOffs.map(({ moment }) => moment),
    { titleId },
  )
  return new Map(
    dropOffs.map((dropOff, index) => {
      const moment = wide[index]
      const words = (moment && said.get(moment)?.words) ?? []
      return [dropOff, { words: words.map(({ word }) => word), scene: scenes.get(dropOff.moment) }]
    }),
  )
}
