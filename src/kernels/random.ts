/**
 * Seeded random numbers. The generator is xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47(4), 2021), its state filled by splitmix32; period 2^128 - 1, O(1) a draw.
 * Distributions: normal by the polar method (Marsaglia and Bray 1964); gamma by Marsaglia and Tsang, "A simple method for
 * generating gamma variables", ACM TOMS 26(3), 2000; Poisson by multiplication of uniforms (Knuth, TAOCP 2, 3.4.1) below a
 * mean of 10 and by transformed rejection PTRS (Hörmann, "The transformed rejection method for generating Poisson random
 * variables", Insurance 12, 1993) from there; discrete by the alias method (Vose, IEEE TSE 17(9), 1991), O(n) to build and
 * O(1) a draw.
 */

/** 32 well-mixed bits of two integers, for streams that are a function of (seed, index). */
export function hash32(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}

/** ln(k!) by table of products below 10 and Stirling's series from there; absolute error below 1e-10. */
function logFactorial(k: number): number {
  if (k < 10) {
    let product = 1
    for (let i = 2; i <= k; i++) product *= i
    return Math.log(product)
  }
  const x = k + 1
  const square = 1 / (x * x)
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    (1 / 12 - (1 / 360 - (1 / 1260 - square / 1680) * square) * square) / x
  )
}

/** A stream of random numbers that depends on `seed` alone; any integer from 0 to 2^53 - 1 is a seed. */
export class Random {
  private a: number
  private b: number
  private c: number
  private d: number
  /** The second number of the last pair; NaN where it was given. */
  private spare = Number.NaN

  constructor(seed: number) {
    const low = seed >>> 0
    const high = Math.floor(seed / 2 ** 32) >>> 0
    this.a = hash32(low, high)
    this.b = hash32(high, this.a)
    this.c = hash32(this.b, low)
    this.d = hash32(this.c, this.a) | 1
  }

  /** An integer from 0 to 2^32 - 1. */
  bits(): number {
    const mixed = Math.imul(this.b, 5)
    const result = Math.imul((mixed << 7) | (mixed >>> 25), 9) >>> 0
    const shifted = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= shifted
    this.d = (this.d << 11) | (this.d >>> 21)
    return result
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992
  }

  /** An integer in [0, limit); `limit` up to 2^53. */
  integer(limit: number): number {
    return Math.floor(this.uniform() * limit)
  }

  normal(mean = 0, deviation = 1): number {
    const value = this.spare
    if (!Number.isNaN(value)) {
      this.spare = Number.NaN
      return mean + deviation * value
    }
    for (;;) {
      const u = 2 * this.uniform() - 1
      const v = 2 * this.uniform() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s)
        this.spare = v * factor
        return mean + deviation * u * factor
      }
    }
  }

  /** Mean `shape * scale`; both positive. */
  gamma(shape: number, scale = 1): number {
    if (shape < 1) return this.gamma(shape + 1, scale) * (1 - this.uniform()) ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale
    }
  }

  /** A count with mean and variance `mean`, from 0 up. */
  poisson(mean: number): number {
    return mean < 10 ? this.poissonByProduct(mean) : this.poissonByRejection(mean)
  }

  private poissonByProduct(mean: number): number {
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count++
    return count
  }

  private poissonByRejection(mean: number): number {
    const b = 0.931 + 2.53 * Math.sqrt(mean)
    const a = -0.059 + 0.02483 * b
    const inverse = 1.1239 + 1.1328 / (b - 3.4)
    const fast = 0.9277 - 3.6224 / (b - 2)
    for (;;) {
      const u = this.uniform() - 0.5
      const v = this.uniform()
      const us = 0.5 - Math.abs(u)
      const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
      if (us >= 0.07 && v <= fast) return k
      if (k < 0 || (us < 0.013 && v > us)) continue
      if (Math.log((v * inverse) / (a / (us * us) + b)) <= k * Math.log(mean) - mean - logFactorial(k)) return k
    }
  }
}

/** The whole numbers below `count` in random order (Fisher and Yates), O(count). */
export function shuffled(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  for (let last = count - 1; last > 0; last--) {
    const other = random.integer(last + 1)
    const kept = order[last] as number
    order[last] = order[other] as number
    order[other] = kept
  }
  return order
}

/** Weights of the ranks 1 to `n` under Zipf's law: rank^-exponent. */
export function zipfWeights(n: number, exponent: number): Float64Array {
  return Float64Array.from({ length: n }, (_, rank) => (rank + 1) ** -exponent)
}

/** Draws an index in proportion to non-negative `weights`, of which at least one is positive. */
export class AliasTable {
  private readonly share: Float64Array
  private readonly alias: Uint32Array

  constructor(weights: ArrayLike<number>) {
    const n = weights.length
    let total = 0
    for (let i = 0; i < n; i++) total += weights[i] ?? 0
    this.share = new Float64Array(n)
    this.alias = new Uint32Array(n)
    const small: number[] = []
    const large: number[] = []
    for (let i = 0; i < n; i++) {
      this.share[i] = ((weights[i] ?? 0) * n) / total
      this.alias[i] = i
      ;((this.share[i] ?? 0) < 1 ? small : large).push(i)
    }
    while (small.length > 0 && large.length > 0) {
      const poor = small.pop() ?? 0
      const rich = large[large.length - 1] ?? 0
      this.alias[poor] = rich
      const rest = (this.share[rich] ?? 0) - (1 - (this.share[poor] ?? 0))
      this.share[rich] = rest
      if (rest < 1) small.push(large.pop() ?? 0)
    }
    // What is left differs from 1 by rounding alone, unless its weight is zero.
    for (const i of large) this.share[i] = 1
    for (const i of small) if ((weights[i] ?? 0) > 0) this.share[i] = 1
  }

  draw(random: Random): number {
    const index = random.integer(this.share.length)
    return random.uniform() < (this.share[index] ?? 0) ? index : (this.alias[index] ?? index)
  }
}
