import type { Random } from '../random.ts'

/**
 * MinHash (Broder, "On the resemblance and containment of documents", 1997): the smallest value that each of several random functions takes on a
 * set is equal for two sets with the probability of their Jaccard similarity. Signatures are cut into bands of rows; sets with one band alike are
 * candidates (Indyk and Motwani 1998): those of similarity s with probability 1 - (1 - s^rows)^bands.
 */
export class MinHash {
  readonly bands: number
  readonly rows: number
  private readonly seeds: Int32Array
  private readonly factors: Int32Array

  constructor(bands: number, rows: number, random: Random) {
    this.bands = bands
    this.rows = rows
    this.seeds = Int32Array.from({ length: bands * rows }, () => random.bits())
    this.factors = Int32Array.from({ length: bands * rows }, () => random.bits() | 1)
  }

  /** Writes the signature of a set of well-mixed 32-bit hashes, `bands * rows` values, to `into`. O(hashes * bands * rows). */
  sign(hashes: Int32Array, into: Int32Array): void {
    const { seeds, factors } = this
    for (let i = 0; i < seeds.length; i++) {
      const seed = seeds[i] as number
      const factor = factors[i] as number
      let least = 0x7fffffff
      for (let j = 0; j < hashes.length; j++) {
        let value = Math.imul((hashes[j] as number) ^ seed, factor)
        value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
        value ^= value >>> 13
        if (value < least) least = value
      }
      into[i] = least
    }
  }

  /** Writes one key of 31 bits a band to `into` from `at` on; bands that are alike have the same. */
  bandKeys(signature: Int32Array, into: Uint32Array, at: number): void {
    for (let band = 0; band < this.bands; band++) {
      let key = band
      for (let row = 0; row < this.rows; row++) {
        key = Math.imul(key ^ (signature[band * this.rows + row] as number), 0x85ebca6b)
        key ^= key >>> 15
      }
      into[at + band] = key >>> 1
    }
  }
}

/** The share of functions on which two signatures agree: an estimate of the Jaccard similarity, of standard error sqrt(s (1 - s) / length). */
export function estimateSimilarity(a: Int32Array, b: Int32Array): number {
  let equal = 0
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) equal++
  return equal / a.length
}
