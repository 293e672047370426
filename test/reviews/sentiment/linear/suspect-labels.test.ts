import { expect, test } from 'vitest'
import { suspectLabels } from '../../../../src/reviews/sentiment/linear/suspect-labels.ts'

test('labels against which a model is as sure as it is on average of the other are suspect, the surest first', () => {
  const logit = [3, 2, 4, -3, -4, -2, 3.5, -9, 0.4]
  const outcome = [1, 1, 1, 0, 0, 0, 0, 1, 0]
  expect(suspectLabels(logit, outcome)).toEqual([7, 6])
})

test('with one kind of label, or none, nothing is suspect', () => {
  expect(suspectLabels([-5, 2], [1, 1])).toEqual([])
  expect(suspectLabels([], [])).toEqual([])
})
