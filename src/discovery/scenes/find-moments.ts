import { adjustForDiscoveries } from '../../kernels/benjamini-hochberg.ts'
import { eventsOf, type Reaction, type TitleBins } from './bins.ts'
import { binSeconds, type Peak, scanPeaks } from './model.ts'

/** A place of a title that viewers react to. */
export interface FoundMoment {
  readonly titleId: string
  readonly reaction: Reaction
  readonly startSeconds: number
  readonly endSeconds: number
  /** Viewers: who reacted; where a reaction lasts, how many at most at once. */
  readonly viewers: number
  readonly peak: Peak
  readonly pValue: number
  /** False discovery rate among all moments of the answer. */
  readonly qValue: number
}

export interface SearchedTitle {
  readonly titleId: string
  readonly bins: TitleBins
  /** Seconds from which the title counts as seen to its end. */
  readonly completed: number
}

/** The moments of `titles` at a false discovery rate among all of them, by title and place. */
export function findMoments(
  titles: readonly SearchedTitle[],
  wanted: readonly Reaction[],
  falseDiscoveries: number,
): FoundMoment[] {
  let windows = 0
  const found = titles.flatMap(({ titleId, bins, completed }) => {
    const moments = wanted.flatMap((reaction) => {
      const { from, events } = eventsOf(reaction, bins, completed)
      const scan = scanPeaks(events, falseDiscoveries)
      windows += scan.windows
      return scan.peaks.map((peak) => {
        const inside = events.counts.subarray(peak.start, peak.end)
        return {
          titleId,
          reaction,
          startSeconds: (from + peak.start) * binSeconds,
          endSeconds: (from + peak.end) * binSeconds,
          viewers: events.areRanges ? Math.max(...inside) : peak.count,
          peak,
          pValue: Math.exp(peak.logP),
        }
      })
    })
    return moments.sort((a, b) => a.startSeconds - b.startSeconds)
  })
  const qValues = adjustForDiscoveries(
    found.map(({ pValue }) => pValue),
    windows,
  )
  return found
    .map((moment, index) => ({ ...moment, qValue: qValues[index] ?? 1 }))
    .filter(({ qValue }) => qValue <= falseDiscoveries)
}
