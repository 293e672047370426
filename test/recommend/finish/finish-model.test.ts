import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { rowOf } from '../../../src/kernels/matrices/sparse.ts'
import { Random } from '../../../src/kernels/random.ts'
import { hybrid } from '../../../src/recommend/algorithm/hybrid.ts'
import { SampleDrawer } from '../../../src/recommend/finish/draw-samples.ts'
import { FinishScorer, type FinishUnit } from '../../../src/recommend/finish/finish-model.ts'
import { contextMeasures, type TitleAspects, titleMeasures } from '../../../src/recommend/finish/measures.ts'
import { dayParts, type PlayContext } from '../../../src/recommend/finish/play-context.ts'
import type { Recommender } from '../../../src/recommend/recommender.ts'
import { trainRecommender } from '../../../src/recommend/train-recommender.ts'
import { never } from '../../support/kernels.ts'
import { tastes } from '../../support/tastes.ts'

const titles = 40
const set = tastes({ viewers: 60, titles })
const aspects: TitleAspects = {
  isSeries: Float64Array.from({ length: titles }, (_, title) => [1, 0, Number.NaN][title % 3] as number),
  releasedAt: Float64Array.from({ length: titles }, (_, title) => (title % 5 === 0 ? Number.NaN : 86_400 * 30 * title)),
  popularity: Float64Array.from({ length: titles }, (_, title) => -Math.log(1 + title)),
}

let model: Recommender
beforeAll(async () => {
  const run = { seed: 1, signal: never, threads: 1, memoryBytes: 2 ** 30 }
  const members = ['item-based', 'popularity', 'content-based'].map((algorithm) => ({ algorithm, weight: 1 }))
  model = await trainRecommender(hybrid, set, hybrid.settings.parse({ members }), run)
})

const number = fc.double({ min: -3, max: 3, noNaN: true })
const unit: fc.Arbitrary<FinishUnit> = fc
  .record({
    scores: fc.constantFrom('whole' as const, 'members' as const),
    weights: fc.array(number, { minLength: 60, maxLength: 60 }),
  })
  .map(({ scores, weights }) => {
    const next = weights.values()
    const draw = () => next.next().value as number
    const term = () => ({ mean: draw(), deviation: 0.1 + Math.abs(draw()), weight: draw() })
    return {
      ...{ scores, intercept: draw(), scoreWeights: [draw(), draw(), draw()].slice(scores === 'whole' ? 2 : 0) },
      titleTerms: titleMeasures.map((measure) => ({ measure, ...term() })),
      contextTerms: contextMeasures(['TV'], ['app']).map((measure) => ({ measure, ...term(), withKind: draw() })),
    }
  })
const context: fc.Arbitrary<PlayContext> = fc.record(
  {
    at: fc.integer({ min: 0, max: 2 ** 31 }),
    device: fc.constantFrom('TV', 'Phone'),
    dayPart: fc.constantFrom(...dayParts),
    source: fc.constantFrom('app', 'other'),
    recencyDays: fc.double({ min: 0, max: 100, noNaN: true }),
  },
  { requiredKeys: ['at'] },
)

describe('the logit of a title', () => {
  test('is what its parts sum to, in any moment and for any viewer', () => {
    fc.assert(
      fc.property(unit, context, fc.nat(60), (of, moment, viewer) => {
        const none = { index: new Uint32Array(0), value: new Float32Array(0) }
        const history = viewer === 60 ? none : rowOf(set.interactions, viewer)
        const scorer = new FinishScorer(of, aspects, model, history)
        const scores = new Float64Array(titles)
        scorer.score(moment, scores)
        for (let title = 0; title < titles; title += 7) {
          const parts = scorer.explain(moment, title)
          const sum = parts.reduce((total, { amount }) => total + amount, 0)
          const size = parts.reduce((total, { amount }) => total + Math.abs(amount), 0)
          expect(Math.abs(sum - (scores[title] as number))).toBeLessThanOrEqual(1e-9 * size)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('drawn samples', () => {
  test('stand for all titles that were out and are not told of the viewer', () => {
    const shares = aspects.popularity.map((logShare) => Math.exp(logShare))
    const total = shares.reduce((sum, share) => sum + share, 0)
    const drawer = new SampleDrawer(
      model,
      aspects,
      shares.map((share) => share / total),
    )
    const history = rowOf(set.interactions, 3)
    const moment = { at: 86_400 * 30 * 25 }
    const work = [...Array(titles).keys()].find((title) => !history.index.includes(title)) as number
    const plays = Array.from({ length: 4000 }, () => ({ work, context: moment, isFinished: true }))
    const { title, weight, outcome } = drawer.draw([{ history, plays }], new Random(2), never)
    const counted = new Float64Array(titles)
    for (const [i, one] of title.entries())
      counted[one] = (counted[one] as number) + (weight[i] as number) / plays.length
    const isOpen = (one: number) => !history.index.includes(one) && !((aspects.releasedAt[one] as number) > moment.at)
    for (let one = 0; one < titles; one++) {
      if (isOpen(one) && one !== work) expect(Math.abs((counted[one] as number) - 1)).toBeLessThan(0.2)
      else expect(counted[one]).toBeCloseTo(one === work ? 1 : 0, 9)
    }
    const open = [...Array(titles).keys()].filter(isOpen)
    expect(counted.reduce((sum, one) => sum + one, 0) / open.length).toBeCloseTo(1, 1)
    expect(outcome.reduce((sum, one) => sum + one, 0)).toBe(plays.length)
  })
})
