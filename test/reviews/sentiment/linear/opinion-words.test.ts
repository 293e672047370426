import { expect, test } from 'vitest'
import { fitLinear } from '../../../../src/reviews/sentiment/linear/fit-linear.ts'
import { LabelledGrams } from '../../../../src/reviews/sentiment/linear/labelled-grams.ts'
import { wordsBeside } from '../../../../src/reviews/sentiment/linear/opinion-words.ts'
import { judgeOne } from '../../../contracts/sentiment-model.ts'
import { inventReviews } from '../../../support/reviews.ts'

const { signal } = new AbortController()

async function learnFrom(language: 'en' | 'zh') {
  const gathered = new LabelledGrams()
  const reviews = inventReviews(1500, 3).filter((review) => review.language === language)
  for (const { text, label } of reviews) gathered.add(text, label)
  const counted = { reviews: reviews.length, learned: { [language]: reviews.length } }
  return { ...counted, gathered, fit: await fitLinear(gathered, 1, signal, { checkAll: true }) }
}

test.each([
  ['en', 'We saw it on Friday: superb', 'We saw it on Friday: atrocious'],
  ['zh', '周五晚上看的，封神', '周五晚上看的，恶心'],
] as const)('a model of %s knows opinions that none of its reviews has', async (language, good, bad) => {
  const { fit, gathered, learned } = await learnFrom(language)
  expect([await judgeOne(fit.model, good), await judgeOne(fit.model, bad)]).toEqual([
    expect.objectContaining({ probability: expect.toSatisfy((p: number) => p > 0.6) }),
    expect.objectContaining({ probability: expect.toSatisfy((p: number) => p < 0.4) }),
  ])
  expect(fit.model.learned).toEqual(learned)
  expect(gathered.learned).toEqual(learned)
})

test('words are no reviews: they are not counted, held out or checked', async () => {
  const { fit, gathered, reviews } = await learnFrom('zh')
  expect(gathered.outcomes[0] + gathered.outcomes[1]).toBe(reviews)
  expect(fit.checked).toBe(reviews)
})

test('words are those of the languages, of either kind as many, about a tenth of many reviews and repeated for few', () => {
  const [zh, en] = [wordsBeside(1e5, new Set(['zh'])), wordsBeside(1e5, new Set(['en', 'deu']))]
  expect(zh.length).toBeGreaterThan(9_000)
  expect(zh.length).toBeLessThan(11_000)
  expect(zh.some(({ word }) => /[a-z]{5}/.test(word))).toBe(false)
  expect(en.some(({ word }) => /\p{Script=Han}/u.test(word))).toBe(false)
  const ofKind = (outcome: 0 | 1) => zh.filter((one) => one.outcome === outcome).length
  expect(ofKind(0)).toBe(ofKind(1))
  const few = wordsBeside(10, new Set(['zh'])).map(({ word }) => word)
  expect(few.filter((word) => word === '难看').length).toBeGreaterThanOrEqual(2)
})
