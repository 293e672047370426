import { expect, test } from 'vitest'
import { matchField } from '../../../src/ingest/detect/dictionary/look-up.ts'
import { titleWords } from '../../../src/ingest/detect/dictionary/shared.ts'
import { measureWords, words } from '../../../src/ingest/detect/dictionary/words.ts'
import { parseHeader } from '../../../src/ingest/detect/parse-header.ts'
import { fields, kinds, titleFields } from '../../../src/warehouse/schema.ts'

test.each([
  ['watch_time_hours', 'hours'],
  ['观看时长(分钟)', 'minutes'],
  ['觀看時長（分鐘）', 'minutes'],
  ['dur_ms', 'milliseconds'],
  ['minutesWatched', 'minutes'],
  ['观看秒数', 'seconds'],
  ['Duration [s]', 'seconds'],
  ['watch_time', undefined],
])('%s says %s', (header, unit) => {
  const parsed = parseHeader(header)
  expect(parsed.unit).toBe(unit)
  expect(matchField('viewing', 'watched_seconds', parsed)?.score).toBeGreaterThan(0.9)
})

test.each([
  ['Start Time (UTC)', 'UTC'],
  ['开始时间（北京时间）', 'Asia/Shanghai'],
  ['start_time_utc', 'UTC'],
  ['开始时间(GMT+8)', 'Asia/Shanghai'],
  ['start_time', undefined],
])('%s is in zone %s', (header, zone) => {
  expect(parseHeader(header).timeZone).toBe(zone)
})

test('counts in millions and in 万', () => {
  expect(parseHeader('Viewers(millions)').scale).toBe(1e6)
  expect(parseHeader('票房(万元)').scale).toBe(1e4)
})

test('every field of every kind has six names or more, and each is recognised however it is written', () => {
  for (const kind of kinds) {
    for (const { name } of [...titleFields, ...fields[kind]]) {
      const names = words[kind][name] ?? titleWords[name] ?? []
      expect(names.length, `${kind}.${name}`).toBeGreaterThanOrEqual(6)
      if (words[kind][name] === undefined && (kind === 'spend' || kind === 'outcome')) continue
      for (const word of names) {
        const shout = parseHeader(word.toUpperCase().replaceAll(' ', '_'))
        expect(matchField(kind, name, shout)?.score, `${kind}.${name}: ${word}`).toBeGreaterThan(0.9)
      }
    }
  }
  for (const names of Object.values(measureWords)) expect(names.length).toBeGreaterThanOrEqual(6)
})
