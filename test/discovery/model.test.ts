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

test('reasons of equal shares stand in one order, whatever the order in which they were summed', () => {
  const region = (value: string, change: number) => ({ dimension: 'region' as const, value, change })
  const title = (value: string, change: number) => ({ dimension: 'title' as const, value, change })
  const [sum, same] = [0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1]
  expect(sum).toBeGreaterThan(same)
  const named = (reasons: ReturnType<typeof reasonsFor>) => reasons.map(({ value }) => value)
  const one = [title('a', sum), title('b', same), region('d', sum), region('c', same)]
  const other = [region('c', sum), region('d', same), title('b', sum), title('a', same)]
  for (const changes of [one, other]) expect(named(reasonsFor(changes, 4))).toEqual(['c', 'd', 'a', 'b'])
})
