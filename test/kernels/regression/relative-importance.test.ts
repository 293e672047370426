import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { BlockedGram } from '../../../src/kernels/regression/blocked-gram.ts'
import { relativeImportance } from '../../../src/kernels/regression/relative-importance.ts'

const whole = (row: readonly number[]) => row.map((_, column) => column)

function gramOf(rows: readonly (readonly number[])[]): Float64Array {
  const gram = new BlockedGram(rows[0]?.length ?? 0, 1)
  for (const row of rows) gram.add(0, whole(row), row)
  return gram.total()
}

/** Rows of a constant, `predictors` that hang together, and an outcome. */
function tableOf(predictors: number, rows: number, seed: number): number[][] {
  const random = new Random(seed)
  return Array.from({ length: rows }, () => {
    const common = random.normal()
    const x = Array.from({ length: predictors }, () => common + random.normal())
    return [1, ...x, x.reduce((sum, value, i) => sum + value * (i % 3), 0) + random.normal(0, 3)]
  })
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)

test('two predictors, worked by hand: the mean of what each explains first and last', () => {
  // Correlations with y 0.6 and 0.5, between them 0.4: R² = (0.36 + 0.25 - 2 * 0.6 * 0.5 * 0.4) / (1 - 0.16).
  const gram = Float64Array.of(1, 0, 0, 0, 0, 1, 0.4, 0.6, 0, 0.4, 1, 0.5, 0, 0.6, 0.5, 1)
  const r2 = (0.36 + 0.25 - 0.24) / 0.84
  const { controls, groups } = relativeImportance(gram, 1, [1, 1], new Random(1))
  expect(controls).toBe(0)
  expect(groups[0]).toBeCloseTo((0.36 + r2 - 0.25) / 2, 12)
  expect(groups[1]).toBeCloseTo((0.25 + r2 - 0.36) / 2, 12)
})

test('uncorrelated predictors have their squared correlations, whatever their order', () => {
  const gram = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0.6, 0, 0, 1, 0.5, 0, 0.6, 0.5, 1)
  expect(
    [...relativeImportance(gram, 1, [1, 1], new Random(1)).groups].map((share) => Number(share.toFixed(12))),
  ).toEqual([0.36, 0.25])
})

test('what controls explain is theirs: groups share what is left', () => {
  const gram = Float64Array.of(1, 0, 0, 0, 0, 1, 0.4, 0.6, 0, 0.4, 1, 0.5, 0, 0.6, 0.5, 1)
  const { controls, groups } = relativeImportance(gram, 2, [1], new Random(1))
  expect(controls).toBeCloseTo(0.36, 12)
  expect(groups[0]).toBeCloseTo((0.36 + 0.25 - 0.24) / 0.84 - 0.36, 12)
})

test('shares sum to R², follow their columns and are never negative', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 1e6 }), (predictors, seed) => {
      const rows = tableOf(predictors, 60, seed)
      const sizes = new Array(predictors).fill(1)
      const { groups } = relativeImportance(gramOf(rows), 1, sizes, new Random(1))
      const { controls } = relativeImportance(gramOf(rows), 1 + predictors, [], new Random(1))
      expect(sumOf(groups)).toBeCloseTo(controls, 9)
      expect(Math.min(...groups)).toBeGreaterThan(-1e-9)
      const turned = rows.map(([one = 1, ...rest]) => [one, ...rest.slice(0, -1).reverse(), rest.at(-1) ?? 0])
      const other = relativeImportance(gramOf(turned), 1, sizes, new Random(1)).groups
      for (const [i, share] of [...other].reverse().entries()) expect(share).toBeCloseTo(groups[i] ?? Number.NaN, 9)
    }),
    { numRuns: 40 },
  )
})

test('a copy of a predictor takes half of its share, and as one group they keep it', () => {
  const rows = tableOf(2, 80, 5).map(([one = 1, a = 0, b = 0, y = 0]) => [one, a, a, b, y])
  const apart = relativeImportance(gramOf(rows), 1, [1, 1, 1], new Random(1)).groups
  const single = relativeImportance(
    gramOf(rows.map(([one = 1, a = 0, , b = 0, y = 0]) => [one, a, b, y])),
    1,
    [1, 1],
    new Random(1),
  )
  expect(apart[0]).toBeCloseTo(apart[1] ?? Number.NaN, 9)
  expect(sumOf(apart)).toBeCloseTo(sumOf(single.groups), 9)
  const grouped = relativeImportance(gramOf(rows), 1, [2, 1], new Random(1)).groups
  expect(grouped[0]).toBeCloseTo(single.groups[0] ?? Number.NaN, 9)
})

test('more groups than can be looked at in every order are shared by random ones', () => {
  const gram = gramOf(tableOf(17, 400, 8))
  const sampled = relativeImportance(gram, 1, new Array(17).fill(1), new Random(3))
  const all = relativeImportance(gram, 18, [], new Random(3)).controls
  expect(sumOf(sampled.groups)).toBeCloseTo(all, 9)
  // The last three groups as one leave fifteen: their joint share, exactly.
  const exact = relativeImportance(gram, 1, [...new Array(14).fill(1), 3], new Random(3)).groups
  for (let group = 0; group < 14; group++) {
    expect(Math.abs((sampled.groups[group] ?? 0) - (exact[group] ?? 0))).toBeLessThan(0.02)
  }
})

test('an outcome that does not vary has nothing to share', () => {
  const rows = tableOf(2, 20, 1).map((row) => [...row.slice(0, -1), 4])
  expect(relativeImportance(gramOf(rows), 1, [1, 1], new Random(1))).toEqual({
    controls: 0,
    groups: Float64Array.of(0, 0),
  })
})
