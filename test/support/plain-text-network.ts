import type { Dropout } from '../../src/kernels/networks/dropout.ts'
import type { Sequences } from '../../src/kernels/networks/sequences.ts'
import { type TextNetworkShape, textLayersOf } from '../../src/kernels/networks/text-layers.ts'

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const range = (length: number) => [...Array(length).keys()]
const logistic = (x: number) => 1 / (1 + Math.exp(-x))
const dot = (a: readonly number[], b: readonly number[]) => total(a.map((own, k) => own * (b[k] as number)))

/** The states of one direction for the words x, first to last as they are given. */
function plainStates(
  inputs: readonly number[][],
  width: number,
  input: (from: number, gate: number) => number,
  recurrent: (from: number, gate: number) => number,
  bias: (gate: number) => number,
): number[][] {
  let h = range(width).map(() => 0)
  let c = h
  return inputs.map((x) => {
    const sums = range(4 * width).map((gate) => {
      const ofInput = x.map((own, k) => own * input(k, gate))
      const ofState = h.map((own, k) => own * recurrent(k, gate))
      return bias(gate) + total(ofInput) + total(ofState)
    })
    const part = (gate: number, k: number) => sums[gate * width + k] as number
    c = c.map((own, k) => logistic(part(1, k)) * own + logistic(part(0, k)) * Math.tanh(part(2, k)))
    h = c.map((own, k) => logistic(part(3, k)) * Math.tanh(own))
    return h
  })
}

function pool({ pooling, width }: TextNetworkShape, states: readonly number[][], query: readonly number[]): number[] {
  const [first, last] = [states[0] as number[], states[states.length - 1] as number[]]
  if (pooling === 'last') return [...last.slice(0, width), ...first.slice(width)]
  if (pooling === 'max') return first.map((_, k) => Math.max(...states.map((h) => h[k] as number)))
  const powers = states.map((h) => (pooling === 'mean' ? 1 : Math.exp(dot(h, query))))
  return first.map(
    (_, k) =>
      dot(
        powers,
        states.map((h) => h[k] as number),
      ) / total(powers),
  )
}

/** The logit of each sequence by the equations of `Lstm`, `Pooling` and `TextNetwork`, one after another in double precision. */
export function plainLogits(
  parameters: Float32Array,
  shape: TextNetworkShape,
  { start, word }: Sequences,
  dropout?: Dropout,
): number[] {
  const { embedding, width, directions } = shape
  const at = textLayersOf(parameters, shape)
  const distinct = [...new Set(word)]
  const vectorOf = (own: number) =>
    range(embedding).map((k) => {
      const kept = dropout ? (dropout.words[distinct.indexOf(own) * embedding + k] as number) : 1
      return kept * (at.embedding[own * embedding + k] as number)
    })
  return range(start.length - 1).map((sequence) => {
    const x = [...word.slice(start[sequence], start[sequence + 1])].map(vectorOf)
    const wide = directions * width
    const ways = range(directions).map((direction) => {
      const states = plainStates(
        direction === 0 ? x : x.toReversed(),
        width,
        (k, gate) => at.input[k * 4 * wide + direction * 4 * width + gate] as number,
        (k, gate) => at.recurrent[(direction * width + k) * 4 * width + gate] as number,
        (gate) => at.gateBias[direction * 4 * width + gate] as number,
      )
      return direction === 0 ? states : states.toReversed()
    })
    const states = x.map((_, t) => ways.flatMap((way) => way[t] as number[]))
    const pooled = x.length === 0 ? range(wide).map(() => 0) : pool(shape, states, [...at.query])
    const kept = pooled.map((own, k) => own * (dropout ? (dropout.pooled[sequence * wide + k] as number) : 1))
    return (at.denseBias[0] as number) + dot(kept, [...at.dense])
  })
}

/** The mean loss of sequences that came out as `outcome`. */
export function plainLoss(
  parameters: Float32Array,
  shape: TextNetworkShape,
  sequences: Sequences,
  { outcome, weight, dropout }: { outcome: Uint8Array; weight: Float32Array; dropout?: Dropout },
): number {
  const losses = plainLogits(parameters, shape, sequences, dropout).map((logit, i) => {
    const p = logistic(logit)
    return (weight[i] as number) * -Math.log(outcome[i] === 1 ? p : 1 - p)
  })
  return total(losses) / total([...weight])
}
