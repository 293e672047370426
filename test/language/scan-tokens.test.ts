import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TokenScanner } from '../../src/language/scan-tokens.ts'

const scanner = new TokenScanner()
const tokensOf = (text: string) =>
  Array.from({ length: scanner.scan(text) }, (_, i) => text.slice(scanner.from[i], scanner.to[i]))
const hashesOf = (text: string) => [...scanner.hash.subarray(0, scanner.scan(text))]

test.each([
  ['I don’t like it, at all!', ['I', 'don’t', 'like', 'it', ',', 'at', 'all', '!']],
  ['一部好电影ok。', ['一', '部', '好', '电', '影', 'ok', '。']],
  ['<br /><b>Good</b> &amp; &quot;new&quot; &#39;n', ['Good', 'new', 'n']],
  ['1 < 2 & a<b', ['1', '<', '2', '&', 'a', '<', 'b']],
  ['★★★★☆ 😀👍🏽', ['★', '★', '☆', '😀', '👍', '🏽']],
  ['哈哈哈哈哈 !!!!!', ['哈', '哈', '!', '!']],
  ['a\ud800b \udc00 \u0000', ['a', 'b']],
  ['', []],
])('takes %j apart', (text, tokens) => {
  expect(tokensOf(text)).toEqual(tokens)
})

test.each([
  ['GOOD', 'good'],
  ['Café', 'cafe'],
  ['這部電影', '这部电影'],
  ['ＡＢＣ１２！', 'abc12!'],
  ['soooooo', 'soo'],
  ['don’t', "don't"],
])('%s counts as %s', (one, other) => {
  expect(hashesOf(one)).toEqual(hashesOf(other))
})

test.each([
  ['god', 'good'],
  ['100', '1000'],
  ['好', '坏'],
])('%s does not count as %s', (one, other) => {
  expect(hashesOf(one)).not.toEqual(hashesOf(other))
})

test('tokens lie in the text in order, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const count = scanner.scan(text)
      let before = 0
      for (let i = 0; i < count; i++) {
        expect(scanner.from[i]).toBeGreaterThanOrEqual(before)
        expect(scanner.to[i]).toBeGreaterThan(scanner.from[i] as number)
        before = scanner.to[i] as number
      }
      expect(before).toBeLessThanOrEqual(text.length)
    }),
  )
})

test('a text of 100,000 characters keeps all its tokens', () => {
  expect(scanner.scan('word '.repeat(20_000))).toBe(20_000)
})
