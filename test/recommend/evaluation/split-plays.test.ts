import { describe, expect, test } from 'vitest'
import { rowOf } from '../../../src/kernels/matrices/sparse.ts'
import { splitPlays } from '../../../src/recommend/evaluation/split-plays.ts'
import { trainingSet } from '../../contracts/recommender.ts'
import { tastes } from '../../support/tastes.ts'

const set = tastes({ viewers: 120 })
const timed = new Uint8Array(set.interactions.index.length).fill(1)

describe('by viewers', () => {
  test('holds out a tenth, at most 5000, and more of few so that they say something', () => {
    const judged = (viewers: number) => {
      const rows = Array.from({ length: viewers }, () => [0, 1, 2, 3, 4])
      return splitPlays(trainingSet(6, rows), new Uint8Array(0), 'viewers', 1).heldOut.foldIn.rows
    }
    expect([8, 120, 4000, 60_000].map(judged)).toEqual([2, 30, 400, 5000])
  })

  test('says what is missing where nobody can be held out', () => {
    for (const rows of [[], [[0, 1, 2, 3, 4]], [[0], [1, 2]]]) {
      expect(() => splitPlays(trainingSet(6, rows), new Uint8Array(0), 'viewers', 1)).toThrow(
        expect.objectContaining({ code: 'nobody-held-out' }),
      )
    }
  })
})

describe('by time', () => {
  test('leaves the newest fifth to be guessed', () => {
    const { train, heldOut } = splitPlays(set, timed, 'time', 1)
    const all = set.interactions.index.length
    expect(train.interactions.index.length).toBeCloseTo(0.8 * all, -1)
    expect(heldOut.target.index.length).toBeLessThanOrEqual(all - train.interactions.index.length)
    expect(heldOut.target.index.length).toBeGreaterThan(0.15 * all)
  })

  test('leaves plays without a time out of everything', () => {
    const some = { ...trainingSet(4, [[0, 1, 2, 3]]), ageDays: Float32Array.of(0, 9, 5, 1) }
    const { train, heldOut } = splitPlays(some, Uint8Array.of(0, 1, 1, 1), 'time', 1)
    expect([...rowOf(train.interactions, 0).index]).toEqual([1, 2])
    expect([...rowOf(heldOut.target, 0).index]).toEqual([3])
  })

  test('judges at most 5000 viewers, the same for the same seed', () => {
    const rows = Array.from({ length: 5400 }, () => [0, 1])
    const many = { ...trainingSet(2, rows), ageDays: Float32Array.from({ length: 10_800 }, (_, e) => (e % 2 ? 1 : 9)) }
    const all = new Uint8Array(10_800).fill(1)
    const { foldIn, target } = splitPlays(many, all, 'time', 1).heldOut
    expect([foldIn.rows, target.rows]).toEqual([5000, 5000])
    expect(splitPlays(many, all, 'time', 1).heldOut).toEqual({ foldIn, target })
  })

  test('is refused where no time is known, or nobody watched before and after', () => {
    const { ageDays: _, ...timeless } = set
    expect(() => splitPlays(timeless, new Uint8Array(timed.length), 'time', 1)).toThrow(
      expect.objectContaining({ code: 'times-unknown' }),
    )
    const once = { ...trainingSet(2, [[0], [1]]), ageDays: Float32Array.of(3, 1) }
    expect(() => splitPlays(once, Uint8Array.of(1, 1), 'time', 1)).toThrow(
      expect.objectContaining({ code: 'nobody-held-out' }),
    )
  })
})
