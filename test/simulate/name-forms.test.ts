import { expect, test } from 'vitest'
import { formatLength, Zone } from '../../src/simulate/local-time.ts'
import { chineseNumeral } from '../../src/simulate/name-forms.ts'

test('Chinese numerals', () => {
  expect([1, 10, 12, 20, 24, 99].map(chineseNumeral)).toEqual(['一', '十', '十二', '二十', '二十四', '九十九'])
})

test('lengths of time, negative and beyond a day', () => {
  expect([0, 59, -1200, 112_325].map(formatLength)).toEqual(['00:00:00', '00:00:59', '-00:20:00', '31:12:05'])
})

test('a zone knows its changes of clock and keeps clear of them', () => {
  const change = Date.UTC(2025, 10, 2, 6) / 1000
  const zone = new Zone('America/New_York', change - 20 * 86_400, change + 20 * 86_400)
  expect([change - 1, change].map((utc) => zone.offsetAt(utc) / 3600)).toEqual([-4, -5])
  expect(zone.avoidChange(change - 60)).toBe(change + 7200)
  expect(zone.avoidChange(change + 7200)).toBe(change + 7200)
})
