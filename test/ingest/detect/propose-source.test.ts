import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { presets } from '../../../src/ingest/detect/presets/match-preset.ts'
import type { ProposeOptions, Sample } from '../../../src/ingest/detect/proposal.ts'
import { proposeSource } from '../../../src/ingest/detect/propose-source.ts'
import { sourceSettings } from '../../../src/project/settings.ts'
import { fields, titleFields } from '../../../src/warehouse/schema.ts'

const folder = '/project'

function sampleOf(text: string, format: Sample['format'] = { delimiter: ',' }): Sample {
  const [header = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(format.delimiter ?? ','))
  return { path: '/project/raw/plays.csv', header, rows, format }
}

const propose = (text: string, options: Partial<ProposeOptions> = {}) =>
  proposeSource(sampleOf(text), { folder, ...options })

const tencent = `用户ID,剧名,集数,播放开始时间,播放时长,终端类型,省份,备用
u1,长夜 第二季,3,2024/3/5 20:01:02,00:41:10,手机,广东,x
u2,三江,12,2024/3/15 21:11:02,00:11:10,电视,北京,y`
const csm = `频道,节目名称,播出日期,收视率%,市场份额%
甲台,早间新闻,2024-03-04,3.21,12.5
乙台,歌会,2024-03-04,2.11,8.5`
const boxOffice = `影片名称,日期,综合票房,观影人次,影院数
甲,20240210,1.23亿,245.6万,11000
乙,20240210,9800万,205.6万,10900`
const weeks = `Show,Week 1,Week 2,Week 3,Week 4
A,6.1,6.6,,6.5
B,1.1,,0.6,0.7`
const generated = [tencent, csm, boxOffice, weeks]

