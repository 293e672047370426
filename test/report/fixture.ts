import type { HotList, HotRow, ReportData } from '../../src/report/report-data.ts'
import { judgedByWords } from '../../src/reviews/sentiment/sentiment-model.ts'

/** Breaks out of a script, an attribute, a table cell, a tooltip's rich text and the reading direction, if anything does. */
export const hostile = `</script><img src=x onerror="document.title='owned'">'"{a|b}&lt;\u202e\u2028`

const titles = [
  'Harbour of Paper Lanterns',
  '纸灯笼港湾',
  'The Extraordinarily Long and Winding Chronicle of the Lighthouse Keeper Who Counted Every Wave, Part Two',
  '第七号气象站：暴风雪来临之前的最后一封电报与没有寄出的回信',
  'Zero',
  'Quiet Machines',
  '夜行列车',
  'Salt & Iron',
  '<b>Bold</b>',
  '雨巷十三号',
  'Night Ferry',
  'مدينة الضوء',
  'Glass Orchard',
  '白塔',
  'Ninety Steps',
  '云上人家',
  'Red Dust Line',
  '盐湖',
  'Kite Season',
  hostile,
]

/** A number in 0..1 that depends on `seed` only. */
const noise = (seed: number): number => {
  const value = Math.sin(seed * 12.9898 + 4.1414) * 43758.5453
  return value - Math.floor(value)
}

export function hotList(names: readonly string[], scale: number): HotList {
  const rows = names.map((name, index): HotRow => {
    const growth = index === 3 ? null : index === 1 ? 6.2 : noise(index + scale) * 1.2 - 0.45
    const half = 0.05 + noise(index + 7) * 0.4
    return {
      name,
      volumeMinutes: name === 'Zero' ? 0 : (scale * 1_234_567) / (index + 1) ** 0.8,
      growth,
      growthLow: growth === null ? null : growth - half,
      growthHigh: growth === null ? null : growth + half,
      significant: growth !== null && Math.abs(growth) > half,
      rank: index + 1,
      rankBefore: index % 5 === 4 ? null : ((index * 7) % names.length) + 1,
      why:
        index < 6
          ? [
              { dimension: 'source', value: 'alpha', share: 0.62 },
              { dimension: 'episode', value: `${name} S2E18`, share: 0.41 },
              { dimension: 'region', value: '湖北', share: 0.3 },
              { dimension: 'source', value: hostile, share: 0.28 },
            ]
          : [],
    }
  })
  return {
    period: { from: '2026-02-01', to: '2026-02-28' },
    previous: { from: '2026-01-04', to: '2026-01-31' },
    rows: rows.sort((a, b) => b.volumeMinutes - a.volumeMinutes).map((row, index) => ({ ...row, rank: index + 1 })),
  }
}

const days = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10))

const driftOf = (source: string, column: string | null = null) => ({
  table: 'viewing',
  source,
  column,
  value: null,
  before: null,
  now: null,
  change: null,
  level: 'moderate' as const,
})

