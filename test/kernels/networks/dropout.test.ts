import { expect, test } from 'vitest'
import { drawDropout } from '../../../src/kernels/networks/dropout.ts'
import { layOut } from '../../../src/kernels/networks/sequences.ts'
import { Random } from '../../../src/kernels/random.ts'
import { randomSequences } from '../../support/texts.ts'

test('dropout drops the share that is asked for and keeps the mean', () => {
  const shape = { words: 500, embedding: 16, width: 8, directions: 2, pooling: 'max' } as const
  const steps = layOut(randomSequences([400, 300], 500, 1), 500)
  const { words, pooled } = drawDropout(steps, shape, { words: 0.25, pooled: 0 }, new Random(2))
  expect(words.length).toBe(steps.distinct.length * 16)
  expect([...new Set(words)].sort()).toEqual([0, Math.fround(4 / 3)])
  expect(words.filter((own) => own === 0).length / words.length).toBeCloseTo(0.25, 1)
  expect(pooled).toEqual(new Float32Array(2 * 2 * 8).fill(1))
})
