import type { Random } from '../random.ts'
import type { Steps } from './sequences.ts'
import type { TextNetworkShape } from './text-layers.ts'

/** Multipliers by which a network learns not to rely on any one number: 0, or 1 / (1 - rate). */
export interface Dropout {
  /** Distinct words of a batch x embedding. */
  readonly words: Float32Array
  /** Sequences x width for each direction. */
  readonly pooled: Float32Array
}

/**
 * Draws multipliers for a batch, for rates from 0 to below 1: a number of a word is dropped in all places where the word occurs.
 * @see Srivastava et al., "Dropout", JMLR 15, 2014; by word: Gal and Ghahramani, "A theoretically grounded application of dropout in recurrent
 * neural networks", NeurIPS 2016, section 4
 */
export function drawDropout(
  { distinct, start }: Steps,
  { embedding, width, directions }: TextNetworkShape,
  rates: { readonly words: number; readonly pooled: number },
  random: Random,
): Dropout {
  const draw = (length: number, rate: number) => {
    const multipliers = new Float32Array(length)
    const dropped = rate * 2 ** 16
    for (let i = 0; i < length; i += 2) {
      const bits = random.bits()
      multipliers[i] = bits >>> 16 < dropped ? 0 : 1 / (1 - rate)
      multipliers[i + 1] = (bits & 0xffff) < dropped ? 0 : 1 / (1 - rate)
    }
    return multipliers
  }
  return {
    words: draw(distinct.length * embedding, rates.words),
    pooled: draw((start.length - 1) * width * directions, rates.pooled),
  }
}
