import { expect, test } from 'vitest'
import { quoteAround } from '../../src/privacy/quote-around.ts'

test('what may be personal is left out of a quote, and markup too', () => {
  const text =
    'Write to ann.bo@mail.example or @annbo, call 138 0013 8000, see https://x.example/a?b <br />now &hellip; ok'
  expect(quoteAround(text, 'Write')).toBe('Write to *** or ***, call ***, see *** now ok')
})

test('a long text is cut around the word', () => {
  const text = `${'before '.repeat(40)}dragon ${'after '.repeat(40)}`
  const quote = quoteAround(text, 'dragon', 40)
  expect(quote).toMatch(/^…[a-z ]*dragon[a-z ]*…$/)
  expect([...quote].length).toBeLessThanOrEqual(42)
  expect(quoteAround(text, 'absent', 20).length).toBeLessThanOrEqual(22)
  expect([...quoteAround(`${'👏'.repeat(200)}好`, '好', 50)].length).toBeLessThanOrEqual(52)
  expect(quoteAround('short', 'short')).toBe('short')
})
