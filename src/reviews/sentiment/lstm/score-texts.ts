import { layOut, sequencesOf } from '../../../kernels/networks/sequences.ts'
import type { TextNetwork } from '../../../kernels/networks/text-network.ts'

/** ln(p / (1 - p)) of each of `texts`, words by number, at most `size` of them at once and those together that are of about one length. */
export async function scoreTexts(
  network: TextNetwork,
  texts: readonly Uint32Array[],
  size: number,
  signal: AbortSignal,
): Promise<Float64Array> {
  const order = Array.from(texts.keys()).sort((a, b) => lengthOf(texts, a) - lengthOf(texts, b))
  const logits = new Float64Array(texts.length)
  for (let from = 0; from < order.length; from += size) {
    const places = order.slice(from, from + size)
    const sequences = sequencesOf(places.map((place) => texts[place] as Uint32Array))
    const scores = await network.score(layOut(sequences, network.shape.words), signal)
    for (const [i, place] of places.entries()) logits[place] = scores[i] as number
  }
  return logits
}

const lengthOf = (texts: readonly Uint32Array[], place: number) => (texts[place] as Uint32Array).length
