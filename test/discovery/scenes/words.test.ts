import { expect, test } from 'vitest'
import { SaidWords } from '../../../src/discovery/scenes/words.ts'

const said = (rows: readonly [moment: number, text: string, voices: number][]) => {
  const words = new SaidWords()
  for (const [moment, text, voices] of rows) words.add({ title_id: '1', moment, text, voices })
  return words
}

test('words that are common in the whole title or that few viewers said do not tell of a moment', () => {
  const words = said([
    [0, 'The dragons are here, dragons!', 30],
    [0, 'Dragon', 25],
    [0, 'beautiful music', 20],
    [0, 'spoiler', 1],
    [-1, 'beautiful music', 400],
    [-1, 'slow start', 300],
    [1, 'dragons again', 2],
  ])
  // Forms of one word are one, as most viewers wrote it; a viewer counts once for a text.
  expect(words.wordsOf('1', 0)).toEqual([{ word: 'dragons', viewers: 55 }])
  expect(words.wordsOf('1', 1)).toEqual([])
  expect(words.wordsOf('2', 0)).toEqual([])
})

test('at most five words are given, the most telling first', () => {
  const words = said([
    ...['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot'].map((word, index): [number, string, number] => [
      0,
      word,
      40 - index,
    ]),
    [-1, 'nothing of note', 2000],
  ])
  expect(words.wordsOf('1', 0).map(({ word }) => word)).toEqual(['alpha', 'bravo', 'charlie', 'delta', 'echo'])
})

test('Chinese is cut into words', () => {
  const words = said([
    [0, '前方高能，骑士归来', 30],
    [-1, '第一次看这部电影', 200],
  ])
  expect(words.wordsOf('1', 0).map(({ word }) => word)).toContain('骑士')
})
