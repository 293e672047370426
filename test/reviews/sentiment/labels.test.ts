import { expect, test } from 'vitest'
import { labelRule } from '../../../src/reviews/sentiment/labels.ts'

const ruleFor = (...values: string[]) => labelRule(new Map(values.map((value) => [value, 1])))
const read = (values: readonly string[]) => values.map((value) => ruleFor(...values).read(value))

test.each([
  [
    ['0', '1'],
    [0, 1],
  ],
  [
    ['neg', 'pos', 'Neutral', ''],
    [0, 1, 'between', 'missing'],
  ],
  [
    ['差评', '好评', '中评'],
    [0, 1, 'between'],
  ],
  [
    ['1', '2', '3', '4', '5', 'NaN'],
    [0, 0, 'between', 1, 1, 'missing'],
  ],
  [
    ['0.5', '3', '3.5', '5'],
    [0, 'between', 1, 1],
  ],
  [
    ['1', '4', '5', '6', '7', '10'],
    [0, 0, 'between', 'between', 1, 1],
  ],
  [
    ['15', '90'],
    [0, 1],
  ],
  [
    ['５', '１'],
    [1, 0],
  ],
])('%j are %j', (values, labels) => {
  expect(read(values)).toEqual(labels)
})

test('a few wrong values do not change the rule, and are not read', () => {
  const rule = labelRule(
    new Map([
      ['5', 600],
      ['1', 400],
      ['11', 1],
      ['x', 1],
    ]),
  )
  expect(['5', '1', '11', 'x'].map((value) => rule.read(value))).toEqual([1, 0, undefined, undefined])
})

test('the best mark can be told', () => {
  expect(labelRule(new Map(), 10).read('5')).toBe('between')
})

test('labels that mean nothing are refused with the commonest of them', () => {
  const counts = new Map([
    ['books', 5],
    ['hotels', 9],
    ['1', 1],
  ])
  expect(() => labelRule(counts)).toThrow(expect.objectContaining({ code: 'labels-unknown', value: 'hotels' }))
})
