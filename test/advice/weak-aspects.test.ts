import { describe, expect, test } from 'vitest'
import type { OpinionSums } from '../../src/advice/query.ts'
import { type Opinions, weakAspects } from '../../src/advice/weak-aspects.ts'
import { Random } from '../../src/kernels/random.ts'
import type { DriverModel } from '../../src/reviews/drivers/model.ts'

const driver = (aspect: string, effect: number) => {
  const around = { value: effect, low: effect - 0.01, high: effect + 0.01 }
  const effects = Float64Array.from({ length: 300 }, (_, i) => effect + 0.01 * Math.sin(i))
  return { aspect, mentions: 1000, satisfaction: 0, importance: around, effect: around, effects }
}
const modelOf = (effects: Readonly<Record<string, number>>): DriverModel => ({
  ...{ observations: 5000, controlled: 0.1, explained: 0.4, crossValidated: 0.3, penalty: 0 },
  drivers: Object.entries(effects).map(([aspect, effect]) => driver(aspect, effect)),
})
/** `reviews` opinions around `mean` with a variance of 0.25. */
const sums = (reviews: number, mean: number): OpinionSums => ({
  ...{ reviews, sum: reviews * mean, squares: reviews * (mean ** 2 + 0.25) },
})
const part = (title_id: string, aspect: string, reviews: number, mean: number) => ({
  ...{ title_id, name: `Part ${title_id}`, aspect },
  ...sums(reviews, mean),
})
const target = (name: string, aspect: string, reviews: number, mean: number) => ({
  ...{ target: name, aspect },
  ...sums(reviews, mean),
})
const others = (aspect: string, ...means: readonly number[]) =>
  means.map((mean, index) => ({ work_id: String(100 + index), aspect, ...sums(300, mean) }))

const effects = { pace: 0.2, acting: 0.2 }
const comparable = [...others('pace', 0.2, 0.3, 0.4), ...others('acting', 0.2, 0.3, 0.4)]
const found = (opinions: Partial<Opinions>, model = effects as Readonly<Record<string, number>>, leastReviews = 15) =>
  weakAspects(
    modelOf(model),
    { ...{ titleId: '1', reviews: 1000, parts: [], targets: [], comparable }, ...opinions },
    leastReviews,
    new Random(1),
  ).map((one) => ({
    aspect: one.driver.aspect,
    of: one.part?.titleId ?? one.target?.target ?? 'all',
    gain: one.gain.value,
  }))

describe('weak aspects', () => {
  test('are those judged worse than usual, the largest gain first', () => {
    const weak = found({ parts: [part('1', 'pace', 200, -0.2), part('1', 'acting', 600, -0.2)] })
    expect(weak).toMatchObject([{ aspect: 'acting', of: 'all' }, { aspect: 'pace' }])
    expect(weak[0]?.gain).toBeCloseTo(0.2 * 0.6 * 0.5, 1)
    expect(found({ parts: [part('1', 'pace', 200, 0.3), part('1', 'acting', 200, 0.8)] })).toEqual([])
  })

  test('are none where better opinions go with a worse outcome, or too few judge', () => {
    const parts = [part('1', 'pace', 200, -0.4)]
    expect(found({ parts }, { pace: -0.2 })).toEqual([])
    expect(found({ parts }, effects, 201)).toEqual([])
    expect(found({ parts }, effects, 200)).toHaveLength(1)
  })

  test('are those of an episode or a person where these hold half of the gain, else of the title', () => {
    const bad = part('2', 'pace', 200, -0.5)
    expect(found({ parts: [bad, part('3', 'pace', 200, 0.3)] })).toMatchObject([{ of: '2' }])
    const everywhere = ['2', '3', '4'].map((id) => part(id, 'pace', 200, -0.5))
    expect(found({ parts: everywhere })).toMatchObject([{ of: 'all' }])
    const acting = { parts: [part('1', 'acting', 300, -0.1)], targets: [target('Cy', 'acting', 200, -0.3)] }
    expect(found(acting)).toMatchObject([{ aspect: 'acting', of: 'Cy' }])
    expect(found({ ...acting, targets: [target('Cy', 'acting', 20, -0.3)] })).toMatchObject([{ of: 'all' }])
  })

  test('are told of a part also where the title as a whole is as usual', () => {
    const parts = [part('2', 'pace', 40, -0.5), part('3', 'pace', 800, 0.35)]
    expect(found({ parts })).toMatchObject([{ of: '2' }])
  })

  test('without comparable titles are those below the mean of the title itself', () => {
    const parts = [part('1', 'pace', 300, -0.4), part('1', 'acting', 300, 0.4)]
    expect(found({ parts, comparable: [] })).toMatchObject([{ aspect: 'pace' }])
    expect(found({ parts: [], comparable: [] })).toEqual([])
  })

  test('are not told of an aspect that no comparable title has', () => {
    const parts = [part('1', 'pace', 300, -0.4)]
    expect(found({ parts, comparable: others('acting', 0.2, 0.3, 0.4) })).toEqual([])
  })
})
