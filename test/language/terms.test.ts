import { expect, test } from 'vitest'
import { termsOf } from '../../src/language/terms.ts'

const keys = (text: string) => termsOf(text).map(({ key }) => key)

test('English words are stemmed; those that say nothing are left out', () => {
  expect(keys('The detectives were investigating a murder in 1999')).toEqual(keys('detective investigates murders'))
  expect(termsOf('Running Men')).toEqual([
    { key: 'run', form: 'running' },
    { key: 'men', form: 'men' },
  ])
})

test('Chinese is cut into words; traditional characters count as simplified ones', () => {
  expect(keys('一名警察追捕连环杀手')).toEqual(expect.arrayContaining(['警察', '追捕', '杀手']))
  expect(keys('警察與殺手的故事')).toEqual(keys('警察与杀手的故事'))
  expect(keys('我和你的')).toEqual([])
})

test('both may stand in one text', () => {
  expect(keys('NASA的宇航员 stranded on Mars')).toEqual(expect.arrayContaining(['nasa', '宇航员', 'strand', 'mar']))
})

test('there may be none', () => {
  expect(termsOf('')).toEqual([])
  expect(termsOf('… 12 !')).toEqual([])
})
