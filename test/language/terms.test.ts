import { expect, test } from 'vitest'
import { partsOf, termsOf } from '../../src/language/terms.ts'

const keys = (text: string) => termsOf(text).map(({ key }) => key)

test('English words are stemmed; those that say nothing are left out', () => {
  expect(keys('The detectives were investigating a murder in 1999')).toEqual(keys('detective investigates murders'))
  expect(termsOf('Running Men')).toEqual([
    { key: 'run', form: 'Running', from: 0, to: 7 },
    { key: 'men', form: 'Men', from: 8, to: 11 },
  ])
  expect(keys("I don't care, it's SOOOO café")).toEqual(['care', 'soo', 'cafe'])
})

test('Chinese is cut into words; traditional characters count as simplified ones', () => {
  expect(keys('一名警察追捕连环杀手')).toEqual(expect.arrayContaining(['警察', '追捕', '杀手']))
  expect(keys('警察與殺手的故事')).toEqual(keys('警察与杀手的故事'))
  expect(keys('我和你的')).toEqual([])
})

test('a word is shown as the text has it, and lies there', () => {
  const text = '<b>警察與殺手</b>哈哈哈哈的結局'
  expect(termsOf(text).map(({ form }) => form)).toEqual(['警察', '殺手', '哈哈', '結局'])
  for (const { form, from, to } of termsOf(text)) expect(text.slice(from, to)).toBe(form)
})

test('single characters are parts of names that jieba does not know', () => {
  expect(partsOf('喜欢撒贝宁').map(({ key }) => key)).toEqual(['喜欢', '撒', '贝宁'])
  expect(keys('喜欢撒贝宁')).toEqual(['喜欢', '贝宁'])
})

test('both may stand in one text', () => {
  expect(keys('NASA的宇航员 stranded on Mars')).toEqual(expect.arrayContaining(['nasa', '宇航员', 'strand', 'mar']))
})

test('there may be none', () => {
  expect(termsOf('')).toEqual([])
  expect(termsOf('… 12 !')).toEqual([])
})