describe('proposeSource', () => {
  test('a Chinese platform log, but for its time zone', () => {
    const { settings, ambiguities, columns } = propose(tencent)
    expect(settings).toMatchObject({
      kind: 'viewing',
      name: 'plays',
      files: ['raw/plays.csv'],
      columns: {
        viewer: { from: '用户ID' },
        title: { from: '剧名' },
        episode: { from: '集数' },
        started_at: { from: '播放开始时间', format: '%Y/%m/%d %H:%M:%S' },
        watched_seconds: { from: '播放时长', unit: 'HH:MM:SS' },
        device: { from: '终端类型' },
        region: { from: '省份' },
      },
      ignore: ['备用'],
    })
    expect(ambiguities.map((open) => open.about)).toEqual(['timeZone'])
    expect(columns.every((column) => column.reason.en !== '' && column.reason.zh !== '')).toBe(true)
    expect(propose(tencent, { timeZone: 'Asia/Shanghai' }).ambiguities).toEqual([])
  })

  test('traditional headers carry unit and zone', () => {
    const { settings, ambiguities } = propose(`會員編號,節目名稱,開始時間(北京時間),觀看時長(分鐘)
a1,甲,2024年3月5日 20:01:02,30
a2,乙,2024年3月6日 20:01:02,41`)
    expect(ambiguities).toEqual([])
    expect(settings).toMatchObject({
      kind: 'viewing',
      timeZone: 'Asia/Shanghai',
      columns: { watched_seconds: { unit: 'minutes' } },
    })
  })

  test('unit, order of day and month and zone are asked, never guessed; answers settle them', () => {
    const text = `viewer_id,program,start_time,watch_time
a,B,03/04/2024 10:00,35
b,C,05/06/2024 11:00,5500`
    expect(propose(text).ambiguities.map((open) => open.about)).toEqual(
      expect.arrayContaining(['watched_seconds.unit', 'started_at.format', 'timeZone']),
    )
    const answers = { 'watched_seconds.unit': 'seconds', 'started_at.format': '%m/%d/%Y %H:%M', timeZone: 'UTC' }
    const settled = propose(text, { answers })
    expect(settled.ambiguities).toEqual([])
    expect(settled.settings).toMatchObject({
      timeZone: 'UTC',
      columns: { watched_seconds: { unit: 'seconds' }, started_at: { format: '%m/%d/%Y %H:%M' } },
    })
  })

  test('12:34 is asked about unless a value rules one reading out', () => {
    const danmaku = (time: string): string => `弹幕内容,弹幕时间,剧名\n哈哈,${time},甲\n好看,00:15,甲`
    expect(propose(danmaku('12:34')).ambiguities.map((open) => open.about)).toEqual(['position_seconds.unit'])
    expect(propose(danmaku('72:34')).settings.columns.position_seconds).toMatchObject({
      unit: 'HH:MM:SS',
      format: 'MM:SS',
    })
  })

  test('a start and an end need no duration', () => {
    const { settings, ambiguities } = propose(
      `STB_ID,CHANNEL_NAME,PROGRAM_NAME,TUNE_IN,TUNE_OUT
00AA,One,News,20240305190000,20240305193000
00AB,Two,Song,20240305193000,20240305203000`,
      { timeZone: 'Asia/Shanghai' },
    )
    expect(settings.kind).toBe('viewing')
    expect(settings.columns.watched_seconds).toBeUndefined()
    expect(ambiguities).toEqual([])
  })

  test('times that say their offset need no zone', () => {
    const { ambiguities, settings } = propose(
      'user_id,title,start_time,minutes_watched\na,B,2024-03-04T10:00:00+08:00,35',
    )
    expect(ambiguities).toEqual([])
    expect(settings.timeZone).toBe('UTC')
  })

  test('a decimal comma is one in every column of a file, in durations and counts too', () => {
    const lines = `viewer_id;title;start;minutes watched
a;B;2024-03-04T10:00:00Z;88,5
b;C;2024-03-04T11:00:00Z;15`
    const watched = proposeSource(sampleOf(lines, { delimiter: ';' }), { folder }).settings.columns.watched_seconds
    expect(watched).toEqual({ from: 'minutes watched', unit: 'minutes', format: 'decimal comma' })
    const spend = `Channel;Day;Cost;Clicks\nTV;01.02.2024;1.234,56;1.234\nWeb;14.02.2024;987,10;950`
    const { columns } = proposeSource(sampleOf(spend, { delimiter: ';' }), { folder }).settings
    expect(columns).toMatchObject({ amount: { format: 'decimal comma' }, clicks: { format: 'decimal comma' } })
  })

  test('likes are counted in full, however they are grouped', () => {
    const { settings } = proposeSource(
      sampleOf('title;review;likes\nB;so good;1,234\nC;so bad;1.2K\nD;so so;7', { delimiter: ';' }),
      { folder },
    )
    expect(settings.columns.likes).toEqual({ from: 'likes' })
  })

  test('an id that several titles share is no id of titles, and a year that dates repeat is none of release', () => {
    const films = propose('id,movie,gross\n1,Dawn,500\n2,Noon,400\n1,Dusk,300').settings
    expect(films).toMatchObject({ kind: 'box_office', columns: { title: { from: 'movie' } } })
    expect(films.columns.title_id).toBeUndefined()
    const shows = propose('date,show,channel,viewers,year\n2017-01-30,Raw,One,3615,2017\n2018-01-23,Raw,One,3292,2018')
    expect(shows.settings.kind).toBe('panel_rating')
    expect(shows.settings.columns.year).toBeUndefined()
  })

  test('a number of something is no value where other columns are measures', () => {
    const { columns, format } = propose(
      'final_number,date,network,average_viewers,household_rating\n1,2020-01-15,One,2443,18.5\n2,2021-01-14,Two,3912,36.8',
    ).settings
    expect(columns).toMatchObject({ measure: { from: 'measure' }, value: { from: 'value' } })
    expect(format?.unpivot?.columns).toBe('^(average_viewers|household_rating)$')
  })

  test('a table of places without anything that has them is no rating of a station', () => {
    expect(propose('Rank,LW,Weeks\n1,2,3\n2,1,4').ambiguities.map((open) => open.about)).toContain('kind')
  })

  test('a file that names viewers is no catalogue, and a mark out of ten no age rating', () => {
    const plays = propose('user_id,title,runtime,play_duration\na,B,7000 s,600 s\na,C,5000 s,500 s')
    expect(plays.settings.kind).toBe('viewing')
    const films = propose('title,director,runtime,rating\nB,Ann,90 min,8\nC,Bo,95 min,7')
    expect(films.settings).toMatchObject({ kind: 'title' })
    expect(films.settings.columns.age_rating).toBeUndefined()
  })

  test('dates and addresses are no titles', () => {
    const { settings } = propose(
      'Show,Content,minutes\n1/11/99,https://example.org/a,5\n1/12/99,https://example.org/b,6',
    )
    expect(settings.columns.title).toBeUndefined()
    expect(settings.columns.text).toBeUndefined()
  })

  test('marks that one person gives are asked about; then the person can be named', () => {
    const text = 'Date,Name,Year,Rating\n2024-12-15,Dawn,2016,3.5\n2024-12-16,Noon,1994,2'
    const [kind] = propose(text).ambiguities
    expect(kind).toMatchObject({ about: 'kind' })
    expect(kind?.choices.map(({ value }) => value)).toEqual(expect.arrayContaining(['rating', 'panel_rating']))
    const [viewer] = propose(text, { kind: 'rating', timeZone: 'UTC' }).ambiguities
    expect(viewer?.setting.en).toContain('viewer.value=NAME')
    const answers = { 'viewer.value': 'ann' }
    const settled = propose(text, { kind: 'rating', timeZone: 'UTC', answers })
    expect(settled.ambiguities).toEqual([])
    expect(settled.settings.columns.viewer).toEqual({ value: 'ann' })
  })

  test('a file of no known kind gets one question that names the kinds; a field that no column can hold is said so', () => {
    const [only, ...others] = propose('order_id,sku,price\n1,A-1,9.99\n2,A-2,19.99').ambiguities
    expect(others).toEqual([])
    expect(only?.question.en).toContain('timed_comment')
    const history = propose('Title,Date\nDawn,2024-12-15\nNoon,2024-12-16', { kind: 'viewing', timeZone: 'UTC' })
    const watched = history.ambiguities.find((open) => open.about === 'watched_seconds.from')
    expect(watched?.question.en).toContain('no column holds it')
  })

  test('what a file holds beside its kind is said', () => {
    const { notes } = propose('title,genre,director,runtime,total_gross\nB,Drama,Ann,90 min,500\nC,War,Bo,95 min,700')
    expect(notes.map(({ en }) => en)).toEqual([expect.stringContaining('--kind box_office')])
    const known =
      propose(`id,title,original_title,original_language,overview,popularity,release_date,runtime,genres,revenue
1,Dawn,Dawn,en,Long,1.5,2020-01-05,90,War,700\n2,Noon,Noon,en,Short,1.2,2021-01-15,95,War,500`)
    expect(known.preset).toBe('tmdb-movies')
    expect(known.notes.map(({ en }) => en)).toEqual([expect.stringContaining('--kind box_office')])
  })

  test('lists of objects are read by their names, other objects not at all', () => {
    const { settings } = proposeSource(
      sampleOf(
        `title;genres;belongs_to;budget;director
Dawn;[{"id": 1, "name": "Drama"}];{"name": "Days"};7;Ann
Noon;[{'id': 2, 'name': 'War'}, {'id': 1, 'name': 'Drama'}];{"name": "Days"};8;Bo`,
        { delimiter: ';' },
      ),
      { folder, kind: 'title' },
    )
    expect(settings.columns.genres).toEqual({ from: 'genres', separator: 'json' })
    expect(settings.ignore).toContain('belongs_to')
  })

  test.each([
    ['2025-W10,2025-W11', { period: { from: 'period' } }],
    ['Jan 2025,Feb 2025', { period: { from: 'period' } }],
    ['Q1 2024,Q2 2024', { period: { from: 'period' } }],
    ['w/e 07 Jan 2024,w/e 14 Jan 2024', { period: { from: 'period' } }],
    ['07 Jan 2024,14 Jan 2024', { period_start: { from: 'period', format: '%d %b %Y' } }],
    ['07.01.2024,14.01.2024', { period_start: { from: 'period', format: '%d.%m.%Y' } }],
  ])('two columns are a wide table where their headers are periods: %s', (headers, columns) => {
    const { settings, ambiguities } = propose(`Show,${headers}\nB,1.52,1.67\nC,,0.88`)
    expect(settings).toMatchObject({ kind: 'panel_rating', columns })
    expect(ambiguities).toEqual([])
  })

  test('ages are no periods; the order of day and month in headers is asked like any other', () => {
    expect(propose('Show,18-34,35-49\nB,1.52,1.67').settings.format?.unpivot).toBeUndefined()
    const { ambiguities } = propose('Show,01/02/2024,08/02/2024\nB,1.52,1.67')
    expect(ambiguities.map((open) => open.about)).toEqual(['period_start.format'])
  })

  test('a time of day is joined with the day of its row', () => {
    const { settings, columns, ambiguities } = propose(
      'Channel,Date,Start Time,End Time,Programme\nOne,05/01/2024,18:00,18:30,News\nOne,15/01/2024,23:30,00:15,Dawn',
      { timeZone: 'Europe/London' },
    )
    expect(ambiguities).toEqual([])
    const format = '%d/%m/%Y %H:%M'
    expect(settings).toMatchObject({
      kind: 'airing',
      columns: {
        started_at: { from: 'Start Time', day: 'Date', format },
        ended_at: { from: 'End Time', day: 'Date', format },
      },
      ignore: [],
    })
    expect(columns.find((column) => column.header === 'Date')?.field).not.toBeNull()
  })

  test('a duration beside a date is no time of day', () => {
    const { settings } = propose('user,title,date,play time\na,B,2024-01-05,00:41:10\nb,C,2024-01-06,01:11:10', {
      timeZone: 'UTC',
    })
    expect(settings.columns).toMatchObject({ started_at: { from: 'date' }, watched_seconds: { from: 'play time' } })
  })

  test('the gross of each territory becomes a row; one alone says its territory', () => {
    const films = propose(
      'movie,production_budget,domestic_gross,worldwide_gross\nDawn,40000,76000,270000\nNoon,41000,24000,104000',
    )
    expect(films.settings).toMatchObject({
      kind: 'box_office',
      format: { unpivot: { columns: '^(domestic_gross|worldwide_gross)$', key: 'territory', value: 'gross' } },
      columns: { territory: { from: 'territory' }, gross: { from: 'gross' }, budget: { from: 'production_budget' } },
      ignore: [],
    })
    expect(films.notes).toEqual([])
    const alone = propose('movie,DomesticGross,year\nDawn,76.5,2001\nNoon,24.1,2002')
    expect(alone.settings.columns).toMatchObject({ territory: { value: 'domestic' }, gross: { from: 'DomesticGross' } })
    expect(alone.notes.map(({ en }) => en)).toEqual([expect.stringContaining('76.5')])
  })

  test('a start and an end share their unit: said by one header, or asked and answered once', () => {
    const said = propose('title,start_seconds,end,location\nDawn,10,90,Diner\nDawn,90,185,Street')
    expect(said.ambiguities).toEqual([])
    expect(said.settings).toMatchObject({ kind: 'scene', columns: { end_seconds: { from: 'end', unit: 'seconds' } } })
    const open = 'title,start,end,location\nDawn,10,90,Diner\nDawn,90,185,Street'
    const [first, ...others] = propose(open).ambiguities
    expect(others).toEqual([])
    const answered = propose(open, { answers: { [first?.about ?? '']: 'minutes' } })
    expect(answered.ambiguities).toEqual([])
    expect(answered.settings.columns).toMatchObject({
      start_seconds: { unit: 'minutes' },
      end_seconds: { unit: 'minutes' },
    })
  })

  test('a list of objects in JSON is offered as rows', () => {
    const scenes = '[{"start": 0, "end": 95}]'
    const sample = {
      path: 'a.json',
      header: ['title', 'scenes'],
      rows: [['Dawn', scenes]],
      format: { type: 'json' },
    } as const
    expect(proposeSource(sample, { folder }).ambiguities[0]?.setting.en).toContain('--answer explode=scenes')
    const exploded = proposeSource(
      {
        path: 'a.json',
        header: ['title', 'scenes.start', 'scenes.end', 'scenes.title'],
        rows: [['Dawn', '00:00:00', '00:01:35', 'Diner']],
        format: { type: 'json', explode: 'scenes' },
      },
      { folder },
    )
    expect(exploded.ambiguities).toEqual([])
    expect(exploded.settings).toMatchObject({
      kind: 'scene',
      columns: {
        title: { from: 'title' },
        start_seconds: { from: 'scenes.start' },
        end_seconds: { from: 'scenes.end' },
      },
    })
  })

  test('several measures become rows', () => {
    const { settings } = propose(csm)
    expect(settings).toMatchObject({
      kind: 'panel_rating',
      columns: {
        measure: { from: 'measure' },
        value: { from: 'value' },
        channel: { from: '频道' },
        period_start: { from: '播出日期' },
      },
    })
    const pattern = new RegExp(settings.format?.unpivot?.columns ?? '')
    expect(['收视率%', '市场份额%', '频道'].map((header) => pattern.test(header))).toEqual([true, true, false])
  })

  test('a column a week becomes rows', () => {
    const { settings } = propose(weeks)
    expect(settings).toMatchObject({
      kind: 'panel_rating',
      columns: { period: { from: 'period' }, value: { from: 'value' }, measure: { value: 'rating' } },
    })
    expect(new RegExp(settings.format?.unpivot?.columns ?? '').test('Week 29')).toBe(true)
  })

  test('a rating with its share is taken only where both are written', () => {
    const { settings } = propose(
      `No.;Title;Air date;Rating/share(18-49);Viewers(millions)
1;One;2005-06-01;4.3/12;13.48
2;Two;2005-06-08;15.09;
3;Three;2005-06-15;4.8/14;15.2`.replaceAll(';', ','),
    )
    expect(settings.columns).toMatchObject({ measure: { value: 'rating' }, episode: { from: 'No.' } })
    const extract = new RegExp(settings.columns.value?.extract ?? '')
    expect([extract.exec('4.3/12')?.[1], extract.exec('15.09')]).toEqual(['4.3', null])
  })

  test('cells that slipped from their headers are asked about', () => {
    const { ambiguities } = propose(`Episode,Air date,Rating,Viewers(millions)
1,Opening,2015-09-14,2.1
2,Second,2015-09-21,1.1`)
    expect(ambiguities.map((open) => open.about)).toContain('names')
  })

  test('the classic layout is hours in UTC and needs every mapped column; its title column may come first', () => {
    const { settings, preset, ambiguities } = propose(
      'title,user_id,watch_time,date\nA,1,1.5,2024-01-02\nB,2,0.5,2024-01-03',
    )
    expect(preset).toBe('classic-watch-records')
    expect(ambiguities).toEqual([])
    expect(settings).toMatchObject({
      timeZone: 'UTC',
      required: ['started_at', 'title', 'viewer', 'watched_seconds'],
      columns: { watched_seconds: { from: 'watch_time', unit: 'hours' }, started_at: { from: 'date' } },
    })
  })

  test('watch_time mostly above a day is not the classic layout', () => {
    const { preset, ambiguities } = propose('user_id,title,watch_time\n1,A,1500\n2,B,900')
    expect(preset).toBeUndefined()
    expect(ambiguities.map((open) => open.about)).toContain('watched_seconds.unit')
  })

  test('a layout without header is told by its values', () => {
    const rows = [
      ['1', '0000068', '10', '1381620027'],
      ['2', '0000070', '7', '1381620040'],
    ]
    const { settings, preset } = proposeSource(
      {
        path: 'a.dat',
        header: ['column_1', 'column_2', 'column_3', 'column_4'],
        rows,
        format: { delimiter: '::', header: false },
      },
      { folder },
    )
    expect(preset).toBe('movietweetings-ratings')
    expect(settings).toMatchObject({
      kind: 'rating',
      titleIds: 'imdb',
      format: { names: ['user_id', 'movie_id', 'rating', 'timestamp'] },
    })
  })

  test('what is proposed is a valid source, and no column is dropped without a word', () => {
    for (const text of generated) {
      const { settings, columns } = propose(text)
      expect(sourceSettings.safeParse(settings).error).toBeUndefined()
      expect(columns.map((column) => column.header)).toEqual(sampleOf(text).header)
    }
  })

  test('neither the order of the columns nor the name of the file matters', () => {
    const text = fc.constantFrom(...generated)
    fc.assert(
      fc.property(
        text,
        fc.array(fc.double({ noNaN: true }), { minLength: 8, maxLength: 8 }),
        fc.stringMatching(/^[a-z]{1,8}$/),
        (given, keys, name) => {
          const sample = sampleOf(given)
          const order = sample.header.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
          const pick = (row: readonly string[]): string[] => order.map((index) => row[index] ?? '')
          const shuffled = { ...sample, path: `${name}.csv`, header: pick(sample.header), rows: sample.rows.map(pick) }
          const one = proposeSource(sample, { folder }).settings
          const other = proposeSource(shuffled, { folder }).settings
          expect({ ...other, name: one.name, files: one.files, ignore: [...(other.ignore ?? [])].sort() }).toEqual({
            ...one,
            ignore: [...(one.ignore ?? [])].sort(),
          })
        },
      ),
      { numRuns: 100 },
    )
  })
})

test('presets fill fields that exist, and every pattern compiles', () => {
  for (const preset of presets) {
    const known = [...titleFields, ...fields[preset.kind]].map((item) => item.name)
    for (const [field, column] of Object.entries(preset.columns)) {
      expect(known, `${preset.name}.${field}`).toContain(field)
      if (column.extract !== undefined) expect(() => new RegExp(column.extract ?? '')).not.toThrow()
    }
  }
  expect(new Set(presets.map((preset) => preset.name)).size).toBe(presets.length)
})
