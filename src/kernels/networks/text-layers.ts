import type { LstmShape } from './lstm.ts'
import type { PoolingName } from './pooling.ts'

/** Sizes of the layers; `embedding` and `width` are multiples of 8. */
export interface TextNetworkShape extends LstmShape {
  readonly words: number
  readonly embedding: number
  readonly pooling: PoolingName
}

/** What a network is made of, by rows. The directions of the LSTM lie side by side, but for `recurrent`, where one follows the other. */
export interface TextLayers<A = Float32Array> {
  /** E, words x embedding. */
  readonly embedding: A
  /** U, width x 4 width for each direction: input gate, forget gate, new content, output gate. */
  readonly recurrent: A
  /** q, width for each direction; nothing unless states are pooled by attention. */
  readonly query: A
  /** v, width for each direction. */
  readonly dense: A
  /** W, embedding x 4 width for each direction. */
  readonly input: A
  /** b, 4 width for each direction. */
  readonly gateBias: A
  /** a, one number. */
  readonly denseBias: A
}

function layerSizes(shape: TextNetworkShape): [keyof TextLayers, number][] {
  const wide = shape.width * shape.directions
  return [
    ['embedding', shape.words * shape.embedding],
    ['recurrent', shape.width * 4 * wide],
    ['query', shape.pooling === 'attention' ? wide : 0],
    ['dense', wide],
    ['input', shape.embedding * 4 * wide],
    ['gateBias', 4 * wide],
    ['denseBias', 1],
  ]
}

const sizeOf = (layers: readonly [keyof TextLayers, number][]) => layers.reduce((sum, [, size]) => sum + size, 0)

/** How many numbers a network is made of, the last of them unused so that it is a multiple of 4. */
export const textParameterCount = (shape: TextNetworkShape) => 4 * Math.ceil(sizeOf(layerSizes(shape)) / 4)

/** How many of them are no biases; they come first. */
export const textWeightCount = (shape: TextNetworkShape) => sizeOf(layerSizes(shape).slice(0, -2))

/** The layers that `parameters` hold, sharing their memory. */
export function textLayersOf(parameters: Float32Array, shape: TextNetworkShape): TextLayers {
  let from = 0
  const layers = layerSizes(shape).map(([name, size]) => {
    from += size
    return [name, parameters.subarray(from - size, from)]
  })
  return Object.fromEntries(layers)
}
