import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ScoreBlend } from '../../../src/kernels/ranking/score-blend.ts'

const scores = (length: number) =>
  fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: length, maxLength: length })
const models = fc
  .integer({ min: 1, max: 9 })
  .chain((titles) =>
    fc.array(fc.tuple(scores(titles), fc.double({ min: 0.01, max: 5, noNaN: true })), { minLength: 1, maxLength: 4 }),
  )

test('adds the scores of each model as shares of their root mean square', () => {
  fc.assert(
    fc.property(models, (given) => {
      const titles = given[0]?.[0].length ?? 0
      const blend = new ScoreBlend(titles)
      blend.sum.fill(7)
      blend.clear()
      const sums = new Float64Array(titles)
      for (const [own, weight] of given) {
        const size = Math.sqrt(own.reduce((sum, score) => sum + score ** 2, 0) / titles)
        const factor = size > 0 ? weight / size : 0
        blend.scores.set(own)
        expect(blend.add(weight)).toBeCloseTo(factor, 9)
        for (let title = 0; title < titles; title++) {
          sums[title] = (sums[title] as number) + factor * (own[title] as number)
        }
      }
      for (const [title, sum] of sums.entries()) expect(blend.sum[title]).toBeCloseTo(sum, 9)
    }),
  )
})
