import { rowOf, type SparseVector, totalOf } from '../../src/kernels/matrices/sparse.ts'
import { type AutoencoderShape, type Batch, layersOf } from '../../src/kernels/networks/variational-autoencoder.ts'

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const range = (length: number) => [...Array(length).keys()]

/** Code and logits for the history `x` by the equations of `VariationalAutoencoder`, one after another in double precision. */
export function plainLogits(
  parameters: Float32Array,
  { titles, hidden, latent }: AutoencoderShape,
  x: { readonly index: Uint32Array; readonly value: ArrayLike<number> },
  noise: ArrayLike<number>,
): { code: number[]; logits: number[] } {
  const at = layersOf(parameters, { titles, hidden, latent })
  const h = range(hidden).map((k) => {
    const shown = [...x.index].map((title, e) => (x.value[e] as number) * (at.input[title * hidden + k] as number))
    return Math.tanh((at.hiddenBias[k] as number) + total(shown))
  })
  const code = range(2 * latent).map(
    (j) => (at.codeBias[j] as number) + total(h.map((own, k) => own * (at.code[k * 2 * latent + j] as number))),
  )
  const z = range(latent).map(
    (k) => (code[k] as number) + Math.exp((code[latent + k] as number) / 2) * (noise[k] as number),
  )
  const logits = range(titles).map(
    (title) =>
      (at.titleBias[title] as number) + total(z.map((own, k) => own * (at.titles[title * latent + k] as number))),
  )
  return { code, logits }
}

function plainDivergence(code: readonly number[]): number {
  const latent = code.length / 2
  return total(
    range(latent).map((k) => {
      const [m, s] = [code[k] as number, code[latent + k] as number]
      return (m * m + Math.exp(s) - s - 1) / 2
    }),
  )
}

/** The mean loss of a play of `batch`. */
export function plainLoss(
  parameters: Float32Array,
  shape: AutoencoderShape,
  { input, target, noise }: Batch,
  beta: number,
): number {
  const lossOf = (x: SparseVector, w: SparseVector, own: Float32Array) => {
    const { code, logits } = plainLogits(parameters, shape, x, own)
    const partition = Math.log(total(logits.map(Math.exp)))
    const misses = [...w.index].map((title, e) => (w.value[e] as number) * (partition - (logits[title] as number)))
    return total(misses) + beta * totalOf(w) * plainDivergence(code)
  }
  const losses = range(input.rows).map((row) => {
    return lossOf(rowOf(input, row), rowOf(target, row), noise.subarray(row * shape.latent, (row + 1) * shape.latent))
  })
  return total(losses) / totalOf(target)
}
