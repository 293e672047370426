import { expect, test } from 'vitest'
import { instantiate, isRelaxed, kernelMemory, kernelModule } from '../../../src/kernels/threads/kernel-module.ts'
import { largestDifference, noise } from '../../support/kernels.ts'

test('both binaries take the same steps forward and back but for rounding', () => {
  const [width, lengths, words] = [16, [7, 7, 5, 2, 1], 6]
  const rows = lengths.reduce((sum, length) => sum + length + 1, 1)
  const results = [false, isRelaxed].map((relaxed) => {
    const memory = kernelMemory()
    memory.grow(10)
    const kernels = instantiate(kernelModule(relaxed), memory)
    const page = 65_536
    const floats = (at: number, length: number, seed?: number) => {
      const array = new Float32Array(memory.buffer, at * page, length)
      if (seed !== undefined) array.set(noise(length, seed))
      return array
    }
    const integers = (at: number, values: readonly number[]) => new Uint32Array(memory.buffer, at).set(values)
    integers(page, [0, 1, 2, 3, 4])
    integers(page + 100, [0, 7, 14, 19, 21, 22])
    integers(
      page + 200,
      Array.from({ length: rows }, (_, row) => row % words),
    )
    floats(2, words * 4 * width, 1)
    floats(3, width * 4 * width, 2)
    const gates = floats(4, rows * 4 * width)
    const states = floats(6, rows * width)
    floats(7, rows * width, 3)
    const [order, start, word, inputs, recurrent] = [page, page + 100, page + 200, 2 * page, 3 * page]
    const common = [0, lengths.length, width, 1, 0, order, start]
    kernels.lstmForward(8 * page, ...common, word, inputs, recurrent, 4 * page, 5 * page, 6 * page)
    kernels.lstmBackward(8 * page, ...common, recurrent, 4 * page, 5 * page, 7 * page)
    return { states, gates }
  })
  const [plain, fused] = results as [(typeof results)[number], (typeof results)[number]]
  for (const name of ['states', 'gates'] as const) {
    expect(largestDifference(plain[name], fused[name])).toBeLessThan(1e-5)
    expect(plain[name].some((value) => value !== 0)).toBe(true)
  }
})
