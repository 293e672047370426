import { expect, test } from 'vitest'
import { findEffect, findFlagged } from '../../../src/report/section/hygiene.ts'

test('how many reviews are flagged is told with the commonest reason', () => {
  const reason = (en: string, reviews: number) => ({ name: { en, zh: en }, reviews, isLeftOut: true })
  const data = {
    reviews: 2000,
    flagged: 60,
    leftOut: 60,
    reasons: [reason('copy', 20), reason('burst', 50)],
    effects: [],
  }
  expect(findFlagged(data)).toEqual({
    en: '60 of 2,000 reviews (3%) are flagged, most often as: burst (50)',
    zh: '2,000 条评论中有 60 条（3%）被标记，最多的原因是burst（50 条）',
  })
})

test('the title that changes most is told, in either direction', () => {
  const effect = (name: string, before: number, after: number) => ({
    ...{ name, source: 's', leftOut: 9, before, after, change: after - before, low: -1, high: 1, marks: null },
  })
  expect(findEffect([effect('X', 0.5, 0.6), effect('Y', 0.5, 0.3)])).toEqual({
    en: 'Without the 9 left out of it, 30% of the reviews of “\u2068Y\u2069” are favourable, not 50%',
    zh: '剔除其中 9 条后，“\u2068Y\u2069” 的正面评论占 30%，而非 50%',
  })
  expect(findEffect([effect('X', 0.5, 0.9), effect('Y', 0.5, 0.3)]).en).toContain('X')
})
