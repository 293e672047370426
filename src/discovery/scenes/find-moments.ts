import { setImmediate } from 'node:timers/promises'
import { adjustForDiscoveries } from '../../kernels/statistics/benjamini-hochberg.ts'
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

function momentsOf({ titleId, bins, completed }: SearchedTitle, reaction: Reaction, falseDiscoveries: number) {
  const { from, events } = eventsOf(reaction, bins, completed)
  const { peaks, windows } = scanPeaks(events, falseDiscoveries)
  const moments = peaks.map((peak) => ({
    titleId,
    reaction,
    startSeconds: (from + peak.start) * binSeconds,
    endSeconds: (from + peak.end) * binSeconds,
    viewers: events.areRanges ? Math.max(...events.counts.subarray(peak.start, peak.end)) : peak.count,
    peak,
    pValue: Math.exp(peak.logP),
  }))
  return { moments, windows }
}

/**
 * The moments of `titles` at a false discovery rate among all of them, by title and place. Titles are looked at one after the other.
 * @throws the reason of `signal` once it is aborted
 */
export async function findMoments(
  titles: readonly SearchedTitle[],
  wanted: readonly Reaction[],
  falseDiscoveries: number,
  signal: AbortSignal,
): Promise<FoundMoment[]> {
  const found: Omit<FoundMoment, 'qValue'>[] = []
  let windows = 0
  for (const title of titles) {
    await setImmediate()
    signal.throwIfAborted()
    const scans = wanted.map((reaction) => momentsOf(title, reaction, falseDiscoveries))
    found.push(...scans.flatMap(({ moments }) => moments).sort((a, b) => a.startSeconds - b.startSeconds))
    for (const scan of scans) windows += scan.windows
  }
  const qValues = adjustForDiscoveries(
    found.map(({ pValue }) => pValue),
    windows,
  )
  return found
    .map((moment, index) => ({ ...moment, qValue: qValues[index] ?? 1 }))
    .filter(({ qValue }) => qValue <= falseDiscoveries)
}
