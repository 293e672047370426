import { beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { rowOf, sparseMatrix } from '../../src/kernels/matrices/sparse.ts'
import { topK } from '../../src/kernels/ranking/top-k.ts'
import { decodeModel, encodeModel } from '../../src/models/saved-model.ts'
import type { Algorithm, History, Recommender, TrainingRun, TrainingSet } from '../../src/recommend/recommender.ts'
import { trainRecommender } from '../../src/recommend/train-recommender.ts'
import { tastes } from '../support/tastes.ts'

export const testRun: TrainingRun = {
  seed: 7,
  signal: new AbortController().signal,
  threads: 2,
  memoryBytes: 2 ** 30,
}

export const history = (...titles: number[]): History => ({
  index: Uint32Array.from(titles),
  value: new Float32Array(titles.length).fill(1),
})

export function scoresOf(model: Recommender, of: History): Float64Array {
  const scores = new Float64Array(model.titles).fill(Number.NaN)
  model.score(of, scores)
  return scores
}

/** A matrix in which each of `rows` names the titles one viewer watched. */
export function trainingSet(titles: number, rows: readonly (readonly number[])[]): TrainingSet {
  return {
    interactions: sparseMatrix(rows.length, titles, {
      row: Uint32Array.from(rows.flatMap((row, viewer) => row.map(() => viewer))),
      column: Uint32Array.from(rows.flat()),
      value: new Float32Array(rows.flat().length).fill(1),
    }),
  }
}

/** What every algorithm keeps to. `personal` where its lists differ between viewers. */
export function recommenderContract<S extends z.ZodObject>(
  algorithm: Algorithm<S>,
  { settings, personal = true }: { settings?: Partial<z.output<S>>; personal?: boolean } = {},
): void {
  const chosen = algorithm.settings.parse(settings ?? {}) as z.output<S>
  const set = tastes()
  const train = (of: TrainingSet, run: Partial<TrainingRun> = {}) =>
    trainRecommender(algorithm, of, chosen, { ...testRun, ...run })

  describe(`${algorithm.name} keeps the contract of recommenders`, () => {
    let model: Recommender
    beforeAll(async () => {
      model = await train(set)
    })

    test('scores every title with a finite number', () => {
      for (let viewer = 0; viewer < 20; viewer++) {
        expect(scoresOf(model, rowOf(set.interactions, viewer)).every(Number.isFinite)).toBe(true)
      }
    })

    test('the parts of a score sum to it', () => {
      for (const of of [rowOf(set.interactions, 3), history(1, 5, 9), history(2), history()]) {
        const scores = scoresOf(model, of)
        for (let title = 0; title < model.titles; title += 7) {
          const parts = model.explain(of, title)
          const sum = parts.reduce((total, part) => total + part.amount, 0)
          const scale = parts.reduce((most, part) => Math.max(most, Math.abs(part.amount)), Math.abs(sum))
          expect(Math.abs(sum - (scores[title] as number))).toBeLessThanOrEqual(1e-6 * scale)
          expect(parts.every((part) => part.amount !== 0)).toBe(true)
        }
      }
    })

    test('the best titles are those that all scores put first', () => {
      if (!model.best) return
      const leftOut = [Uint32Array.of(0, 6, 7), Uint32Array.of(1, 6)]
      for (const of of [rowOf(set.interactions, 3), history(), history(1, 5, 9)]) {
        const scores = scoresOf(model, of)
        for (const titles of leftOut) for (const title of titles) scores[title] = Number.NEGATIVE_INFINITY
        for (const count of [0, 1, 10, scores.length]) {
          const best = Array.from(topK(scores, count), (title) => ({ title, score: scores[title] }))
          expect(model.best(of, count, leftOut)).toEqual(best)
        }
      }
    })

    test('without a history the scores are the same for everybody', () => {
      expect(scoresOf(model, history())).toEqual(scoresOf(model, history()))
    })

    const liked = () => {
      let right = 0
      for (let viewer = 0; viewer < 40; viewer++) {
        const of = rowOf(set.interactions, viewer)
        const scores = scoresOf(model, of)
        for (const seen of of.index) scores[seen] = Number.NEGATIVE_INFINITY
        const best = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number))
        right += best.slice(0, 3).filter((title) => title % 4 === viewer % 4).length
      }
      expect(right / 120).toBeGreaterThan(0.8)
    }
    if (personal) test('puts titles of the genre that somebody likes first', liked)

    test('a new play counts at once, for a viewer never seen', () => {
      const before = scoresOf(model, history(1))
      const after = scoresOf(model, history(1, 2, 6, 10))
      if (personal) expect(after).not.toEqual(before)
      else expect(after).toEqual(before)
    })

    test('similar titles are best first, without the title itself', () => {
      const near = model.similar(4, 10)
      expect(near.length).toBeLessThanOrEqual(10)
      expect(near.some(({ title }) => title === 4)).toBe(false)
      expect(near.map(({ score }) => score)).toEqual(near.map(({ score }) => score).sort((a, b) => b - a))
      expect(model.similar(4, 1000).length).toBeLessThan(model.titles)
    })

    test('is the same after it was written and read', () => {
      const saved = model.save()
      const read = algorithm.load(decodeModel(encodeModel(saved), 'a.model'))
      const of = rowOf(set.interactions, 11)
      expect(scoresOf(read, of)).toEqual(scoresOf(model, of))
      expect(read.explain(of, 8)).toEqual(model.explain(of, 8))
      expect(read.similar(3, 5)).toEqual(model.similar(3, 5))
    })

    test('refuses a saved model of another kind', () => {
      expect(() => algorithm.load({ algorithm: 'other', about: {}, arrays: {} })).toThrow(
        expect.objectContaining({ code: 'model-file-corrupt' }),
      )
    })

    test('the same seed gives the same model, on any number of threads', async () => {
      const again = await train(set, { threads: 1 })
      const of = rowOf(set.interactions, 2)
      const [first, second] = [scoresOf(model, of), scoresOf(again, of)]
      for (let title = 0; title < first.length; title++) expect(second[title]).toBeCloseTo(first[title] as number, 5)
    })

    test('refuses to learn from nothing', async () => {
      await expect(train(trainingSet(3, [[], []]))).rejects.toMatchObject({ code: 'training-data-empty' })
    })

    test.each([Number.NaN, -1, 0, Number.POSITIVE_INFINITY])('refuses the weight %s', async (weight) => {
      const wrong = trainingSet(3, [[0, 1], [1]])
      wrong.interactions.value[1] = weight
      await expect(train(wrong)).rejects.toMatchObject({ code: 'weight-not-positive' })
    })

    test.each([
      ['one viewer', trainingSet(4, [[0, 2]])],
      ['one title', trainingSet(1, [[0], [0]])],
      [
        'viewers who are all alike',
        trainingSet(3, [
          [0, 1],
          [0, 1],
          [0, 1],
        ]),
      ],
      ['a title nobody watched', trainingSet(5, [[0, 1], [1, 2], [3]])],
    ])('learns from %s', async (_, small) => {
      const facts = tastes().facts?.slice(0, small.interactions.columns) ?? []
      const tiny = await train({ ...small, facts })
      expect(scoresOf(tiny, history(0)).every(Number.isFinite)).toBe(true)
    })

    test('ends when it is aborted, with the reason', async () => {
      const reason = new Error('enough')
      await expect(train(set, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    })

    test('says that memory would not do before it takes any', async () => {
      await expect(train(set, { memoryBytes: 10 })).rejects.toMatchObject({ code: 'too-much-memory' })
    })

    test('proposes settings to try, and comes to an end', () => {
      let rounds = 0
      for (let best: z.output<S> | undefined; ; rounds++) {
        const candidates = algorithm.candidates(rounds, best)
        if (candidates.length === 0) break
        for (const candidate of candidates) expect(algorithm.settings.parse(candidate)).toEqual(candidate)
        best = candidates[0]
        expect(rounds).toBeLessThan(20)
      }
      expect(rounds).toBeGreaterThan(0)
    })
  })
}
