import { expect, test } from 'vitest'
import { contributionRows } from '../../src/recommend/contribution-rows.ts'
import { mergeContributions, reasonOf } from '../../src/recommend/reasons.ts'
import type { Contribution } from '../../src/recommend/recommender.ts'

const nameOf = (title: number) => ['Dusk', 'Paper Moons', '夜航'][title] ?? ''
const parts: Contribution[] = [
  { of: { kind: 'title', title: 0 }, amount: 2, by: 'ease' },
  { of: { kind: 'title', title: 0 }, amount: 1, by: 'ials' },
  { of: { kind: 'title', title: 1 }, amount: -0.5, by: 'ease' },
  { of: { kind: 'title', title: 2 }, amount: 0.5, by: 'ease' },
  { of: { kind: 'term', term: 'Drama', field: 'genre' }, amount: 1.4, by: 'content-based' },
  { of: { kind: 'popularity' }, amount: 0.1, by: 'popularity' },
]

test('a reason names what speaks most for a title, with shares of all that does', () => {
  expect(reasonOf(parts, nameOf)).toEqual({
    en: 'watched “Dusk” (60 %), “夜航” (10 %); the genre Drama (28 %)',
    zh: '看过《Dusk》（60%）、《夜航》（10%）；题材Drama（28%）',
  })
})

test('there is no reason where nothing speaks for a title', () => {
  expect(reasonOf([{ of: { kind: 'popularity' }, amount: -1 }], nameOf)).toBeUndefined()
  expect(reasonOf([], nameOf)).toBeUndefined()
})

test('what several algorithms add for one thing is added', () => {
  expect(mergeContributions(parts)[0]).toEqual({ of: { kind: 'title', title: 0 }, amount: 3 })
})

test('the rows of a score and the rest sum to it', () => {
  const rows = contributionRows(parts, nameOf, 2)
  expect(rows.map(({ what }) => what.en)).toEqual(['watched “Dusk”', 'the genre Drama', '3 others'])
  expect(rows.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(4.5, 12)
})