/** A project with everything in it: both scripts, long names, zero and huge values, one-row lists, a hundred files. */
export const richReport: ReportData = {
  project: 'Harbour Pictures 港湾影业',
  locale: 'en',
  writtenAt: '2026-03-01T08:00:00Z',
  isSimulated: true,
  period: { from: '2026-01-01', to: '2026-02-28' },
  keyFigures: [
    {
      label: { en: 'Viewer-minutes', zh: '观看分钟数' },
      value: 987_654_321_098,
      unit: 'minutes',
    },
    {
      label: { en: 'Viewers', zh: '观众' },
      value: 1_204_332,
      unit: 'count',
    },
    {
      label: { en: 'Completion rate', zh: '完播率' },
      value: 0.4231,
      unit: 'share',
    },
    { label: { en: 'Titles watched', zh: '被观看影片' }, value: 20, unit: 'count' },
    {
      label: { en: 'Average minute audience', zh: '平均每分钟观众' },
      value: null,
      unit: 'count',
    },
  ],
  findings: [{ en: 'Weekends bring twice the audience of weekdays.', zh: '周末观众是平日的两倍。' }],
  hot: {
    titles: hotList(titles, 1),
    actors: hotList(['Ada Quill', '林知远', 'Bo Marsh', '苏晚', 'Iris Vane'], 0.6),
    directors: hotList(['Only One Director'], 0.2),
    genres: hotList(['Drama', '悬疑', 'Comedy', 'Documentary', '科幻', 'Romance', 'Action'], 3),
  },
  audience: {
    period: { from: '2026-01-01', to: '2026-02-28' },
    timeZone: 'Asia/Shanghai',
    reachMinutes: 3,
    completionShare: 0.9,
    daily: ['alpha', '星光', 'gamma', hostile].map((source, line) => ({
      source,
      days: days(59)
        .filter((_, index) => !(line === 2 && index > 20 && index < 26))
        .map((day, index) => ({
          day,
          minutes: (4 - line) * 90_000 * (1 + (index % 7 > 4 ? 0.8 : 0) + noise(index * (line + 1)) * 0.3),
        })),
    })),
    breakdowns: [
      {
        dimension: 'genre',
        rows: [
          'Drama',
          '悬疑',
          'Comedy',
          'Documentary',
          '科幻',
          'Romance',
          'Action',
          'Children and family entertainment',
        ].map((name, index) => ({ name, minutes: 9_800_000 / (index + 1) })),
      },
      {
        dimension: 'device',
        rows: ['TV', 'phone', '平板', hostile].map((name, index) => ({
          name,
          minutes: index === 3 ? 0 : 5_000_000 / (index + 1),
        })),
      },
      {
        dimension: 'region',
        rows: Array.from({ length: 31 }, (_, index) => ({ name: `R${index}`, minutes: 1_000_000 / (index + 1) })),
      },
    ],
    hours: Array.from({ length: 168 }, (_, index) => {
      const hour = index % 24
      const weekday = Math.floor(index / 24) + 1
      return {
        weekday,
        hour,
        minutes: (hour > 17 && hour < 23 ? 9000 : 1200) * (weekday > 5 ? 1.7 : 1) * (0.7 + noise(index)),
      }
    }),
    reach: titles.map((name, index) => ({
      name,
      reach: Math.round(900_000 / (index + 1) ** 1.6),
      completion: 0.15 + noise(index * 3) * 0.8,
      minutes: 5_000_000 / (index + 1),
    })),
    retention: titles.slice(0, 7).map((name, line) => ({
      name,
      points: Array.from({ length: 45 }, (_, minute) => ({ minute, share: Math.exp((-minute * (line + 1)) / 220) })),
    })),
  },
  moments: [
    {
      name: hostile,
      minutes: Array.from({ length: 120 }, (_, minute) => ({
        comments: Math.round(20 + 30 * noise(minute) + (minute === 40 ? 300 : 0)),
        share: Math.exp(-minute / 100),
      })),
      moments: (['comments', 'replays', 'skips', 'drop-offs'] as const).map((reaction, index) => ({
        reaction,
        startSeconds: 2400 + 900 * index,
        endSeconds: 2445 + 900 * index,
        place: `0:${40 + 5 * index}:00–0:${40 + 5 * index}:45`,
        strength: 9.8 / (index + 1),
        viewers: 1234 - index,
        words: index === 0 ? [hostile, '名场面'] : [],
        scene: index === 1 ? [hostile, 'Ann'] : [],
      })),
    },
    { name: 'Quiet', minutes: [{ comments: 3, share: null }], moments: [] },
  ],
  advice: {
    drivers: [
      {
        outcome: { en: 'rating', zh: '评分' },
        observations: 4321,
        explained: 0.31,
        rows: (
          [
            [{ en: 'Acting', zh: '演技' }, 0.11, 0.3],
            [{ en: 'Pace', zh: '节奏' }, 0.09, -0.4],
            [{ en: 'Music and sound', zh: '音乐与声音' }, 0.05, 0.1],
            [{ en: 'Visuals and effects', zh: '画面与特效' }, 0.049, 0.11],
            [{ en: 'Script and dialogue', zh: '剧本与台词' }, 0.047, 0.12],
            [{ en: 'Subtitles', zh: '字幕' }, 0.001, -0.39],
          ] as const
        ).map(([name, importance, satisfaction], index) => ({
          ...{ name, mentions: 2000 - 300 * index, satisfaction },
          ...{ importance, importanceLow: 0.8 * importance, importanceHigh: 1.3 * importance },
          ...{ effect: 0.2 - 0.08 * index, effectLow: 0.12 - 0.08 * index, effectHigh: 0.28 - 0.08 * index },
        })),
      },
    ],
    titles: [
      {
        name: hostile,
        reviews: 900,
        suggestions: [0.04, 0.02].map((gain) => ({
          label: { en: 'Pace · Ann', zh: '节奏 · Ann' },
          advice: { en: 'Pace of Ann: judged worse', zh: 'Ann节奏：评价较低' },
          ...{ gain, gainLow: gain - 0.03, gainHigh: gain + 0.03 },
          verdict: { en: 'The interval crosses zero.', zh: '区间跨零。' },
          quotes: [`“${hostile}”`, '“节奏拖沓”'],
        })),
      },
      { name: 'Quiet', reviews: 40, suggestions: [] },
    ],
  },
  reviews: [
    {
      ...{ name: hostile, favourable: 0.9, low: 0.82, high: 0.95 },
      ...{ positive: 90, negative: 10, unsure: 7, notJudged: 3 },
    },
    { name: 'Quiet', favourable: 0.25, low: 0.11, high: 0.47, positive: 5, negative: 15, unsure: 0, notJudged: 0 },
  ],
  reviewNotes: [judgedByWords.lexicon],
  hygiene: {
    ...{ reviews: 2000, flagged: 70, leftOut: 40 },
    reasons: [
      { name: { en: 'copy of an earlier review', zh: '与更早的评论雷同' }, reviews: 40, isLeftOut: true },
      { name: { en: 'in a burst of extreme marks', zh: '极端评分突发期内' }, reviews: 50, isLeftOut: false },
    ],
    effects: [
      {
        ...{ name: hostile, source: 'alpha', leftOut: 31, before: 0.54, after: 0.27 },
        ...{ change: -0.27, low: -0.31, high: -0.21, marks: { before: 3.26, after: 2.31 } },
      },
      {
        ...{ name: 'Quiet', source: '星光', leftOut: 9, before: 0.5, after: 0.52 },
        ...{ change: 0.02, low: -0.01, high: 0.05, marks: null },
      },
    ],
  },
  talk: [
    {
      name: hostile,
      isCompared: true,
      words: [hostile, '名场面', 'plot twist'].map((word, index) => ({
        ...{ word, viewers: 900 - 300 * index, share: 0.3 - index / 10 },
        ...{ elsewhere: index === 2 ? null : 0.01, quote: index === 1 ? null : hostile },
      })),
      figures: [hostile, '撒贝宁', 'Captain Rue', 'Ann'].map((name, index) => ({
        ...{ name, kind: index === 1 ? ('person' as const) : ('character' as const), viewers: 400 - 90 * index },
        ...{
          voice: 0.4 - index / 10,
          low: 0.3 - index / 10,
          high: 0.5 - index / 10,
          favourable: index === 2 ? null : 0.8,
        },
      })),
      pairs: [
        { left: hostile, right: '撒贝宁', viewers: 50 },
        { left: '撒贝宁', right: 'Ann', viewers: 20 },
      ],
    },
    { name: 'Quiet', isCompared: false, words: [], figures: [], pairs: [] },
  ],
  ratings: [
    {
      source: 'fans',
      rows: titles
        .slice(0, 12)
        .map((name, index) => ({ name, count: 9000 - index * 700, mean: 9.1 - index * 0.2, shrunk: 9 - index * 0.19 })),
    },
  ],
  published: [
    {
      name: { en: 'Weekly top ten', zh: 'Weekly top ten' },
      source: 'global-chart',
      measure: { en: 'hours viewed', zh: '观看小时' },
      period: '2026-02-16/2026-02-22',
      rows: titles.slice(0, 10).map((name, index) => ({
        rank: index + 1,
        rankBefore: index === 2 ? null : 10 - index,
        name,
        value: 44_000_000 / (index + 1),
      })),
    },
    {
      name: { en: '省级卫视收视榜', zh: '省级卫视收视榜' },
      source: 'panel',
      measure: { en: 'rating, %', zh: '收视率，%' },
      period: '2026-W08',
      rows: titles
        .slice(3, 9)
        .map((name, index) => ({ rank: index + 1, rankBefore: index + 1, name, value: 2.134 - index * 0.21 })),
    },
    {
      name: { en: 'Ranks only', zh: 'Ranks only' },
      source: 'magazine',
      measure: { en: 'rank', zh: '名次' },
      period: '2026-02',
      rows: titles.slice(0, 4).map((name, index) => ({ rank: index + 1, rankBefore: null, name, value: null })),
    },
  ],
  boxOffice: {
    currency: 'USD',
    source: 'takings',
    rows: Array.from({ length: 120 }, (_, index) => {
      const budget = 10 ** (4.5 + noise(index) * 4)
      return {
        name: titles[index] ?? `Film ${index}`,
        year: 1990 + (index % 30),
        budget: index % 11 === 0 ? null : budget,
        gross: index === 50 ? 0 : budget * 10 ** (noise(index + 300) * 2.4 - 1),
      }
    }),
  },
  quality: {
    builtAt: '2026-03-01T07:58:12Z',
    ledger: Array.from({ length: 100 }, (_, index) => {
      const read = 10_000 + index * 991
      const duplicates = index * 13
      const quarantined = Math.round(noise(index) * 300)
      return {
        file: `raw/${index % 2 ? '星光' : 'alpha'}/2026/plays-with-a-rather-long-name-${index}.csv.gz`,
        source: index % 2 ? '星光' : 'alpha',
        kind: 'viewing' as const,
        read,
        duplicates,
        quarantined,
        accepted: read - duplicates - quarantined,
        reasons: {
          'exact-duplicate': duplicates,
          'required-missing': quarantined,
          unparseable: index,
          'excessive-duration': 3,
          'marked-bot': index % 4,
          'start-in-future': 1,
          'house-rule': 2,
        },
        warnings: { 'unknown-title': index * 2, 'overlapping-session': 5 },
      }
    }),
    completeness: ['viewer_id', 'started_at', 'device', 'region', 'speed'].flatMap((column, index) =>
      ['alpha', '星光'].map((source) => ({
        source,
        table: 'viewing',
        column,
        rows: 900_000,
        share: [1, 1, 0.9995, 0.71, 0][index] ?? 1,
      })),
    ),
    expectations: [
      {
        table: 'viewing',
        source: 'alpha',
        column: 'region',
        measure: 'completeness',
        value: 0.71,
        minimum: 0.9,
        maximum: null,
        passed: false,
        severity: 'warn',
      },
      {
        table: 'title',
        source: null,
        column: null,
        measure: 'rows',
        value: 20,
        minimum: 1,
        maximum: null,
        passed: true,
        severity: 'fail',
      },
    ],
    drift: {
      compared: 40,
      changed: [
        { ...driftOf('alpha'), measure: 'volume', before: 100_000, now: 240_000, change: 1.4, level: 'major' },
        { ...driftOf('星光', 'device'), measure: 'distribution', change: 0.19 },
        { ...driftOf('星光', 'region'), measure: 'null_rate', before: 0.01, now: 0.05, change: 0.04 },
        { ...driftOf('alpha', 'device'), measure: 'category_appeared', value: hostile, now: 12 },
        { ...driftOf('new'), measure: 'source_appeared', now: 500, level: 'major' },
      ],
    },
  },
  sources: ['alpha', '星光', 'catalogue'].map((name, index) => ({
    name,
    kind: index === 2 ? 'title' : 'viewing',
    rows: 1_234_567 * (index + 1),
    period: index === 2 ? null : { from: '2026-01-01', to: '2026-02-28' },
    files: Array.from({ length: index === 2 ? 1 : 50 }, (_, file) => `raw/${name}/${file}.csv`),
    mapping: [
      { field: 'viewer', from: index === 1 ? '用户编号' : 'user_id' },
      { field: 'watched_seconds', from: index === 1 ? '观看时长（分钟）' : 'watch_time, hours' },
      { field: 'title', from: hostile },
    ],
    timeZone: index === 2 ? null : 'Asia/Shanghai',
    priority: index,
  })),
}

/** A project in which nothing was measured. */
export const emptyReport: ReportData = {
  project: 'Empty',
  locale: 'zh-CN',
  writtenAt: '2026-03-01T08:00:00Z',
  isSimulated: false,
  period: null,
  keyFigures: [],
  findings: [],
  hot: { titles: null, actors: null, directors: null, genres: null },
  audience: null,
  moments: [],
  advice: null,
  ...{ reviews: [], reviewNotes: [] },
  hygiene: null,
  talk: [],
  ratings: [],
  published: [],
  boxOffice: null,
  quality: null,
  sources: [],
}
