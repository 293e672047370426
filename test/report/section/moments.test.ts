import { expect, test } from 'vitest'
import type { TitleMoments } from '../../../src/report/report-data.ts'
import { findMoment } from '../../../src/report/section/moments.ts'

const title: TitleMoments = {
  name: 'X',
  minutes: [],
  moments: [
    {
      reaction: 'comments',
      startSeconds: 60,
      endSeconds: 80,
      place: '0:01:00–0:01:20',
      strength: 12.345,
      viewers: 40,
      words: ['a', 'b', 'c', 'd'],
      scene: [],
    },
  ],
}

test('the strongest moment is told with what was said', () => {
  expect(findMoment(title)).toEqual({
    en: '“\u2068X\u2069”: many comment at 0:01:00–0:01:20, 12.3× what is usual (“\u2068a, b, c\u2069”)',
    zh: '“\u2068X\u2069”：0:01:00–0:01:20 弹幕集中，为平常的 12.3 倍（“\u2068a、b、c\u2069”）',
  })
  expect(findMoment({ ...title, moments: title.moments.map((moment) => ({ ...moment, words: [] })) }).en).not.toContain(
    '(',
  )
  expect(findMoment({ ...title, moments: [] }).en).toBe('Nothing in “\u2068X\u2069” stands out from what is around it')
})
