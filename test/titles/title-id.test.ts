import { expect, it } from 'vitest'
import { assignTitleIds } from '../../src/titles/title-id.ts'

it('gives 52-bit integers that do not change', () => {
  const ids = assignTitleIds(['a', 'b'])
  expect(ids.get('a')).toBe(0xca978112ca1bb)
  expect([...ids.values()].every((id) => Number.isSafeInteger(id) && id >= 0 && id < 2 ** 52)).toBe(true)
})

it('resolves collisions the same way in any order', () => {
  const colliding = (identity: string): number => (identity.includes('\u0000') ? identity.length : 7)
  const ids = assignTitleIds(['b', 'a', 'cc'], new Set(), colliding)
  expect(ids).toEqual(assignTitleIds(['cc', 'b', 'a'], new Set(), colliding))
  expect(ids.get('a')).toBe(7)
  expect(new Set(ids.values()).size).toBe(3)
})
