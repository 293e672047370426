import { foldTokens } from '../language/fold.ts'
import { type Described, isPlaced } from './describe.ts'
import type { ParsedTitle } from './parse-title.ts'
import type { TitleReference } from './title.ts'

/** References that are one work beyond doubt: one id, or one spelling in one source. */
export interface Work {
  /** Smallest reference key; orders works independently of the input. */
  readonly key: string
  readonly members: Described[]
  readonly names: ParsedTitle[]
  readonly kind: 'film' | 'series' | null
  readonly isProgramme: boolean
  readonly year: number | null
  readonly id: { readonly space: string; readonly value: string } | null
  /** The catalogue that lists it as a work of its own. */
  readonly catalogue: string | null
  readonly runtimeSeconds: number | null
  readonly people: ReadonlySet<string>
}

export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** The most telling reference first: of a catalogue, of the whole work, frequent, then by key. */
export function byPrecedence(left: Described, right: Described): number {
  return (
    Number(right.reference.isCatalogue) - Number(left.reference.isCatalogue) ||
    Number(isPlaced(left)) - Number(isPlaced(right)) ||
    Number(right.names.length > 0) - Number(left.names.length > 0) ||
    right.reference.rows - left.reference.rows ||
    compareText(left.reference.key, right.reference.key)
  )
}

const placeOf = (item: Described): string =>
  [item.season, item.episode, item.episode === null ? item.episodeKey : null, item.part].join('|')
const says = (reference: TitleReference): boolean =>
  reference.name !== null || reference.series !== null || reference.season !== null || reference.episode !== null

/** Whether the id that `members` share names a season or episode, and then the member that describes it best. */
function placedById(members: readonly Described[]): Described | null {
  const telling = members.filter((item) => says(item.reference)).sort(byPrecedence)
  const listed = telling.filter((item) => item.reference.isCatalogue)
  const deciding = listed.length > 0 ? listed : telling
  const [best] = deciding
  if (best === undefined || !isPlaced(best)) return null
  return deciding.every((item) => placeOf(item) === placeOf(best)) ? best : null
}

function newWork(members: Described[], id: Work['id']): Work {
  members.sort(byPrecedence)
  const whole = members.filter((item) => !isPlaced(item))
  const known = members.filter((item) => item.year !== null)
  const names = new Map<string, ParsedTitle>()
  for (const name of members.flatMap((item) => item.names)) {
    if (name.coreKey !== '' && !names.has(name.coreKey)) names.set(name.coreKey, name)
  }
  const people = members.flatMap((item) => item.reference.people)
  return {
    key: members.reduce(
      (least, item) => (item.reference.key < least ? item.reference.key : least),
      members[0]?.reference.key ?? '',
    ),
    members,
    names: [...names.values()],
    kind: members.find((item) => item.kind !== null)?.kind ?? null,
    isProgramme: members.some((item) => item.reference.type === 'programme'),
    year: known[0]?.year ?? null,
    id,
    catalogue: whole.find((item) => item.reference.isCatalogue)?.reference.source ?? null,
    runtimeSeconds: whole.find((item) => item.reference.runtimeSeconds !== null)?.reference.runtimeSeconds ?? null,
    people: new Set(people.map((person) => foldTokens(person).sort().join(' '))),
  }
}

/** Groups references into works, sorted by key. An id that names an episode gives its place to every reference with that id. */
export function gatherWorks(items: readonly Described[]): Work[] {
  const byId = new Map<string, Described[]>()
  const byName = new Map<string, Described[]>()
  const add = (groups: Map<string, Described[]>, key: string, item: Described): void => {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  const addByName = (item: Described): void => {
    const name = item.names[0]?.coreKey ?? ''
    add(byName, JSON.stringify([item.reference.source, item.kind, name || item.reference.externalId, item.year]), item)
  }
  for (const item of items) {
    const { externalId, idSpace } = item.reference
    if (externalId === null) addByName(item)
    else add(byId, JSON.stringify([idSpace, externalId]), item)
  }
  const works: Work[] = []
  for (const members of byId.values()) {
    const placed = placedById(members)
    const { idSpace, externalId } = members[0]?.reference ?? {}
    if (placed === null) works.push(newWork(members, { space: idSpace ?? '', value: externalId ?? '' }))
    else for (const item of members) addByName({ ...placed, reference: item.reference })
  }
  for (const members of byName.values()) works.push(newWork(members, null))
  return works.sort((left, right) => compareText(left.key, right.key))
}
