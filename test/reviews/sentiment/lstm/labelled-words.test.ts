import { expect, test } from 'vitest'
import { LabelledWords } from '../../../../src/reviews/sentiment/lstm/labelled-words.ts'
import { inventReviews } from '../../../support/reviews.ts'

function gather(...texts: string[]): LabelledWords {
  const gathered = new LabelledWords(100)
  for (const text of texts) gathered.add(text, 1)
  return gathered
}
const reviewsOf = (gathered: LabelledWords, most = 100) => gathered.known(most).reviews.map((words) => [...words])

test('words of two reviews are known, the most frequent first, and the others are passed over', () => {
  const gathered = gather('dull dull plot', 'plot once dull', 'twice twice plot')
  expect(reviewsOf(gathered)).toEqual([[0, 0, 1], [1, 0], [1]])
  expect(gathered.known(100).keys).toHaveLength(2)
})

test('no more words are known than are asked for', () => {
  const gathered = gather('plot plot dull', 'dull plot end', 'end')
  expect(reviewsOf(gathered, 1)).toEqual([[0, 0], [0], []])
})

test('texts without words are left out, languages counted', () => {
  const gathered = gather('', ' <br> ', '剧情非常精彩', 'the plot is dull')
  expect(gathered.outcomes).toEqual([0, 2])
  expect(gathered.learned).toEqual({ zh: 1, en: 1 })
})

test('equal texts are held out together', () => {
  const texts = inventReviews(400, 8).map(({ text }) => text)
  const { isHeldOut } = gather(...texts, ...texts).known(100)
  expect(isHeldOut.slice(0, 400)).toEqual(isHeldOut.slice(400))
  expect(isHeldOut.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(40)
})
