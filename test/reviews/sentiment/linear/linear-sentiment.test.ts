import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { linearLearner } from '../../../../src/reviews/sentiment/learners.ts'
import { fitLinear } from '../../../../src/reviews/sentiment/linear/fit-linear.ts'
import { LabelledGrams } from '../../../../src/reviews/sentiment/linear/labelled-grams.ts'
import { LinearSentiment } from '../../../../src/reviews/sentiment/linear/linear-sentiment.ts'
import { type SentimentModel, verdictOf } from '../../../../src/reviews/sentiment/sentiment-model.ts'
import { judgeOne, learn, sentimentContract } from '../../../contracts/sentiment-model.ts'
import { inventReviews } from '../../../support/reviews.ts'

const { signal } = new AbortController()
const learner = (seed: number) => linearLearner(seed, {}, { signal })

function gather(reviews: readonly { text: string; label: 0 | 1 }[]): LabelledGrams {
  const gathered = new LabelledGrams()
  for (const { text, label } of reviews) gathered.add(text, label)
  return gathered
}

sentimentContract('linear', learner)

let model: SentimentModel
beforeAll(async () => {
  model = (await learn(learner(1), inventReviews(600, 1))).model
})

test('its words sum to the logit', async () => {
  const known = inventReviews(200, 5).map(({ text }) => text)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...known), { minLength: 1, maxLength: 4 }), async (texts) => {
      const text = texts.join(' ')
      const judgement = await judgeOne(model, text)
      if (judgement.why !== undefined) throw new Error(judgement.why)
      const sum = (model.explain(text) ?? []).reduce((total, { amount }) => total + amount, 0)
      expect(Math.abs(sum - judgement.logit)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(judgement.logit)))
    }),
  )
  const [strongest] = model.explain('We saw it on Friday. the music is wonderful.') ?? []
  expect(strongest?.words).toMatch(/wonderful/)
})

test('words that are repeated count for more, less each time, and are told once', async () => {
  const logit = async (text: string) => {
    const judgement = await judgeOne(model, text)
    return judgement.why === undefined ? judgement.logit : Number.NaN
  }
  const [once, twice] = ['the music is wonderful but tedious', 'the music is wonderful wonderful but tedious']
  expect(await logit(twice)).toBeGreaterThan(await logit(once))
  const times = (count: number) => `${'tedious, '.repeat(count)}wonderful`
  expect(await logit(times(2))).toBeLessThan(await logit(times(1)))
  expect(await logit(times(254))).not.toBe(await logit(times(255)))
  expect(await logit(times(400))).toBe(await logit(times(300)))
  const words = model.explain(times(3))?.map((one) => one.words) ?? []
  expect(words).toContain('tedious')
  expect(new Set(words).size).toBe(words.length)
})

test('a model that was learned by another way of counting is refused', () => {
  const saved = model.save()
  const other = { ...saved, about: { ...saved.about, counting: 'once' } }
  expect(() => LinearSentiment.load(other)).toThrow(expect.objectContaining({ code: 'model-file-corrupt' }))
})

test('near one half the verdict is unsure', () => {
  const at = (probability: number) => verdictOf({ language: 'en', logit: 0, probability }, 0.1)
  expect([0.39, 0.45, 0.55, 0.61].map(at)).toEqual(['negative', 'unsure', 'unsure', 'positive'])
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
