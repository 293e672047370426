import { dot } from '../matrices/dot.ts'
import type { Random } from '../random.ts'
import { type TextNetworkShape, textLayersOf, textParameterCount } from './text-layers.ts'

/** Standard deviation of the first vectors of words. */
const wordSpread = 0.05

/** Fills `values` evenly between plus and minus sqrt(6 / (fanIn + fanOut)). */
function fillUniform(values: Float32Array, fanIn: number, fanOut: number, random: Random): void {
  const bound = Math.sqrt(6 / (fanIn + fanOut))
  for (let i = 0; i < values.length; i++) values[i] = bound * (2 * random.uniform() - 1)
}

/** Rows of length 1 at right angles to each other: normal ones, from each of which its parts along those before are taken (Gram and Schmidt). */
function orthogonal(size: number, random: Random): Float64Array[] {
  const rows: Float64Array[] = []
  while (rows.length < size) {
    const row = Float64Array.from({ length: size }, () => random.normal())
    for (const other of rows) {
      const along = dot(row, other)
      for (let k = 0; k < size; k++) row[k] = (row[k] as number) - along * (other[k] as number)
    }
    const length = Math.sqrt(dot(row, row))
    rows.push(row.map((own) => own / length))
  }
  return rows
}

/**
 * Parameters of a network that has learned nothing yet, such that neither states nor gradients vanish: words at random, layers between others by
 * their sizes, each gate of U orthogonal, forget gates open, all else 0. O(words * embedding + width^3).
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, eq. 16; orthogonal: Saxe,
 * McClelland and Ganguli, ICLR 2014; a forget bias of 1: Jozefowicz, Zaremba and Sutskever, ICML 2015, section 2.2
 */
export function firstTextParameters(shape: TextNetworkShape, random: Random): Float32Array {
  const { embedding, width, directions } = shape
  const parameters = new Float32Array(textParameterCount(shape))
  const layers = textLayersOf(parameters, shape)
  for (let i = 0; i < layers.embedding.length; i++) layers.embedding[i] = random.normal(0, wordSpread)
  fillUniform(layers.input, embedding, width, random)
  fillUniform(layers.dense, width * directions, 1, random)
  for (let direction = 0; direction < directions; direction++) {
    for (let gate = 0; gate < 4; gate++) {
      for (const [row, values] of orthogonal(width, random).entries()) {
        layers.recurrent.set(values, ((direction * width + row) * 4 + gate) * width)
      }
    }
    layers.gateBias.fill(1, (4 * direction + 1) * width, (4 * direction + 2) * width)
  }
  return parameters
}
