import { foldTokens, foldWidth, hasHan } from '../../language/fold.ts'

/** A row of the table of credits, or a character that a scene names. */
export interface Credited {
  readonly person: string | null
  readonly role: string | null
  readonly character: string | null
  readonly billing: number | null
  readonly source: string
}

/** Somebody whom viewers may speak of. */
export interface Figure {
  /** The name that is shown, the first that a source gives. */
  readonly name: string
  readonly kind: 'character' | 'person'
  /** All names, as sources write them. */
  readonly names: readonly string[]
  /** Who plays a character; whom a person plays. */
  readonly counterparts: readonly string[]
  /** Of a person. */
  readonly roles: readonly string[]
}

const themselves = new Set(['self', 'himself', 'herself', 'themselves', 'themself', '本人', '自己', '饰本人'])
/** Parts that are nobody's name. */
const nobody = new Set([
  ...themselves,
  'narrator',
  'voice',
  'uncredited',
  'various',
  'extra',
  '旁白',
  '配音',
  '群演',
  '未知',
])

const keyOf = (name: string) => foldTokens(name).join(' ')

/** The names that one entry holds: `何炅 (He Jiong)` and `吴映洁/Emma Wu` are two each. */
export function namesOf(written: string): string[] {
  return foldWidth(written)
    .split(/[()/|;]/u)
    .map((name) => name.trim())
    .filter((name) => name !== '' && !nobody.has(keyOf(name)) && foldTokens(name).join('').length > 1)
}

/** Names that are of one person or character. */
class Groups {
  readonly #parent = new Map<string, string>()
  readonly #written = new Map<string, string>()

  find(key: string): string {
    const parent = this.#parent.get(key) ?? key
    return parent === key ? key : this.find(parent)
  }

  /** @returns the key of the names' group; undefined where there are none. */
  add(names: readonly string[]): string | undefined {
    const [first, ...others] = names.map((name) => {
      const key = keyOf(name)
      if (!this.#written.has(key)) this.#written.set(key, name)
      return key
    })
    for (const other of others) this.join(first as string, other)
    return first
  }

  join(left: string, right: string): void {
    const [a, b] = [this.find(left), this.find(right)]
    if (a !== b) this.#parent.set(b, a)
  }

  get all(): Map<string, string[]> {
    const groups = new Map<string, string[]>()
    for (const [key, name] of this.#written) groups.set(this.find(key), [...(groups.get(this.find(key)) ?? []), name])
    return groups
  }
}

const isTranslation = (a: string, b: string) => hasHan(a) !== hasHan(b)

/** Joins keys that stand at one place, one in Chinese and one not. */
function joinTranslations(groups: Groups, places: ReadonlyMap<string, readonly string[]>): void {
  for (const keys of places.values()) {
    const [first, second, ...more] = [...new Set(keys)]
    if (first !== undefined && second !== undefined && more.length === 0 && isTranslation(first, second))
      groups.join(first, second)
  }
}

function put<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/**
 * The people and characters of a title, in the order of `credits`. One who plays themselves is a person only. A Chinese name and another are one's where one
 * entry holds both, where sources have them at one place of the cast list, or where they play or are played by the same.
 */
export function castOf(credits: readonly Credited[]): Figure[] {
  const people = new Groups()
  const characters = new Groups()
  const rows = credits.map((row) => {
    const person = people.add(namesOf(row.person ?? ''))
    const names = namesOf(row.character ?? '')
    const isSelf = names.some((name) => person !== undefined && keyOf(name) === person)
    return { ...row, personKey: person, characterKey: isSelf ? undefined : characters.add(names) }
  })
  const byPlace = new Map<string, string[]>()
  const byCharacter = new Map<string, string[]>()
  const byPerson = new Map<string, string[]>()
  for (const { personKey, characterKey, role, billing } of rows) {
    if (personKey === undefined) continue
    if (billing !== null) put(byPlace, `${role?.toLowerCase()} ${billing}`, personKey)
    if (characterKey === undefined) continue
    put(byCharacter, characterKey, personKey)
    put(byPerson, personKey, characterKey)
  }
  joinTranslations(people, byPlace)
  joinTranslations(people, byCharacter)
  joinTranslations(characters, byPerson)
  const nameOf = (groups: Groups, key: string) => groups.all.get(groups.find(key))?.[0] ?? key
  const figures = (groups: Groups, kind: Figure['kind']): Figure[] =>
    [...groups.all].map(([key, names]) => {
      const own = rows.filter((row) => {
        const rowKey = kind === 'person' ? row.personKey : row.characterKey
        return rowKey !== undefined && groups.find(rowKey) === key
      })
      const others = own.flatMap((row) => {
        const other = kind === 'person' ? row.characterKey : row.personKey
        return other === undefined ? [] : nameOf(kind === 'person' ? characters : people, other)
      })
      const roles = kind === 'person' ? own.flatMap(({ role }) => role?.toLowerCase() ?? []) : []
      return { name: names[0] ?? key, kind, names, counterparts: [...new Set(others)], roles: [...new Set(roles)] }
    })
  return [...figures(characters, 'character'), ...figures(people, 'person')]
}
