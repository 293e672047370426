import { expect, test } from 'vitest'
import { Random } from '../../../src/kernels/random.ts'
import { estimateShare, expectingShare } from '../../../src/reviews/sentiment/favourable-share.ts'
import type { SentimentModel } from '../../../src/reviews/sentiment/sentiment-model.ts'

/** Logits that are right where the share `before` of the reviews is favourable, for reviews of which `share` is. */
function logitsOf(size: number, share: number, before: number, random: Random): number[] {
  return Array.from({ length: size }, () => {
    const evidence = (random.uniform() < share ? 1 : -1) + random.normal()
    return 2 * evidence + Math.log(before / (1 - before))
  })
}

test.each([
  [0.5, 0.5],
  [0.85, 0.5],
  [0.2, 0.7],
])('finds the share %d of reviews by a model of reviews with the share %d', (share, before) => {
  expect(estimateShare(logitsOf(20_000, share, before, new Random(3)), before)).toBeCloseTo(share, 1.5)
})

test('reviews that all say one thing leave room for the other', () => {
  const share = estimateShare([30, 31, 32], 0.5)
  expect(share).toBeGreaterThan(0.99)
  expect(share).toBeLessThan(1)
})

test('a model that expects a share moves every logit, and its words sum to it', async () => {
  const model: SentimentModel = {
    learned: { en: 1 },
    judge: async (texts) =>
      texts.map((text) => (text ? { language: 'en', logit: 1, probability: 0.73 } : { language: 'und', why: 'empty' })),
    explain: () => [
      { words: 'fine', amount: 1.5 },
      { words: '', amount: -0.5 },
    ],
    save: () => ({ algorithm: 'x', about: {}, arrays: {} }),
  }
  const expecting = expectingShare(model, 0.5, 0.8)
  const [judged, empty] = await expecting.judge(['a', ''], new AbortController().signal)
  if (judged?.why !== undefined) throw new Error(judged?.why)
  expect(judged?.logit).toBeCloseTo(1 + Math.log(4), 12)
  expect(judged?.probability).toBeCloseTo(1 / (1 + Math.exp(-1) / 4), 12)
  expect(expecting.explain('a')?.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(1 + Math.log(4), 12)
  expect(empty).toEqual({ language: 'und', why: 'empty' })
})
