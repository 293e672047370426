import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimateSimilarity, MinHash } from '../../../src/kernels/duplicates/minhash.ts'
import { type NearDuplicateLimits, NearDuplicates } from '../../../src/kernels/duplicates/near-duplicates.ts'
import { Random } from '../../../src/kernels/random.ts'

const draw = (count: number, random: Random) => Int32Array.from({ length: count }, () => random.bits())

/** Two sets of `size` hashes that share what makes their similarity nearest to `similarity`. */
function pairOf(size: number, similarity: number, random: Random): [Int32Array, Int32Array] {
  const common = draw(Math.round((2 * size * similarity) / (1 + similarity)), random)
  const with_ = () => Int32Array.from([...common, ...draw(size - common.length, random)])
  return [with_(), with_()]
}

const jaccard = (a: Iterable<number>, b: Iterable<number>) => {
  const [left, right] = [new Set(a), new Set(b)]
  const shared = [...left].filter((item) => right.has(item)).length
  const either = left.size + right.size - shared
  return either === 0 ? 1 : shared / either
}

/** Groups by comparing every pair. */
function plainClusters(sets: readonly Int32Array[], least: number): number[] {
  const root = sets.map((_, i) => i)
  for (let i = 0; i < sets.length; i++) {
    for (let j = 0; j < i; j++) {
      if (jaccard(sets[i] ?? [], sets[j] ?? []) < least || root[i] === root[j]) continue
      const [from, into] = [Math.max(root[i] ?? 0, root[j] ?? 0), Math.min(root[i] ?? 0, root[j] ?? 0)]
      root.forEach((value, k) => {
        if (value === from) root[k] = into
      })
    }
  }
  return root
}

function clustersOf(sets: readonly Int32Array[], least: number, limits?: NearDuplicateLimits): number[] {
  const near = new NearDuplicates(new Random(5), limits)
  for (const set of sets) near.add(set)
  return [...near.clusters(least)]
}

describe('MinHash', () => {
  test('estimates Jaccard similarity without bias, with the error that its length lets expect', () => {
    const random = new Random(1)
    const minHash = new MinHash(16, 8, random)
    const [left, right] = [new Int32Array(128), new Int32Array(128)]
    for (const similarity of [0.1, 0.5, 0.8, 0.95]) {
      let [bias, square, count] = [0, 0, 0]
      for (let round = 0; round < 400; round++) {
        const [a, b] = pairOf(20 + random.integer(80), similarity, random)
        minHash.sign(a, left)
        minHash.sign(b, right)
        const exact = jaccard(a, b)
        const error = estimateSimilarity(left, right) - exact
        bias += error
        square += error ** 2 / ((exact * (1 - exact)) / 128)
        count++
      }
      expect(Math.abs(bias / count)).toBeLessThan(0.012)
      expect(square / count).toBeGreaterThan(0.7)
      expect(square / count).toBeLessThan(1.4)
    }
  })

  test('depends on the set and the seed alone', () => {
    const sign = (hashes: readonly number[], seed: number) => {
      const into = new Int32Array(24)
      new MinHash(4, 6, new Random(seed)).sign(Int32Array.from(hashes), into)
      return [...into]
    }
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (hashes) => {
        expect(sign([...hashes].reverse().concat(hashes), 3)).toEqual(sign(hashes, 3))
      }),
    )
    expect(sign([1, 2, 3], 4)).not.toEqual(sign([1, 2, 3], 3))
  })

  test('gives equal bands one key and others practically never', () => {
    const random = new Random(2)
    const minHash = new MinHash(2, 3, random)
    const keys = new Uint32Array(6)
    minHash.bandKeys(Int32Array.of(1, 2, 3, 4, 5, 6), keys, 0)
    minHash.bandKeys(Int32Array.of(1, 2, 3, 4, 5, 7), keys, 2)
    minHash.bandKeys(Int32Array.of(4, 5, 6, 1, 2, 3), keys, 4)
    expect(keys[0]).toBe(keys[2])
    expect(new Set(keys).size).toBe(5)
    expect(Math.max(...keys)).toBeLessThan(2 ** 31)
  })
})

describe('NearDuplicates', () => {
  test('finds planted near-duplicates of similarity 0.8, and links none that are less alike', () => {
    const random = new Random(7)
    const pairs = Array.from({ length: 1500 }, (_, i) => pairOf(15 + random.integer(60), i < 1000 ? 0.82 : 0.6, random))
    const roots = clustersOf(pairs.flat(), 0.8)
    const found = pairs.map((_, i) => roots[2 * i] === roots[2 * i + 1])
    const isAlike = pairs.map(([a, b]) => jaccard(a, b) >= 0.8)
    const alike = isAlike.filter(Boolean).length
    expect(alike).toBeGreaterThan(500)
    expect(found.filter((one, i) => one && isAlike[i]).length / alike).toBeGreaterThan(0.97)
    expect(found.filter((one, i) => one && !isAlike[i])).toEqual([])
  })

  test('groups as comparing every pair does, and only what that links', () => {
    const item = fc.integer({ min: 0, max: 30 }).map((value) => Math.imul(value + 1, 0x9e3779b1))
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(item, { minLength: 8, maxLength: 14 }), { maxLength: 30 }), (lists) => {
        const sets = lists.map((list) => Int32Array.from(list))
        const [own, plain] = [clustersOf(sets, 0.9), plainClusters(sets, 0.9)]
        sets.forEach((_, i) => {
          expect(plain[own[i] ?? -1]).toBe(plain[i])
          expect(own[i]).toBeLessThanOrEqual(i)
        })
        const equal = sets.map((set) => sets.findIndex((other) => jaccard(set, other) === 1))
        expect(own).toEqual(equal.map((first) => own[first]))
      }),
    )
  })

  test('tells the exact similarity, repeated hashes counting once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.array(fc.integer({ min: -5, max: 5 })), (a, b) => {
        const near = new NearDuplicates(new Random(1))
        expect([near.add(Int32Array.from(a)), near.add(Int32Array.from(b))]).toEqual([0, 1])
        expect(near.similarity(0, 1)).toBeCloseTo(jaccard(a, b), 12)
        expect(near.similarity(1, 0)).toBe(near.similarity(0, 1))
      }),
    )
  })

  test('links thousands of variants of one text without comparing all with all', () => {
    const random = new Random(3)
    const base = draw(200, random)
    const sets = Array.from({ length: 3000 }, () => {
      const set = base.slice()
      for (let k = 0; k < 5; k++) set[random.integer(200)] = random.bits()
      return set
    })
    expect(new Set(clustersOf(sets, 0.8))).toEqual(new Set([0]))
  })

  test('takes no more than its limits, and keeps what it has', () => {
    const random = new Random(9)
    const set = draw(10, random)
    const near = new NearDuplicates(random, { sets: 3, hashes: 25 })
    expect([near.add(set), near.add(set), near.add(draw(10, random)), near.add(draw(5, random))]).toEqual([0, 1, -1, 2])
    expect(near.add(Int32Array.of())).toBe(-1)
    expect([...near.clusters(0.8)]).toEqual([0, 0, 2])
    expect([...new NearDuplicates(random).clusters(0.8)]).toEqual([])
  })

  test('keeps sets whole that lie at the end of a piece of memory', () => {
    const random = new Random(4)
    const near = new NearDuplicates(random)
    const sets = Array.from({ length: 6 }, () => draw(300_000, random))
    for (const set of sets) near.add(set)
    for (let i = 0; i < sets.length; i++) expect(near.similarity(i, i)).toBe(1)
    expect(near.similarity(2, 3)).toBeLessThan(0.01)
  })
})
