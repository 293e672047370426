import { expect, it } from 'vitest'
import { DataError, InputError } from '../src/errors.ts'

it('an error says its sentence and advice in both languages, its message in English', () => {
  const cause = new Error('EIO')
  const error = new DataError(
    { en: 'The file is damaged.', zh: '文件已损坏。' },
    { code: 'damaged', file: 'a.csv', line: 3, advice: { en: 'Copy it again.', zh: '请重新复制。' }, cause },
  )
  expect(error).toMatchObject({ name: 'DataError', message: 'The file is damaged.', code: 'damaged', line: 3, cause })
  expect(error.text.zh).toBe('文件已损坏。')
  expect(error.advice?.zh).toBe('请重新复制。')
})

it('an error in one language does not compile', () => {
  // @ts-expect-error A sentence needs both languages.
  new InputError('Only English.', { code: 'x' })
  // @ts-expect-error So does advice.
  new InputError({ en: 'No.', zh: '不行。' }, { code: 'x', advice: 'Only English.' })
  // @ts-expect-error And neither may be left out.
  const error = new InputError({ en: 'No.' }, { code: 'x' })
  expect(error.message).toBe('No.')
})
