import { expect, test } from 'vitest'
import { decodeModel, encodeModel } from '../../../src/models/saved-model.ts'
import { LexiconSentiment } from '../../../src/reviews/sentiment/lexicon-sentiment.ts'
import { measureSentiment, predictionsOf } from '../../../src/reviews/sentiment/measures.ts'
import { lexicon, loadSentiment, openSentiment } from '../../../src/reviews/sentiment/open-sentiment.ts'
import { verdictOf } from '../../../src/reviews/sentiment/sentiment-model.ts'
import { judgeOne } from '../../contracts/sentiment-model.ts'
import { inventReviews } from '../../support/reviews.ts'

const { signal } = new AbortController()
const model = new LexiconSentiment()

test.each([
  ['The acting is superb and the story moved me.', 'positive'],
  ['The acting is not good, and the plot is a mess.', 'negative'],
  ['演技精湛，非常感人', 'positive'],
  ['一点都不好看，剧情拖沓', 'negative'],
  ['We saw it on a Friday with my brother.', 'unsure'],
  ['周五晚上看的', 'unsure'],
  ['', 'not-judged'],
  ['Le film est magnifique et les acteurs sont vraiment très bons', 'not-judged'],
])('%j is %s', async (text, verdict) => {
  expect(verdictOf(await judgeOne(model, text), 0.1)).toBe(verdict)
})

test('a text without an opinion has no logit and no words', async () => {
  expect(await judgeOne(model, '周五晚上看的')).toMatchObject({ logit: 0, probability: 0.5 })
  expect(model.explain('周五晚上看的')).toEqual([])
})

test('its words and the constant sum to the logit', async () => {
  for (const { text } of inventReviews(50, 3)) {
    const judgement = await judgeOne(model, text)
    const sum = model.explain(text).reduce((total, { amount }) => total + amount, 0)
    expect(judgement.why === undefined && judgement.logit).toBeCloseTo(sum, 10)
  }
  expect(model.explain('一点都不好看')[0]?.words).toBe('好看')
})

test('invented reviews are told apart', async () => {
  const reviews = inventReviews(600, 3)
  const judgements = await model.judge(
    reviews.map(({ text }) => text),
    signal,
  )
  const logits = judgements.map((one) => (one.why === undefined ? one.logit : 0))
  const { areaUnderRoc } = measureSentiment(
    predictionsOf(
      logits,
      reviews.map(({ label }) => label),
    ),
  )
  expect(areaUnderRoc).toBeGreaterThan(0.8)
})

test('it is opened by name or as a saved model, and says what it is', async () => {
  const saved = loadSentiment(decodeModel(encodeModel(model.save()), 'a.model'), 'a.model')
  for (const one of [await openSentiment(lexicon), saved]) {
    expect(one).toMatchObject({ by: 'lexicon', learned: { en: 0, zh: 0 } })
    expect(await judgeOne(one, '非常感人')).toEqual(await judgeOne(model, '非常感人'))
  }
})
