import fc from 'fast-check'
import { expect, it } from 'vitest'
import { describeReference } from '../../src/titles/describe.ts'
import { matchTitles } from '../../src/titles/match-titles.ts'
import { Mentions } from '../../src/titles/mentions.ts'
import { reference } from './reference.ts'

const words = [
  'Crimson',
  'Lantern',
  'Silent',
  'Harbour',
  'Night',
  'Ferry',
  'Compass',
  'Orchard',
  'Nine',
  '2',
  '霸王',
  '别姬',
]
const name = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))
const slip = fc.tuple(fc.nat(), fc.constantFrom('drop', 'double', 'shout', 'article', 'none'))
const misspell = (text: string, [at, how]: readonly [number, string]): string => {
  const place = at % text.length
  if (how === 'drop') return text.slice(0, place) + text.slice(place + 1)
  if (how === 'double') return text.slice(0, place + 1) + text.slice(place)
  return how === 'shout' ? text.toUpperCase() : how === 'article' ? `${text}, The` : text
}

it('may mean every entry that matching joins', () => {
  let joined = 0
  fc.assert(
    fc.property(
      fc.array(fc.record({ name, slip, year: fc.integer({ min: 1990, max: 1993 }) }), { maxLength: 12 }),
      (films) => {
        const entries = films.map((film, index) =>
          reference(`cat/${index}`, { name: film.name, year: film.year, externalId: `${index}`, isCatalogue: true }),
        )
        const spoken = films.flatMap((film, index) => {
          const written = misspell(film.name, film.slip).trim()
          return written === '' ? [] : [reference(`log/${index}`, { name: written, year: film.year })]
        })
        const mentions = new Mentions(spoken, [])
        const { titles } = matchTitles([...entries, ...spoken], [], { accept: 0.92, review: 0.75 })
        for (const { members } of titles) {
          if (!members.some((key) => key.startsWith('log/'))) continue
          for (const entry of entries.filter(({ key }) => members.includes(key))) {
            joined++
            expect(mentions.mayMean(describeReference(entry)), entry.name ?? '').toBe(true)
          }
        }
      },
    ),
    { numRuns: 300, seed: 3 },
  )
  expect(joined).toBeGreaterThan(200)
})

it('means what it shares an id with or was decided about, and nothing else', () => {
  const entry = (id: string) =>
    describeReference(reference(`cat/${id}`, { name: `Film ${id} of many`, externalId: id }))
  const mentions = new Mentions(
    [reference('log/1', { idSpace: 'cat', externalId: 'a' }), reference('log/2', { name: 'Something else' })],
    [{ action: 'accept', left: 'cat#b', right: 'log:Something else' }],
  )
  expect(['a', 'b', 'c'].map((id) => mentions.mayMean(entry(id)))).toEqual([true, true, false])
})
