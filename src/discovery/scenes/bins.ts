import type { Row } from '../../engine/engine.ts'
import type { BinnedEvents } from './baseline.ts'
import { binSeconds } from './model.ts'

export interface CommentRow extends Row {
  title_id: string
  bin: number
  comments: number
  voices: number
}

export interface ViewingRow extends Row {
  title_id: string
  bin: number
  present: number
  again: number
  skipping: number
  stops: number
  starts: number
}

/** One title, bin by bin. */
export interface TitleBins {
  readonly comments: Float64Array
  /** Viewers who commented. */
  readonly voices: Float64Array
  /** Viewers whose plays have the bin. */
  readonly present: Float64Array
  /** … for a second time at once. */
  readonly again: Float64Array
  /** Viewers who saw something before and after the bin, but not it. */
  readonly skipping: Float64Array
  /** Viewers who saw nothing from the start of the bin on, but something before. */
  readonly stops: Float64Array
  /** Viewers with positions. */
  readonly viewers: number
}

/** A title whose runtime is known can be longer by this share; what is said to happen later is left out. */
const tolerance = 0.1

/** The bins of one title from its rows; `runtimeSeconds` null where unknown. */
export function titleBins(
  commentRows: readonly CommentRow[],
  viewingRows: readonly ViewingRow[],
  runtimeSeconds: number | null,
): TitleBins {
  const last = [...commentRows, ...viewingRows].reduce((bin, row) => Math.max(bin, Number(row.bin)), -1)
  const most = runtimeSeconds ? Math.ceil((runtimeSeconds * (1 + tolerance)) / binSeconds) : Number.POSITIVE_INFINITY
  const length = Math.min(last + 1, most)
  const of = <R extends { readonly bin: number }>(rows: readonly R[], read: (row: R) => number) => {
    const values = new Float64Array(length)
    for (const row of rows) if (Number(row.bin) < length) values[Number(row.bin)] = Number(read(row))
    return values
  }
  return {
    comments: of(commentRows, (row) => row.comments),
    voices: of(commentRows, (row) => row.voices),
    present: accumulated(of(viewingRows, (row) => row.present)),
    again: accumulated(of(viewingRows, (row) => row.again)),
    skipping: accumulated(of(viewingRows, (row) => row.skipping)),
    stops: of(viewingRows, (row) => row.stops),
    viewers: viewingRows.reduce((sum, row) => sum + Number(row.starts), 0),
  }
}

/** A minute of a title. */
export interface Minute {
  /** From 0. */
  readonly minute: number
  readonly comments: number
  /** Viewers there on average; null where `knowsAudience` is false. */
  readonly viewers: number | null
}

export function minutesOf(bins: TitleBins): Minute[] {
  const each = 60 / binSeconds
  const isKnown = knowsAudience(bins)
  const sum = (values: Float64Array, minute: number) =>
    values.subarray(minute * each, (minute + 1) * each).reduce((total, value) => total + value, 0)
  return Array.from({ length: Math.ceil(bins.comments.length / each) }, (_, minute) => ({
    minute,
    comments: sum(bins.comments, minute),
    viewers: isKnown ? sum(bins.present, minute) / each : null,
  }))
}

function accumulated(changes: Float64Array): Float64Array {
  let sum = 0
  return changes.map((change) => {
    sum += change
    return sum
  })
}

export const reactions = ['comments', 'replays', 'skips', 'drop-offs'] as const
/** What viewers do at a place of a title more than around it. */
export type Reaction = (typeof reactions)[number]

/** Fewer viewers with positions do not tell how the audience of a title declines. */
export const leastAudience = 100

/** Whether comments can be counted per viewer who is still there. */
export const knowsAudience = ({ viewers }: TitleBins): boolean => viewers >= leastAudience

/** Who stops in the first minute has hardly begun. */
const firstStop = 60 / binSeconds

/** What is scanned for peaks of `reaction`, from the bin `from` of the title on. `completed` is the place in seconds from which a title counts as seen to its end. */
export function eventsOf(
  reaction: Reaction,
  bins: TitleBins,
  completed: number,
): { readonly from: number; readonly events: BinnedEvents } {
  const plus = (a: Float64Array, b: Float64Array) => a.map((value, bin) => value + (b[bin] ?? 0))
  const { voices, present, again, skipping, stops } = bins
  const ofViewers = { isExposureSampled: false, areRanges: true }
  switch (reaction) {
    case 'comments': {
      const isExposureSampled = knowsAudience(bins)
      const exposure = isExposureSampled ? present : new Float64Array(voices.length).fill(1)
      return { from: 0, events: { counts: voices, exposure, isExposureSampled, areRanges: false } }
    }
    case 'replays':
      return { from: 0, events: { counts: again, exposure: present, ...ofViewers } }
    case 'skips':
      return { from: 0, events: { counts: skipping, exposure: plus(present, skipping), ...ofViewers } }
    case 'drop-offs': {
      const end = Math.min(stops.length, Math.floor(completed / binSeconds))
      const atRisk = plus(present, skipping)
      return {
        from: firstStop,
        events: {
          counts: stops.slice(firstStop, end),
          exposure: atRisk.slice(firstStop - 1, Math.max(firstStop - 1, end - 1)),
          isExposureSampled: false,
          areRanges: false,
        },
      }
    }
  }
}
