import type { Recorded, Recording } from './recording.ts'

const shownShapes = 40
const shownCharacters = 150

/** Where the time of a recorded build goes, as text: by kind of call, by statement, and what is Marquee's own. */
export function profileCalls({ calls, callsByName, milliseconds }: Recording, ofPyspark: readonly number[]): string {
  const took = (call: Recorded) => call.endedAt - call.startedAt
  const replayed = (call: Recorded) => (ofPyspark[call.id] ?? 0) * 1000
  const table = (key: (call: Recorded) => string) =>
    group(calls, key)
      .map(([name, alike]) => ({ name, count: alike.length, ours: sum(alike, took), theirs: sum(alike, replayed) }))
      .sort((left, right) => right.ours - left.ours)
      .map(
        ({ name, count, ours, theirs }) => `${seconds(ours)} ${seconds(theirs)} ${String(count).padStart(5)}  ${name}`,
      )
  const waiting = covered(calls)
  return [
    `whole build ${(milliseconds / 1000).toFixed(2)} s, of which a call was under way ${(waiting / 1000).toFixed(2)} s`,
    `calls by name: ${JSON.stringify(callsByName)}`,
    'added up over calls that overlap: seconds of Marquee, of pyspark, number of calls',
    ...table(({ kind }) => kind),
    'by statement:',
    ...table(shapeOf).slice(0, shownShapes),
  ].join('\n')
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2).padStart(8)

function group(calls: readonly Recorded[], key: (call: Recorded) => string): [string, readonly Recorded[]][] {
  const groups = new Map<string, Recorded[]>()
  for (const call of calls) groups.set(key(call), [...(groups.get(key(call)) ?? []), call])
  return [...groups]
}

function sum(calls: readonly Recorded[], value: (call: Recorded) => number): number {
  return calls.reduce((total, call) => total + value(call), 0)
}

/** Milliseconds in which at least one call was under way. */
function covered(calls: readonly Recorded[]): number {
  let total = 0
  let until = 0
  for (const { startedAt, endedAt } of calls) {
    total += Math.max(0, endedAt - Math.max(startedAt, until))
    until = Math.max(until, endedAt)
  }
  return total
}

/** Equal for statements that differ in numbers and generated names only. */
function shapeOf({ kind, statement }: Recorded): string {
  const shape = statement
    .replaceAll(/\\[nt"]/g, ' ')
    .replaceAll(/[0-9a-f]{32}|\d+/g, '#')
    .replaceAll(/\s+/g, ' ')
  const [, from = ''] = /.*\b(FROM .*)/.exec(shape.slice(shownCharacters)) ?? []
  return `${kind}: ${shape.slice(0, shownCharacters)}${from ? ` ... ${from.slice(0, shownCharacters / 2)}` : ''}`
}
