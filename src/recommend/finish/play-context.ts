import type { Engine, Row } from '../../engine/engine.ts'
import type { Text } from '../../text.ts'
import { deviceClass } from '../../warehouse/device-class.ts'
import { contextStatement } from './query.ts'

/** Parts of the day, six hours each from midnight UTC on. */
export const dayParts = ['night', 'morning', 'afternoon', 'evening'] as const
export type DayPart = (typeof dayParts)[number]

/** The part of the day that `hour`, from 0 up to 24, lies in. */
export const dayPartOf = (hour: number): DayPart => dayParts[Math.floor(hour / 6)] as DayPart

/** What is known of the moment of a play, or of a request; what is not known is left out. */
export interface PlayContext {
  /** Seconds since 1970. */
  readonly at: number
  /** The class of the device in English, whatever its spelling. */
  readonly device?: string
  readonly dayPart?: DayPart
  readonly source?: string
  /** Days since the viewer's play before. */
  readonly recencyDays?: number
}

/** What `device` is called in a context, by any of its spellings. */
export function deviceKey(device: string): string {
  const known = deviceClass(device)
  return typeof known === 'string' ? known : known.en
}

/** A device of a context in words. */
export function deviceWords(key: string): Text {
  const known = deviceClass(key === 'Computer or web' ? 'computer' : key)
  return typeof known === 'string' ? { en: known, zh: known } : known
}

/** A viewer's newest play of a work. */
export interface LastPlay {
  readonly work: number
  readonly context: PlayContext
  readonly isFinished: boolean
}

interface ContextRow extends Row {
  viewer_id: string | number
  title_id: string | number
  device: string | null
  source: string | null
  played_at: number
  before_at: number | null
  is_finished: boolean
}

const daySeconds = 86_400
/** Viewers that one statement names. */
const viewersAtOnce = 500

function contextOf({ device, source, played_at: at, before_at }: ContextRow): PlayContext {
  return {
    at,
    dayPart: dayPartOf((((at % daySeconds) + daySeconds) % daySeconds) / 3600),
    ...(device === null ? {} : { device: deviceKey(device) }),
    ...(source === null ? {} : { source }),
    ...(before_at === null ? {} : { recencyDays: (at - before_at) / daySeconds }),
  }
}

/** The newest plays of the works `numbers` by each of `viewers`, ids in decimal text; viewers without a play at a known time have none. */
export async function readLastPlays(
  engine: Engine,
  viewers: readonly string[],
  numbers: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<Map<string, LastPlay[]>> {
  const plays = new Map<string, LastPlay[]>()
  for (let from = 0; from < viewers.length; from += viewersAtOnce) {
    for await (const rows of engine.stream<ContextRow>(contextStatement(viewers.slice(from, from + viewersAtOnce)))) {
      signal.throwIfAborted()
      for (const row of rows) {
        const work = numbers.get(String(row.title_id))
        if (work === undefined) continue
        const id = String(row.viewer_id)
        const own = plays.get(id) ?? []
        plays.set(id, own)
        own.push({ work, context: contextOf(row), isFinished: row.is_finished })
      }
    }
  }
  return plays
}
