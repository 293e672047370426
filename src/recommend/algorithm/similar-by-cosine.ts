import { dot } from '../../kernels/matrices/dot.ts'
import { topK } from '../../kernels/ranking/top-k.ts'
import type { ScoredTitle } from '../recommender.ts'

/** The titles whose vectors, of `width` numbers each, have the highest cosine above 0 with that of `title`, best first. */
export function similarByCosine(vectors: Float32Array, width: number, title: number, count: number): ScoredTitle[] {
  const row = (of: number) => vectors.subarray(of * width, (of + 1) * width)
  const own = row(title)
  const length = Math.sqrt(dot(own, own))
  const cosines = Float64Array.from({ length: vectors.length / width }, (_, other) => {
    const vector = row(other)
    return other === title ? 0 : dot(own, vector) / (length * Math.sqrt(dot(vector, vector)))
  })
  return Array.from(topK(cosines, count), (other) => ({ title: other, score: cosines[other] as number })).filter(
    ({ score }) => score > 0,
  )
}
