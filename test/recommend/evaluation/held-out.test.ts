import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rowOf, type SparseMatrix } from '../../../src/kernels/matrices/sparse.ts'
import { Random } from '../../../src/kernels/random.ts'
import { splitByTime, splitByViewer } from '../../../src/recommend/evaluation/held-out.ts'
import { trainingSet } from '../../contracts/recommender.ts'
import { tastes } from '../../support/tastes.ts'

const rowsOf = (matrix: SparseMatrix) => Array.from({ length: matrix.rows }, (_, row) => [...rowOf(matrix, row).index])

describe('viewers held out', () => {
  test('are lost to training and come back whole, for any data', () => {
    const watched = fc.uniqueArray(fc.integer({ min: 0, max: 19 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(
        fc.array(watched, { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer(),
        (rows, count, seed) => {
          const set = trainingSet(20, rows)
          const [split] = splitByViewer(set, count, 1, new Random(seed))
          if (!split) {
            expect(rows.every((row) => row.length < 5)).toBe(true)
            return
          }
          const { foldIn, target } = split.heldOut
          expect(foldIn.rows).toBeLessThanOrEqual(Math.min(count, rows.length - 1))
          const whole = rowsOf(foldIn).map((told, row) => {
            const wanted = rowsOf(target)[row] as number[]
            expect(told.length).toBe(Math.floor(0.8 * (told.length + wanted.length)))
            expect(wanted.length).toBeGreaterThan(0)
            return [...told, ...wanted].sort((a, b) => a - b)
          })
          const known = (list: number[][]) => list.map(String).sort()
          expect(known([...whole, ...rowsOf(split.train.interactions)])).toEqual(known(rowsOf(set.interactions)))
        },
      ),
      { numRuns: 200 },
    )
  })

  test('take the ages of their plays with them', () => {
    const set = tastes()
    const ageOf = (of: typeof set) =>
      rowsOf(of.interactions).map((row, viewer) => {
        const from = of.interactions.start[viewer] as number
        return String([...row.keys()].map((place) => of.ageDays?.[from + place]))
      })
    const [split] = splitByViewer(set, 30, 1, new Random(1))
    const before = new Set(ageOf(set))
    expect(split?.train.ageDays?.length).toBe(split?.train.interactions.index.length)
    for (const ages of split ? ageOf(split.train) : []) expect(before.has(ages)).toBe(true)
  })

  test('are others in each fold', () => {
    const numbered = trainingSet(
      40,
      // Which viewer a history is of can be told by its first title.
      Array.from({ length: 30 }, (_, viewer) => [viewer, 30, 31, 32, 33, 34, 35]),
    )
    const folds = splitByViewer(numbered, 12, 4, new Random(1))
    const out = folds.map(({ heldOut: { foldIn, target } }) =>
      [...rowsOf(foldIn), ...rowsOf(target)].flat().filter((title) => title < 30),
    )
    expect(out.map((viewers) => viewers.length)).toEqual([12, 12, 6])
    expect(new Set(out.flat()).size).toBe(30)
  })

  test('are the same for the same seed and others for another', () => {
    const drawn = (seed: number) => splitByViewer(tastes(), 20, 1, new Random(seed))[0]?.heldOut.target
    expect(drawn(1)).toEqual(drawn(1))
    expect(drawn(1)).not.toEqual(drawn(2))
  })

  test('are none where nobody has five plays', () => {
    expect(splitByViewer(trainingSet(9, [[0, 1, 2, 3], [4]]), 5, 1, new Random(1))).toEqual([])
  })
})

describe('a cut in time', () => {
  const set = { ...trainingSet(4, [[0, 1, 2], [0], [3]]), ageDays: Float32Array.of(9, 5, 1, 8, 0) }

  test('lets models learn from what is older and guess what is newer', () => {
    const split = splitByTime(set, 0.3)
    expect(rowsOf(split?.train.interactions as SparseMatrix)).toEqual([[0, 1], [0]])
    expect(rowsOf(split?.heldOut.foldIn as SparseMatrix)).toEqual([[0, 1]])
    expect(rowsOf(split?.heldOut.target as SparseMatrix)).toEqual([[2]])
    expect([...(split?.train.ageDays ?? [])]).toEqual([8, 4, 7])
  })

  test('is none where nobody watched before and after', () => {
    expect(splitByTime({ ...trainingSet(2, [[0], [1]]), ageDays: Float32Array.of(3, 1) }, 0.3)).toBeUndefined()
  })
})
