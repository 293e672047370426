import { expect, test } from 'vitest'
import { reasonsFor } from '../../src/discovery/model.ts'

test('parts that cancel out explain nothing, however they are rounded', () => {
  const episode = (value: string, change: number) => ({ dimension: 'episode' as const, value, change })
  expect(0.1 + 0.2 - 0.3).not.toBe(0)
  expect(reasonsFor([episode('one', 0.1), episode('two', 0.2), episode('three', -0.3)], 5)).toEqual([])
  expect(reasonsFor([episode('one', 3), episode('two', 1), episode('three', -1)], 5)).toEqual([
    { dimension: 'episode', value: 'one', shareOfChange: 0.75 },
    { dimension: 'episode', value: 'two', shareOfChange: 0.25 },
  ])
})
