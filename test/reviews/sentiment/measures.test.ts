import { expect, test } from 'vitest'
import { measureSentiment, predictionsOf } from '../../../src/reviews/sentiment/measures.ts'

test('counts by hand agree', () => {
  const measures = measureSentiment(predictionsOf([2, 1, -1, -3, 0.5], [1, 1, 1, 0, 0]))
  expect(measures.confusion).toEqual([
    [1, 1],
    [1, 2],
  ])
  expect(measures.accuracy).toBeCloseTo(3 / 5)
  expect(measures.macroF1).toBeCloseTo((2 / 4 + 4 / 6) / 2)
  expect(measures.areaUnderRoc).toBeCloseTo(5 / 6)
})

test('a class that is never there has no F1', () => {
  const { macroF1, areaUnderRoc } = measureSentiment(predictionsOf([1, 2], [1, 1]))
  expect(macroF1).toBe(0.5)
  expect(areaUnderRoc).toBeNaN()
})
