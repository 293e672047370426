import { hasHan } from '../../language/fold.ts'
import type { Name } from './lexicon.ts'

/** Words before or after a name that many have. */
const titles =
  /^(mr|mrs|ms|miss|dr|sir|lady|lord|king|queen|prince|princess|captain|detective|inspector|officer|sergeant|agent|doctor|professor|father|sister|brother|aunt|uncle|the|old|young|little|jr|sr|iii?)$/i
const leastLetters = 3

/** Other ways in which reviews write `name`: the surname of a person, each name of a character, the parts of a foreign name in Chinese. */
export function aliasesOf(name: string, isCharacter: boolean): string[] {
  const parts = name.split(hasHan(name) ? /[·・•\s]+/ : /\s+/).filter((part) => !titles.test(part.replace('.', '')))
  const own = isCharacter ? parts : parts.slice(-1)
  return [...new Set(own)].filter((part) => part !== name && part.length >= (hasHan(part) ? 2 : leastLetters))
}

const aspectOfRole: Readonly<Record<string, string>> = {
  actor: 'acting',
  director: 'directing',
  writer: 'script',
  composer: 'music',
  editor: 'editing',
  cinematographer: 'visuals',
}

/** A person of a title's credits. */
export interface Credit {
  readonly person: string
  readonly role: string
  readonly character: string | null
}

/** Whom reviews of a title may name, and the aspect that is judged with them; of a person with several roles the first counts. */
export function namesOfCredits(credits: readonly Credit[]): Name[] {
  const names = new Map<string, Name>()
  const add = (name: string, aspect: string, isCharacter: boolean) => {
    if (!names.has(name)) names.set(name, { name, aliases: aliasesOf(name, isCharacter), aspect })
  }
  for (const { person, role } of credits) {
    const aspect = aspectOfRole[role.toLowerCase()]
    if (aspect) add(person, aspect, false)
  }
  for (const { character } of credits) if (character) add(character, 'characters', true)
  const count = new Map<string, number>()
  for (const { name, aliases = [] } of names.values()) {
    for (const one of [name, ...aliases]) count.set(one, (count.get(one) ?? 0) + 1)
  }
  // A surname that two share names neither.
  return [...names.values()].map((one) => ({
    ...one,
    aliases: (one.aliases ?? []).filter((alias) => count.get(alias) === 1),
  }))
}
