import { expect, test } from 'vitest'
import { proposeSource } from '../../../src/ingest/detect/propose-source.ts'

const propose = (...rows: string[]) => {
  const [header = [], ...cells] = rows.map((row) => row.split(','))
  return proposeSource({ path: '/p/f.csv', header, rows: cells, format: {} }, { folder: '/p', timeZone: 'Asia/Seoul' })
}
test('how often a video was shared is no share of an audience', () => {
  const { settings } = propose('title,share,view,like', '甲,37246,696593,2714', '乙,48936,421016,2849')
  expect(settings).toMatchObject({
    kind: 'panel_rating',
    columns: { measure: { value: 'views' }, value: { from: 'view' } },
  })
})

test('marks and places in a list of films are not taken for those of a panel without asking', () => {
  const { ambiguities } = propose('title,rating,rank', '甲,9.6,1', '乙,9.5,2', '丙,9.4,3', '丁,9.4,4', '戊,9.3,5')
  expect(ambiguities.map(({ about }) => about)).toContain('kind')
  expect(propose('title,channel,rating', '甲,甲台,9.6', '乙,乙台,9.5').ambiguities).toEqual([])
})

test('a rating with its text is a review, so that the text is kept', () => {
  const { settings } = propose(
    'movie_id,user_id,rate,time,content',
    '1,u1,4,2024-03-04 20:00:00,好看',
    '1,u2,2,2024-03-04 21:00:00,一般般',
  )
  expect(settings.kind).toBe('review')
})

test('Korean and Japanese headers', () => {
  const korean = propose(
    '순위,영화명,개봉일,매출액,관객수,스크린수',
    '1,긴 겨울,2024-02-22,98000000000,9298501,2367',
    '2,밤의 항구,2024-02-28,15000000000,1581213,1200',
  )
  expect(korean).toMatchObject({
    ambiguities: [],
    settings: { kind: 'box_office', columns: { gross: { from: '매출액' }, tickets: { from: '관객수' } } },
  })
  const japanese = propose('順位,作品名,週末興行収入(億円),動員', '1,長い冬,12.5,900000', '2,夜の港,3.1,200000')
  expect(japanese.settings).toMatchObject({
    kind: 'box_office',
    columns: {
      title: { from: '作品名' },
      gross: { from: '週末興行収入(億円)', scale: 1e8 },
      tickets: { from: '動員' },
    },
  })
  const station = propose('放送局,番組名,放送日,視聴率', '甲局,夜の港,2024-03-04,12.5', '乙局,長い冬,2024-03-04,8.1')
  expect(station.settings).toMatchObject({
    kind: 'panel_rating',
    columns: { channel: { from: '放送局' }, title: { from: '番組名' } },
  })
})

test('a table with one column a station', () => {
  const { settings, notes } = propose(
    '日期,甲卫视,乙卫视,CCTV-1',
    '2024-03-04,0.31,0.42,1.5',
    '2024-03-05,0.33,0.41,1.6',
  )
  expect(settings).toMatchObject({
    kind: 'panel_rating',
    format: { unpivot: { key: 'channel', value: 'value' } },
    columns: { channel: { from: 'channel' }, period_start: { from: '日期' }, measure: { value: 'rating' } },
  })
  expect(notes[0]?.zh).toContain('measure.value')
})
