import { expect, test } from 'vitest'
import { chooseQuotes, type Quotable } from '../../src/reviews/choose-quotes.ts'

const textsOf = (texts: readonly Quotable[], count: number) => chooseQuotes(texts, count).map(({ text }) => text)
const of = (...texts: string[]) => texts.map((text, index) => ({ text, weight: 1 - index / 10 }))

test('the weightiest comes first, near copies are left out', () => {
  const quotes = textsOf(
    of(
      'The middle drags on without end',
      'the MIDDLE drags, on without end!!',
      'Every joke falls flat',
      'Middle drags without an end',
      '剧情拖沓，看到一半就想快进',
      '剧情拖沓，看到一半就想快进了',
    ),
    5,
  )
  expect(quotes).toEqual(['The middle drags on without end', 'Every joke falls flat', '剧情拖沓，看到一半就想快进'])
})

test('one that differs goes before one that weighs a little more', () => {
  const quotes = textsOf(
    [
      { text: 'slow second act with no plot', weight: 1 },
      { text: 'slow second act, thin plot, weak villain', weight: 0.9 },
      { text: 'the music drowns every line', weight: 0.8 },
    ],
    2,
  )
  expect(quotes).toEqual(['slow second act with no plot', 'the music drowns every line'])
})

test('long texts are cut, too short ones are left out, lines become one', () => {
  const [first, ...others] = textsOf(of('slow\n\n and dull '.repeat(30), 'ok', ''), 3)
  expect(others).toEqual([])
  expect([...(first ?? '')].length).toBeLessThanOrEqual(160)
  expect(first).toMatch(/^slow and dull slow.*…$/)
  expect(textsOf([], 3)).toEqual([])
})

test('what is personal is masked', () => {
  expect(textsOf(of(', call 138 0013 8000 for the dull plot,'), 1)).toEqual(['call *** for the dull plot'])
})
