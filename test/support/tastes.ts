import { sparseMatrix } from '../../src/kernels/matrices/sparse.ts'
import { Random } from '../../src/kernels/random.ts'
import type { TrainingSet } from '../../src/recommend/recommender.ts'

const genres = ['comedy', 'thriller', 'documentary', 'romance']

/**
 * Viewers who each like one of four genres: title t is of genre t mod 4, low numbers are more popular, nine plays in ten are of the
 * genre liked. What a model ought to find out is known: viewer v likes genre v mod 4.
 */
export function tastes({ viewers = 120, titles = 60, plays = 15, seed = 5 } = {}): TrainingSet {
  const random = new Random(seed)
  const row: number[] = []
  const column: number[] = []
  for (let viewer = 0; viewer < viewers; viewer++) {
    for (let play = 0; play < plays; play++) {
      const genre = random.uniform() < 0.9 ? viewer % 4 : random.integer(4)
      row.push(viewer)
      column.push(genre + 4 * Math.floor(random.uniform() ** 2 * Math.floor(titles / 4)))
    }
  }
  const interactions = sparseMatrix(viewers, titles, {
    row: Uint32Array.from(row),
    column: Uint32Array.from(column),
    value: Float32Array.from(row, () => 0.5 + random.uniform()),
  })
  return {
    interactions,
    ageDays: Float32Array.from(interactions.index, () => random.uniform() * 100),
    facts: Array.from({ length: titles }, (_, title) => ({
      name: `Title ${title}`,
      synopsis: `A ${genres[title % 4]} of the year ${1990 + (title % 7)}.`,
      genres: [genres[title % 4] as string],
      directors: [`Director ${title % 12}`],
      actors: [`Actor ${title % 9}`, `Actor ${title % 5}`],
      countries: [],
      languages: [],
      tags: [],
    })),
  }
}
