import { expect, it } from 'vitest'
import { carryError, restoreError } from '../src/carried-error.ts'
import { DataError, InputError, isMarqueeError, ModelError, QueryError } from '../src/errors.ts'

const carried = (error: unknown) => restoreError(structuredClone(carryError(error)))

it.each([InputError, DataError, QueryError, ModelError])('%o arrives as it was', (Kind) => {
  const cause = Object.assign(new TypeError('no gzip'), { code: 'Z_DATA_ERROR', errno: -3 })
  const error = new Kind(
    { en: 'The file is damaged.', zh: '文件已损坏。' },
    {
      code: 'damaged',
      value: ['a', 1],
      file: 'a.csv',
      line: 3,
      advice: { en: 'Copy it again.', zh: '请重新复制。' },
      cause,
    },
  )
  const arrived = carried(error)
  expect(arrived).toBeInstanceOf(Kind)
  expect(isMarqueeError(arrived)).toBe(true)
  expect({ ...arrived }).toEqual({ ...error })
  expect(arrived.message).toBe(error.message)
  expect(arrived.stack).toBe(error.stack)
  expect(arrived.cause).toMatchObject({ name: 'TypeError', message: 'no gzip', code: 'Z_DATA_ERROR', errno: -3 })
})

it('what an error does not say stays unsaid', () => {
  const arrived = carried(new InputError({ en: 'No.', zh: '不行。' }, { code: 'no' }))
  expect(arrived).toMatchObject({ value: undefined, file: undefined, line: undefined, advice: undefined })
  expect('cause' in arrived).toBe(false)
})

it('errors of the system keep what they say, and anything thrown becomes an error', () => {
  const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', path: '/tmp/a' })
  expect(carried(full)).toMatchObject({ message: 'ENOSPC: no space left', code: 'ENOSPC', path: '/tmp/a' })
  expect(carried('so')).toMatchObject({ name: 'Error', message: 'so' })
})
