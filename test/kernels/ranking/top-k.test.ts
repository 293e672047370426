import fc from 'fast-check'
import { expect, test } from 'vitest'
import { topK } from '../../../src/kernels/ranking/top-k.ts'

const score = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double(), fc.constant(Number.NEGATIVE_INFINITY))

test('agrees with sorting, ties and infinities included', () => {
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), fc.integer({ min: 0, max: 70 }), (scores, k) => {
      const sorted = [...scores.keys()]
        .filter((place) => (scores[place] as number) > Number.NEGATIVE_INFINITY)
        .sort((a, b) => Math.sign((scores[b] as number) - (scores[a] as number) || 0) || a - b)
        .slice(0, k)
      expect([...topK(scores, k)]).toEqual(sorted)
    }),
    { numRuns: 500, examples: [[[Infinity, Infinity, 1], 2]] },
  )
})
