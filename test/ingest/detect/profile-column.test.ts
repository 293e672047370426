import { expect, test } from 'vitest'
import { missingTexts, profileColumn } from '../../../src/ingest/detect/profile-column.ts'

test.each([
  [['1:02:03', '00:41:10'], { unit: 'HH:MM:SS', misfits: 0 }],
  [['PT1H2M', 'PT45M10S'], { unit: 'ISO 8601', misfits: 0 }],
  [['12:34', '01:20'], { isTwoPart: true, misfits: 0 }],
])('durations %j', (values, duration) => {
  expect(profileColumn(values).duration).toEqual(duration)
})

test.each([
  [['95 min', '100 min', '2 Seasons'], 'minutes', 1],
  [['95分钟', '100 分钟'], 'minutes', 0],
  [['30秒', '12秒'], 'seconds', 0],
  [['2 hours', '1.5 h'], 'hours', 0],
])('a unit behind each value: %j', (values, unit, misfits) => {
  const duration = profileColumn(values).duration
  expect(duration).toMatchObject({ unit, misfits })
  expect(new RegExp(duration?.extract ?? '').exec(values[0] ?? '')?.[1]).toBe(/[\d.]+/.exec(values[0] ?? '')?.[0])
})

const plain = { isPercent: false, hasDecimalComma: false, hasMultiple: false, misfits: 0 }
test.each([
  [['1,234,567', '89'], plain],
  [['3,14', '0,5'], { ...plain, hasDecimalComma: true }],
  [['8', '7,5', '9', '6,5'], { ...plain, hasDecimalComma: true }],
  [['1,234', '2,345', '1,5', '89'], { ...plain, misfits: 1 }],
  [['1.200.000', '98.500', '120'], { ...plain, hasDecimalComma: true }],
  [['98.500', '120'], plain],
  [['12.5%', '3%'], { ...plain, isPercent: true }],
  [['1.2亿', '3400万', '¥56'], { ...plain, hasMultiple: true }],
  [['$1.2M', '850K', '1,200'], { ...plain, hasMultiple: true }],
  [['1 234 567 €', '89 €'], plain],
])('numbers %j', (values, number) => {
  expect(profileColumn(values).number).toEqual(number)
})

test('1.234 counts thousands where the other columns of the file write a decimal comma', () => {
  expect(profileColumn(['1.234', '950'], missingTexts, true).number?.hasDecimalComma).toBe(true)
})

test.each([
  [['2h 15m', '45m', '1h', '1h 2m 5s'], 'h m s', 0],
  [['95 min', '1 hr 30 min', '2 hours', '2 Seasons'], 'h m s', 1],
])('a duration in words: %j', (values, unit, misfits) => {
  expect(profileColumn(values).duration).toEqual({ unit, misfits })
})

test.each([
  [['Crime|Drama', 'War'], '|'],
  [['Ann A, Bob B', 'Cy C'], ', '],
  [['["A","B"]', '[]'], 'json'],
  [['甲、乙', '丙'], '、'],
  [['plain', 'words'], undefined],
])('lists %j', (values, separator) => {
  expect(profileColumn(values).separator).toBe(separator)
})

test('missing values are left out', () => {
  expect(profileColumn(['\\N', '', 'N/A', '7'])).toMatchObject({ filled: 1, minimum: 7, integers: 1 })
})

test.each([
  [['剧情 爱情', '犯罪', '美国 中国香港'], ' '],
  [['弗兰克·德拉邦特 Frank Darabont', '陈凯歌 Kaige Chen'], undefined],
  [['张国荣 / 张丰毅', '贾玲'], ' / '],
])('items of %j are parted by %j', (values, separator) => {
  expect(profileColumn(values).separator).toBe(separator)
})

test('the first date among other text', () => {
  const { date, firstDate } = profileColumn([
    '2019-02-22(中国大陆) 2019-02-05(台湾)',
    '上映时间：1994-05-17(法国)',
    '1953(美国)',
  ])
  expect(date).toBeUndefined()
  expect(firstDate?.date).toMatchObject({ format: 'ISO 8601', misfits: 1 })
  expect(new RegExp(firstDate?.extract ?? '').exec('上映时间：1994-05-17(法国)')?.[1]).toBe('1994-05-17')
  expect(profileColumn(['见 2019-02-22 的评论，很好看', '一般', '还行']).firstDate).toBeUndefined()
})
