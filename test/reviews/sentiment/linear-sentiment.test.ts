import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { LabelledGrams } from '../../../src/reviews/sentiment/labelled-grams.ts'
import { linearLearner } from '../../../src/reviews/sentiment/learners.ts'
import { type SentimentModel, verdictOf } from '../../../src/reviews/sentiment/sentiment-model.ts'
import { judgeOne, learn, sentimentContract } from '../../contracts/sentiment-model.ts'
import { inventReviews } from '../../support/reviews.ts'

const { signal } = new AbortController()
const learner = (seed: number) => linearLearner(seed, { signal })

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

test('near one half the verdict is unsure', () => {
  const at = (probability: number) => verdictOf({ language: 'en', logit: 0, probability }, 0.1)
  expect([0.39, 0.45, 0.55, 0.61].map(at)).toEqual(['negative', 'unsure', 'unsure', 'positive'])
})

test('equal texts are held out together', () => {
  const texts = inventReviews(400, 8)
  const gathered = new LabelledGrams()
  for (const { text, label } of [...texts, ...texts]) gathered.add(text, label)
  const { isHeldOut } = gathered.matrix()
  expect(isHeldOut.slice(0, 400)).toEqual(isHeldOut.slice(400))
  expect(isHeldOut.includes(1)).toBe(true)
})
