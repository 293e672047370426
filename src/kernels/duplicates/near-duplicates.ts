import type { Random } from '../random.ts'
import { MinHash } from './minhash.ts'

/** Sets of similarity 0.8 become candidates with probability 0.992, of 0.5 with 0.22, of 0.2 with 0.001. */
const [bands, rows] = [16, 6]
/** A candidate is compared with so many others of its band, so that a band of thousands takes no square of that. */
const mostCompared = 64
/** Bits of the number of a set, beside 31 of its key in one float64. */
const numberBits = 22
const piece = 2 ** 20

export interface NearDuplicateLimits {
  /** Sets that are taken at most; no more than 2^22. */
  readonly sets: number
  /** Hashes that all sets together may have. */
  readonly hashes: number
}

/** Four bytes a hash and 64 a set: at most 768 MiB. */
const usualLimits: NearDuplicateLimits = { sets: 2 ** numberBits, hashes: 2 ** 27 }

/**
 * Groups sets that share much: candidates by `MinHash`, verified by their exact Jaccard similarity. Sets are taken one at a time; each keeps its
 * distinct hashes and 16 keys. Equal sets are candidates like others; give only one of each where there are many.
 */
export class NearDuplicates {
  private readonly minHash: MinHash
  private readonly limits: NearDuplicateLimits
  private readonly signature = new Int32Array(bands * rows)
  private readonly pieces: Int32Array[] = []
  /** Where each set begins in `pieces`, and how many hashes it has. */
  private starts = new Float64Array(1024)
  private lengths = new Uint32Array(1024)
  private keys = new Uint32Array(1024 * bands)
  /** Sets that were taken. */
  count = 0
  private end = 0

  constructor(random: Random, limits: NearDuplicateLimits = usualLimits) {
    this.minHash = new MinHash(bands, rows, random)
    this.limits = limits
  }

  /** Takes a set of at most 2^20 well-mixed hashes, repeated ones allowed; its number, or -1 where the limits are reached. */
  add(hashes: Int32Array): number {
    const distinct = hashes.slice().sort()
    let length = 0
    for (let i = 0; i < distinct.length; i++) {
      if (i === 0 || distinct[i] !== distinct[i - 1]) distinct[length++] = distinct[i] as number
    }
    let start = this.end
    if (Math.floor(start / piece) < Math.floor((start + length - 1) / piece)) start = Math.ceil(start / piece) * piece
    if (this.count >= this.limits.sets || start + length > this.limits.hashes) return -1
    const index = Math.floor(start / piece)
    this.pieces[index] ??= new Int32Array(Math.min(piece, this.limits.hashes))
    const set = distinct.subarray(0, length)
    this.pieces[index].set(set, start - index * piece)
    if (this.count === this.starts.length) this.grow()
    this.starts[this.count] = start
    this.lengths[this.count] = length
    this.end = start + length
    this.minHash.sign(set, this.signature)
    this.minHash.bandKeys(this.signature, this.keys, this.count * bands)
    return this.count++
  }

  /** Shared hashes of two sets over those of either; 1 for two empty ones. */
  similarity(a: number, b: number): number {
    const [left, right] = [this.setOf(a), this.setOf(b)]
    let [shared, i, j] = [0, 0, 0]
    while (i < left.length && j < right.length) {
      const difference = (left[i] as number) - (right[j] as number)
      if (difference === 0) shared++
      if (difference <= 0) i++
      if (difference >= 0) j++
    }
    const either = left.length + right.length - shared
    return either === 0 ? 1 : shared / either
  }

  /**
   * For each set the smallest number of a set that it is linked with, its own where there is none: candidates of at least `least` similarity
   * are linked, and what is linked with one is linked with all. O(sets log sets) for each of 16 bands, and the comparisons.
   */
  clusters(least: number): Uint32Array {
    const parent = Uint32Array.from({ length: this.count }, (_, i) => i)
    const rootOf = (set: number): number => {
      let root = set
      while (parent[root] !== root) {
        parent[root] = parent[parent[root] as number] as number
        root = parent[root] as number
      }
      return root
    }
    const link = (a: number, b: number): void => {
      const [left, right] = [rootOf(a), rootOf(b)]
      if (left === right || !this.isSimilar(a, b, least)) return
      parent[Math.max(left, right)] = Math.min(left, right)
    }
    const order = new Float64Array(this.count)
    for (let band = 0; band < bands; band++) {
      for (let i = 0; i < this.count; i++) order[i] = (this.keys[i * bands + band] as number) * 2 ** numberBits + i
      order.sort()
      const keyOf = (place: number) => Math.floor((order[place] as number) / 2 ** numberBits)
      const numberOf = (place: number) => (order[place] as number) % 2 ** numberBits
      let first = 0
      for (let place = 1; place < this.count; place++) {
        if (keyOf(place) !== keyOf(first)) first = place
        for (let other = place - 1; other >= Math.max(first, place - mostCompared); other--) {
          link(numberOf(other), numberOf(place))
        }
      }
    }
    return parent.map((_, set) => rootOf(set))
  }

  private isSimilar(a: number, b: number, least: number): boolean {
    const [left, right] = [this.lengths[a] as number, this.lengths[b] as number]
    return Math.min(left, right) >= least * Math.max(left, right) && this.similarity(a, b) >= least
  }

  private setOf(index: number): Int32Array {
    const start = this.starts[index] as number
    const at = Math.floor(start / piece)
    return (this.pieces[at] ?? new Int32Array()).subarray(
      start - at * piece,
      start - at * piece + (this.lengths[index] as number),
    )
  }

  private grow(): void {
    const [starts, lengths, keys] = [this.starts, this.lengths, this.keys]
    this.starts = new Float64Array(2 * starts.length)
    this.starts.set(starts)
    this.lengths = new Uint32Array(2 * lengths.length)
    this.lengths.set(lengths)
    this.keys = new Uint32Array(2 * keys.length)
    this.keys.set(keys)
  }
}
