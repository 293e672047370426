import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeSpans } from '../../../../src/reviews/sentiment/linear/merge-spans.ts'

const span = (first: number, last: number, amount: number) => ({ first, last, amount })

test('a run within another one adds to it, and one that leans over lengthens it', () => {
  expect(mergeSpans([span(1, 1, 0.5), span(0, 1, 2), span(1, 2, 1), span(5, 5, -1)], 6)).toEqual([
    span(0, 2, 3.5),
    span(5, 5, -1),
  ])
})

test('what disagrees lengthens nothing', () => {
  expect(mergeSpans([span(0, 1, 2), span(1, 2, -1)], 3)).toEqual([span(0, 1, 1)])
})

test('phrases do not overlap, stay short and have the same sum, whatever the runs', () => {
  const runs = fc.array(fc.record({ first: fc.nat(30), longer: fc.nat(2), amount: fc.integer({ min: -9, max: 9 }) }), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(runs, (given) => {
      const spans = given.map(({ first, longer, amount }) => span(first, first + longer, amount))
      const phrases = mergeSpans(spans, 33)
      const sum = (list: readonly { amount: number }[]) => list.reduce((total, { amount }) => total + amount, 0)
      expect(sum(phrases)).toBe(sum(spans))
      const tokens = phrases.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i))
      expect(new Set(tokens).size).toBe(tokens.length)
      for (const { first, last } of phrases) expect(last - first).toBeLessThan(5)
    }),
  )
})
