import { expect, test } from 'vitest'
import { shareInterval } from '../../../src/kernels/statistics/share-interval.ts'

test('equals what Newcombe 1998 gives for Wilson’s method', () => {
  for (const [hits, trials, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const interval = shareInterval(hits, trials)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  }
})

test('is the other way round for the others', () => {
  for (const hits of [0, 1, 7, 20]) {
    const [of, others] = [shareInterval(hits, 20), shareInterval(20 - hits, 20)]
    expect(of.low).toBeCloseTo(1 - others.high, 12)
    expect(of.low).toBeGreaterThanOrEqual(0)
    expect(of.high).toBeLessThanOrEqual(1)
  }
})
