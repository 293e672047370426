import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mapAtOnce } from '../src/map-at-once.ts'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

it('keeps the order and never works on more than the limit at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3)), fc.integer({ min: 1, max: 5 }), async (pauses, limit) => {
      let working = 0
      let most = 0
      const doubled = await mapAtOnce(pauses, limit, async (pauseOfItem, index) => {
        working++
        most = Math.max(most, working)
        await pause(pauseOfItem)
        working--
        return [pauseOfItem, index]
      })
      expect(doubled).toEqual(pauses.map((pauseOfItem, index) => [pauseOfItem, index]))
      expect(most).toBe(Math.min(limit, pauses.length))
    }),
    { numRuns: 30 },
  )
})

it('begins nothing after a failure and throws it when the others have ended', async () => {
  const begun: number[] = []
  const ended: number[] = []
  const work = mapAtOnce([0, 1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item)
    await pause(item === 1 ? 1 : 20)
    if (item === 1) throw new Error('failed at 1')
    ended.push(item)
  })
  await expect(work).rejects.toThrow('failed at 1')
  expect(begun).toEqual([0, 1])
  expect(ended).toEqual([0])
})

it('throws the failure that came first, whichever item it is of', async () => {
  const work = mapAtOnce([20, 1], 2, async (milliseconds) => {
    await pause(milliseconds)
    throw new Error(`failed after ${milliseconds} ms`)
  })
  await expect(work).rejects.toThrow('failed after 1 ms')
})
