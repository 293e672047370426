import { expect, test } from 'vitest'
import { clip, quote, shorten, writeGrowth, writeNumber, writeShare } from '../../src/report/wording.ts'

test('large numbers are abbreviated as each language does', () => {
  expect(shorten(1_234_567)).toEqual({ en: '1.23M', zh: '123万' })
  expect(shorten(2531.4)).toEqual({ en: '2,531', zh: '2,531' })
  expect(shorten(0)).toEqual({ en: '0', zh: '0' })
  expect(writeNumber(987_654_321.4).en).toBe('987,654,321')
  expect(writeNumber(0.00123).en).toBe('0.0012')
})

test('a share is never rounded to all or nothing', () => {
  expect(writeShare(1).en).toBe('100%')
  expect(writeShare(0.99999).en).toBe('> 99.9%')
  expect(writeShare(0.00001).en).toBe('< 0.1%')
  expect(writeShare(0).en).toBe('0%')
})

test('growth comes with its interval, and a dash where there is none', () => {
  expect(writeGrowth(0.34, 0.21, 0.49).en).toBe('+34% [+21%, +49%]')
  expect(writeGrowth(-0.5, null, null).zh).toBe('-50%')
  expect(writeGrowth(null, null, null).en).toBe('–')
})

test('a name is one line, cut by characters, and cannot style or turn what surrounds it', () => {
  expect(clip('a\n\tb\u202ec')).toBe('a b c')
  expect([...clip('🎬'.repeat(60), 10)]).toHaveLength(10)
  expect(clip('{a|b}')).not.toContain('{a|')
  expect(quote('x')).toBe('“\u2068x\u2069”')
})
