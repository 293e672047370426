import { expect, test } from 'vitest'
import { proposeSource } from '../../../src/ingest/detect/propose-source.ts'
import { readStatedUnit } from '../../../src/ingest/detect/stated-unit.ts'

const propose = (header: string, row: string, preamble: readonly string[] = []) =>
  proposeSource(
    { path: '/p/day.csv', header: header.split(','), rows: [row.split(','), row.split(',')], format: {}, preamble },
    { folder: '/p' },
  )

test.each([
  [['全国日票房', '单位：万元'], 10_000],
  [['單位: 新台币 元'], undefined],
  [['Weekend gross (in millions)'], 1_000_000],
  [['Unit: INR Crore'], 10_000_000],
  [['数据日期：2024-03-04'], undefined],
])('%j states %s', (lines, scale) => {
  expect(readStatedUnit(lines)?.scale).toBe(scale)
})

test('a unit above the header counts for amounts that say none, not for people', () => {
  const { settings, notes } = propose('影片名称,当日票房,累计票房,人次', '夜航,960.5,29500.2,29800', [
    '日票房',
    '单位：万元',
  ])
  expect(settings.columns.gross).toEqual({ from: '当日票房', scale: 10_000 })
  expect(settings.columns.tickets).toEqual({ from: '人次' })
  expect(notes[0]?.zh).toContain('“单位：万元”')
  expect(
    propose('影片名称,票房(元),人次', '夜航,960.5,29', ['单位：万元']).settings.columns.gross?.scale,
  ).toBeUndefined()
})

test('the gross of the day goes before that of the whole run, and the other is named', () => {
  const { columns } = propose('影片名称,累计票房（万元）,当日票房（万元）,统计日期', '夜航,29500.2,960.5,2024-03-04')
  expect(columns.find(({ field }) => field === 'gross')?.header).toBe('当日票房（万元）')
  expect(columns.find(({ header }) => header === '累计票房（万元）')?.reason.zh).toContain('已读取“当日票房（万元）”')
})

test('small amounts without a unit are read as written, and said', () => {
  expect(propose('影片名称,票房,人次', '夜航,497286,29').notes[0]?.zh).toContain('均未注明单位')
  expect(propose('影片名称,票房,人次', '夜航,4972860000,29').notes).toEqual([])
  expect(propose('影片名称,票房（元）,人次', '夜航,497286,29').notes).toEqual([])
})
