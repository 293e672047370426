import { expect, it } from 'vitest'
import { readChinese, readNumeral, readRoman } from '../../src/titles/numerals.ts'

it('reads roman, Chinese, English and plain numbers alike', () => {
  expect(['i', 'iv', 'ix', 'xiv', 'xxxix'].map(readRoman)).toEqual([1, 4, 9, 14, 39])
  expect(['', 'iiii', 'vx', 'mix'].map(readRoman)).toEqual([null, null, null, null])
  expect(['十', '十二', '二十', '一百零三', '二〇二三', '12', '两'].map(readChinese)).toEqual([
    10, 12, 20, 103, 2023, 12, 2,
  ])
  expect(['Second', 'VII', 'eleven', '三', 'many'].map(readNumeral)).toEqual([2, 7, 11, 3, null])
})
