import { beforeAll, describe, expect, test } from 'vitest'
import { decodeModel, encodeModel } from '../../src/models/saved-model.ts'
import type { Learned, Learner } from '../../src/reviews/sentiment/learners.ts'
import { measureSentiment, predictionsOf } from '../../src/reviews/sentiment/measures.ts'
import { loadSentiment } from '../../src/reviews/sentiment/open-sentiment.ts'
import type { Judgement, SentimentModel } from '../../src/reviews/sentiment/sentiment-model.ts'
import { inventReviews } from '../support/reviews.ts'

const { signal } = new AbortController()

export interface LabelledText {
  readonly text: string
  readonly label: 0 | 1
}

/** What a learner makes of `reviews`. */
export function learn({ gathered, learn: finish }: Learner, reviews: readonly LabelledText[]): Promise<Learned> {
  for (const { text, label } of reviews) gathered.add(text, label)
  return finish()
}

export async function judgeOne(model: SentimentModel, text: string): Promise<Judgement> {
  const [judgement] = await model.judge([text], signal)
  if (!judgement) throw new Error('nothing was judged')
  return judgement
}

export async function probabilityOf(model: SentimentModel, text: string): Promise<number> {
  const judgement = await judgeOne(model, text)
  return judgement.why === undefined ? judgement.probability : Number.NaN
}

/** What every model of sentiment keeps to; `learner` begins one with that seed. */
export function sentimentContract(name: string, learner: (seed: number) => Learner): void {
  describe(`${name} keeps the contract of models of sentiment`, () => {
    let learned: Learned
    beforeAll(async () => {
      learned = await learn(learner(1), inventReviews(3000, 1))
    })

    test('tells new reviews apart in both languages, about as well as those held out, with calibrated probabilities', async () => {
      const { heldOut, model } = learned
      const reviews = inventReviews(1000, 2)
      const measuresOf = async (some: typeof reviews) => {
        const judgements = await model.judge(
          some.map(({ text }) => text),
          signal,
        )
        const logits = judgements.map((judgement) => (judgement.why === undefined ? judgement.logit : 0))
        const labels = some.map(({ label }) => label)
        return measureSentiment(predictionsOf(logits, labels))
      }
      expect((await measuresOf(reviews)).calibrationError).toBeLessThan(0.05)
      for (const one of ['en', 'zh'] as const) {
        const { accuracy } = await measuresOf(reviews.filter(({ language }) => language === one))
        expect(accuracy).toBeGreaterThan(0.85)
        expect(Math.abs(accuracy - (heldOut?.accuracy ?? 0))).toBeLessThan(0.06)
      }
    })

    test('what stands beside a word counts', async () => {
      expect(await probabilityOf(learned.model, 'the plot is worth every minute.')).toBeGreaterThan(0.75)
      expect(await probabilityOf(learned.model, 'the plot is not worth a minute.')).toBeLessThan(0.25)
    })

    test('traditional characters, width and case count as the usual form', async () => {
      const { model } = learned
      expect(await probabilityOf(model, '劇情非常精彩')).toBe(await probabilityOf(model, '剧情非常精彩'))
      expect(await probabilityOf(model, 'THE PLOT IS DULL')).toBe(await probabilityOf(model, 'the plot is dull'))
    })

    test('a text is judged the same whatever it is judged beside, also at the same time', async () => {
      const { model } = learned
      const texts = ['', ...inventReviews(60, 5).map(({ text }) => text), 'the plot is dull. '.repeat(200)]
      const [together, again] = await Promise.all([model.judge(texts, signal), model.judge(texts.toReversed(), signal)])
      expect(together).toHaveLength(texts.length)
      for (const [i, text] of texts.entries()) {
        const alone = await judgeOne(model, text)
        for (const judgement of [together[i], again.toReversed()[i]]) {
          expect(judgement?.why).toBe(alone.why)
          if (alone.why === undefined && judgement?.why === undefined) {
            expect(judgement?.logit).toBeCloseTo(alone.logit, 4)
          }
        }
      }
      expect(await model.judge([], signal)).toEqual([])
    })

    test('judging ends with an abort, and the model goes on', async () => {
      const { model } = learned
      await expect(model.judge(['the plot is dull'], AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
      expect(await probabilityOf(model, 'the plot is dull')).toBeLessThan(0.5)
    })

    test.each([
      ['', 'empty'],
      ['  <br/> ', 'empty'],
      ['Le film est magnifique et les acteurs sont vraiment très bons', 'other-language'],
      ['😀😀😀', 'nothing-known'],
    ])('does not judge %j: %s', async (text, why) => {
      expect((await judgeOne(learned.model, text)).why).toBe(why)
    })

    test('a text of a hundred thousand characters is judged', async () => {
      expect(await probabilityOf(learned.model, 'the plot is dull and bored me. '.repeat(3300))).toBeLessThan(0.5)
    })

    test('what explains a judgement sums to its logit, where there is a sum', async () => {
      const text = 'We saw it on Friday. the music is wonderful.'
      const judgement = await judgeOne(learned.model, text)
      const sum = learned.model.explain(text)?.reduce((total, { amount }) => total + amount, 0)
      if (sum !== undefined && judgement.why === undefined) expect(sum).toBeCloseTo(judgement.logit, 5)
    })

    test('a saved model says the same', async () => {
      const again = loadSentiment(decodeModel(encodeModel(learned.model.save()), 'a.model'), 'a.model')
      const texts = inventReviews(50, 9).map(({ text }) => text)
      expect(again.learned).toEqual(learned.model.learned)
      expect(await again.judge(texts, signal)).toEqual(await learned.model.judge(texts, signal))
    })

    test('a saved model without its numbers is refused', () => {
      const saved = learned.model.save()
      const refused = { code: 'model-file-corrupt' }
      expect(() => loadSentiment({ ...saved, arrays: {} }, 'a.model')).toThrow(expect.objectContaining(refused))
      expect(() => loadSentiment({ ...saved, about: {} }, 'a.model')).toThrow(expect.objectContaining(refused))
    })

    test('a model of one language does not judge another', async () => {
      const chinese = inventReviews(600, 4).filter(({ language }) => language === 'zh')
      const { model } = await learn(learner(1), chinese)
      expect((await judgeOne(model, 'The plot is dull and the acting is worse.')).why).toBe('other-language')
    })

    test('a few reviews make a model whose quality is not known', async () => {
      const { heldOut, model } = await learn(learner(1), inventReviews(12, 3))
      expect(heldOut).toBeUndefined()
      const [{ text } = { text: '' }] = inventReviews(12, 3)
      expect(await probabilityOf(model, text)).toBeGreaterThan(0)
    })

    test.each([0, 1] as const)('reviews that are all %i are refused', async (label) => {
      await expect(learn(learner(1), [{ text: 'good', label }])).rejects.toMatchObject({ code: 'one-outcome' })
    })

    test('texts that share no word can be learned from', async () => {
      const { model } = await learn(learner(1), [
        { text: 'wonderful', label: 1 },
        { text: 'dull', label: 0 },
      ])
      expect((await judgeOne(model, 'dull')).why).toBe('nothing-known')
    })

    test('the same seed makes the same model', async () => {
      const models = await Promise.all([1, 2].map(() => learn(learner(5), inventReviews(300, 7))))
      expect(models[0]?.model.save()).toEqual(models[1]?.model.save())
    })
  })
}
