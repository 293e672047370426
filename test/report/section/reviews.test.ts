import { expect, test } from 'vitest'
import { findReviewed } from '../../../src/report/section/reviews.ts'

const counts = { low: 0, high: 1, positive: 1, negative: 1, unsure: 0, notJudged: 0 }
const titles = [
  { ...counts, name: 'X', favourable: 0.9 },
  { ...counts, name: 'Y', favourable: 0.25 },
]

test('the best and the worst are told', () => {
  expect(findReviewed(titles)).toEqual({
    en: 'Reviews favour “\u2068X\u2069” most (90%), “\u2068Y\u2069” least (25%)',
    zh: '评论最好的是 “\u2068X\u2069”（正面 90%），最差的是 “\u2068Y\u2069”（正面 25%）',
  })
  expect(findReviewed(titles.slice(0, 1)).en).toBe('90% of the reviews of “\u2068X\u2069” are favourable')
})
