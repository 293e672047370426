import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { decodeModel, encodeModel } from '../../../src/models/saved-model.ts'
import { fitLinear, type LinearFit } from '../../../src/reviews/sentiment/fit-linear.ts'
import { LabelledGrams } from '../../../src/reviews/sentiment/labelled-grams.ts'
import { LinearSentiment } from '../../../src/reviews/sentiment/linear-sentiment.ts'
import { measureSentiment, predictionsOf } from '../../../src/reviews/sentiment/measures.ts'
import { type Judgement, verdictOf } from '../../../src/reviews/sentiment/sentiment-model.ts'
import { inventReviews } from '../../support/reviews.ts'

const signal = new AbortController().signal

function gather(reviews: readonly { text: string; label: 0 | 1 }[]): LabelledGrams {
  const gathered = new LabelledGrams()
  for (const { text, label } of reviews) gathered.add(text, label)
  return gathered
}

let fit: LinearFit
beforeAll(async () => {
  fit = await fitLinear(gather(inventReviews(3000, 1)), 1, signal)
})
const judge = async (text: string) => (await fit.model.judge([text], signal))[0] as Judgement
const probabilityOf = async (text: string) => {
  const judgement = await judge(text)
  return judgement.why === undefined ? judgement.probability : Number.NaN
}

test('tells new reviews apart in both languages, about as well as those held out', async () => {
  const { heldOut, model } = fit
  for (const language of ['en', 'zh'] as const) {
    const reviews = inventReviews(1000, 2).filter((review) => review.language === language)
    const judgements = await model.judge(
      reviews.map(({ text }) => text),
      signal,
    )
    const logits = judgements.map((judgement) => (judgement.why === undefined ? judgement.logit : 0))
    const measures = measureSentiment(
      predictionsOf(
        logits,
        reviews.map(({ label }) => label),
      ),
    )
    expect(measures.accuracy).toBeGreaterThan(0.85)
    expect(measures.calibrationError).toBeLessThan(0.05)
    expect(Math.abs(measures.accuracy - (heldOut?.accuracy ?? 0))).toBeLessThan(0.05)
  }
})

test('runs of words count, not words alone', async () => {
  expect(await probabilityOf('the plot is worth every minute.')).toBeGreaterThan(0.8)
  expect(await probabilityOf('the plot is not worth a minute.')).toBeLessThan(0.2)
})

test('traditional characters, width and case count as the usual form', async () => {
  expect(await probabilityOf('劇情非常精彩')).toBe(await probabilityOf('剧情非常精彩'))
  expect(await probabilityOf('THE PLOT IS DULL')).toBe(await probabilityOf('the plot is dull'))
})

test('its words sum to the logit', async () => {
  const { model } = fit
  const known = inventReviews(200, 5).map(({ text }) => text)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...known), { minLength: 1, maxLength: 4 }), async (texts) => {
      const text = texts.join(' ')
      const judgement = await judge(text)
      if (judgement.why !== undefined) throw new Error(judgement.why)
      const sum = model.explain(text).reduce((total, { amount }) => total + amount, 0)
      expect(Math.abs(sum - judgement.logit)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(judgement.logit)))
    }),
  )
  const [strongest] = model.explain('We saw it on Friday. the music is wonderful.')
  expect(strongest?.words).toMatch(/wonderful/)
})

test('a saved model says the same', async () => {
  const again = LinearSentiment.load(decodeModel(encodeModel(fit.model.save()), 'a.model'))
  const texts = inventReviews(50, 9).map(({ text }) => text)
  expect(await again.judge(texts, signal)).toEqual(await fit.model.judge(texts, signal))
})

test.each([
  ['', 'empty'],
  ['  <br/> ', 'empty'],
  ['Le film est magnifique et les acteurs sont vraiment très bons', 'other-language'],
  ['😀😀😀', 'nothing-known'],
])('does not judge %j: %s', async (text, why) => {
  const judgement = await judge(text)
  expect(judgement.why).toBe(why)
  expect(verdictOf(judgement, 0.1)).toBe('not-judged')
})

test('a model of one language does not judge another', async () => {
  const chinese = inventReviews(1200, 4).filter(({ language }) => language === 'zh')
  const { model } = await fitLinear(gather(chinese), 1, signal)
  const [judgement] = await model.judge(['The plot is dull and the acting is worse.'], signal)
  expect(judgement?.why).toBe('other-language')
})

test('near one half the verdict is unsure', () => {
  const at = (probability: number) => verdictOf({ language: 'en', logit: 0, probability }, 0.1)
  expect([0.39, 0.45, 0.55, 0.61].map(at)).toEqual(['negative', 'unsure', 'unsure', 'positive'])
})

test('a few reviews make a model whose quality is not known', async () => {
  const few = await fitLinear(gather(inventReviews(12, 3)), 1, signal)
  expect(few.heldOut).toBeUndefined()
})

test('reviews of one kind are refused', async () => {
  const gathered = gather([{ text: 'good', label: 1 }])
  await expect(fitLinear(gathered, 1, signal)).rejects.toMatchObject({ code: 'one-outcome' })
})

test('the same seed makes the same model', async () => {
  const models = await Promise.all([1, 2].map(() => fitLinear(gather(inventReviews(300, 7)), 5, signal)))
  expect(models[0]?.model.save()).toEqual(models[1]?.model.save())
})

test('labels that were turned around are found, and left out where that is asked', async () => {
  const reviews = inventReviews(1500, 11)
  const turned = new Set(reviews.flatMap((_, i) => (i % 30 === 0 ? [i] : [])))
  const given = reviews.map(({ text, label }, i) => ({ text, label: turned.has(i) ? ((1 - label) as 0 | 1) : label }))
  const checked = await fitLinear(gather(given), 1, signal, { checkAll: true, leaveOut: true })
  expect(checked.checked).toBe(1500)
  const found = checked.suspects.filter(({ review }) => turned.has(review)).length
  expect(found).toBeGreaterThan(0.5 * turned.size)
  expect(checked.suspects.length).toBeLessThan(200)
  const usual = await fitLinear(gather(given), 1, signal)
  expect(usual.checked).toBe(usual.heldOut?.reviews)
  expect(usual.model.save()).not.toEqual(checked.model.save())
})

test('equal texts are held out together', () => {
  const texts = inventReviews(400, 8)
  const { fold } = gather([...texts, ...texts]).matrix()
  expect(fold.slice(0, 400)).toEqual(fold.slice(400))
  expect(new Set(fold).size).toBe(10)
})
