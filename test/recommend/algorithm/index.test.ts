import { expect, test } from 'vitest'
import { algorithms } from '../../../src/recommend/algorithm/index.ts'

test('every algorithm is found by its name, and its defaults are settings', () => {
  for (const [name, algorithm] of Object.entries(algorithms)) {
    expect(algorithm.name).toBe(name)
    expect(algorithm.settings.safeParse({}).success).toBe(true)
  }
})
