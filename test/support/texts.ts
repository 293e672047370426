import type { Sequences } from '../../src/kernels/networks/sequences.ts'
import { Random } from '../../src/kernels/random.ts'

/** Sequences of these words. */
export function sequencesOf(...texts: readonly number[][]): Sequences {
  const start = new Uint32Array(texts.length + 1)
  for (const [i, text] of texts.entries()) start[i + 1] = (start[i] as number) + text.length
  return { start, word: Uint32Array.from(texts.flat()) }
}

/** Sequences of these lengths, of words below `words`. */
export function randomSequences(lengths: readonly number[], words: number, seed: number): Sequences {
  const random = new Random(seed)
  return sequencesOf(...lengths.map((length) => Array.from({ length }, () => random.integer(words))))
}
