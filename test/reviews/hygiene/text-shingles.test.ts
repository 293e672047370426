import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextShingles } from '../../../src/reviews/hygiene/text-shingles.ts'

const shingles = new TextShingles()
const scan = (text: string) => {
  const hashes = new Set(shingles.scan(text))
  return { hashes, words: shingles.words, identity: shingles.identity }
}

test('marks, symbols, HTML, case, width and traditional characters do not tell texts apart', () => {
  const pairs = [
    ['A great film!', 'a GREAT film <br/> 👍 …'],
    ['演员演技在线，结尾感人', '演員演技在線！！结尾感人~~'],
    ['“Don’t go.” (Really)', "Don't go Really"],
  ] as const
  for (const [left, right] of pairs) expect(scan(left)).toEqual(scan(right))
})

test('words, their order and their number do', () => {
  const texts = [
    'a good film',
    'a film good',
    'a good film film',
    'good film',
    'agood film',
    '好看',
    '看好',
    '好看好看',
    '',
  ]
  expect(new Set(texts.map((text) => scan(text).identity)).size).toBe(texts.length)
})

test('a text has a shingle for each pair of neighbouring words, up to two thousand words', () => {
  expect(scan('').words).toBe(0)
  expect(scan('!!! 👍').hashes.size).toBe(0)
  expect(scan('好').hashes.size).toBe(1)
  expect(scan('one two three').hashes.size).toBe(2)
  expect(scan('很好很好很好很好').hashes.size).toBe(2)
  const long = Array.from({ length: 3000 }, (_, i) => `w${i}`).join(' ')
  expect(scan(long)).toMatchObject({ words: 2000 })
  expect(scan(long).hashes.size).toBe(1999)
})

test('any text is scanned, also what is no text at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { words, hashes } = scan(text)
      expect(hashes.size).toBeLessThanOrEqual(Math.max(1, words))
      expect(Number.isSafeInteger(shingles.identity)).toBe(true)
    }),
  )
  expect(scan('\ud800 broken \udc00').words).toBe(1)
})
