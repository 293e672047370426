import { expect, test } from 'vitest'
import { proposeSource } from '../../../src/ingest/detect/propose-source.ts'
import { kinds } from '../../../src/warehouse/schema.ts'

const propose = (...rows: string[]) => {
  const [header = [], ...cells] = rows.map((row) => row.split(','))
  return proposeSource({ path: '/p/file.csv', header, rows: cells, format: {} }, { folder: '/p', timeZone: 'UTC' })
}

test('of a file with no known header only its kind is asked, every kind offered', () => {
  const { ambiguities } = propose('甲,乙,丙', '1,x,2', '2,y,3')
  expect(ambiguities.map(({ about }) => about)).toEqual(['kind'])
  expect(ambiguities[0]?.choices.map(({ value }) => value)).toEqual(kinds)
  expect(ambiguities[0]?.question.zh).toContain('能识别的列名太少')
})

test('a choice is in one language at a time', () => {
  const { ambiguities } = propose(
    '用户,片名,开始时间,观看时长',
    'u1,夜航,2024-03-04 20:00:00,31',
    'u2,夜航,2024-03-04 21:00:00,55',
  )
  expect(ambiguities.map(({ about }) => about)).toEqual(['watched_seconds.unit'])
  expect(ambiguities[0]?.choices.slice(0, 2)).toEqual([
    { value: 'seconds', label: { en: 'seconds', zh: '秒' } },
    { value: 'minutes', label: { en: 'minutes', zh: '分钟' } },
  ])
})
