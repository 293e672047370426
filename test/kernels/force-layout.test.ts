import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forceLayout, type Link } from '../../src/kernels/force-layout.ts'

const apart = (places: readonly { x: number; y: number }[], a: number, b: number) => {
  const [one, other] = [places[a], places[b]]
  return Math.hypot((one?.x ?? 0) - (other?.x ?? 0), (one?.y ?? 0) - (other?.y ?? 0))
}

test('linked nodes lie nearer each other than others', () => {
  // Two groups of four, each node linked with all of its own group.
  const links: Link[] = []
  for (const group of [0, 4]) {
    for (let a = 0; a < 4; a++) for (let b = 0; b < a; b++) links.push({ from: group + a, to: group + b, weight: 1 })
  }
  const places = forceLayout(8, links, 1)
  const within = links.map(({ from, to }) => apart(places, from, to))
  const between = [0, 1, 2, 3].flatMap((a) => [4, 5, 6, 7].map((b) => apart(places, a, b)))
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
  expect(mean(within)).toBeLessThan(0.75 * mean(between))
})

test('places are the same for the same seed and lie in the unit square, whatever the links', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), fc.array(fc.nat()), fc.nat(), (nodes, ends, seed) => {
      const links = nodes === 0 ? [] : ends.map((end, index) => ({ from: end % nodes, to: index % nodes, weight: 0.5 }))
      const places = forceLayout(nodes, links, seed)
      expect(places).toEqual(forceLayout(nodes, links, seed))
      expect(places).toHaveLength(nodes)
      for (const { x, y } of places) {
        for (const value of [x, y]) expect(value >= 0 && value <= 1).toBe(true)
      }
    }),
    { numRuns: 20 },
  )
})
