import { rowOf, totalOf } from '../../src/kernels/sparse.ts'
import { type AutoencoderShape, type Batch, layersOf } from '../../src/kernels/variational-autoencoder.ts'

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** The mean loss of a play of `batch` by the equations of `VariationalAutoencoder`, one after another in double precision. */
export function plainLoss(
  parameters: Float32Array,
  shape: AutoencoderShape,
  { input, target, noise }: Batch,
  beta: number,
): number {
  const { titles, hidden, latent } = shape
  const at = layersOf(parameters, shape)
  const range = (length: number) => [...Array(length).keys()]
  const losses = range(input.rows).map((row) => {
    const x = rowOf(input, row)
    const w = rowOf(target, row)
    const h = range(hidden).map((k) => {
      const shown = [...x.index].map((title, e) => (x.value[e] as number) * (at.input[title * hidden + k] as number))
      return Math.tanh((at.hiddenBias[k] as number) + total(shown))
    })
    const code = range(2 * latent).map(
      (j) => (at.codeBias[j] as number) + total(h.map((own, k) => own * (at.code[k * 2 * latent + j] as number))),
    )
    const z = range(latent).map(
      (k) => (code[k] as number) + Math.exp((code[latent + k] as number) / 2) * (noise[row * latent + k] as number),
    )
    const logits = range(titles).map(
      (title) =>
        (at.titleBias[title] as number) + total(z.map((own, k) => own * (at.titles[title * latent + k] as number))),
    )
    const partition = Math.log(total(logits.map(Math.exp)))
    const misses = total(
      [...w.index].map((title, e) => (w.value[e] as number) * (partition - (logits[title] as number))),
    )
    const divergence = range(latent).map((k) => {
      const [m, s] = [code[k] as number, code[latent + k] as number]
      return (m * m + Math.exp(s) - s - 1) / 2
    })
    return misses + beta * totalOf(w) * total(divergence)
  })
  return total(losses) / totalOf(target)
}
