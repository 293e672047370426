import { beforeAll, expect, it } from 'vitest'
import type { Engine, Row } from '../../src/engine/engine.ts'
import { type Sql, sql } from '../../src/engine/sql.ts'

const play = sql`SELECT * FROM (VALUES
  (1, 'Harbour', 'drama', 40.0, 90, TIMESTAMP '2025-03-01 20:00:30', DATE '2025-03-01'),
  (1, 'Harbour', 'drama', 20.5, 90, TIMESTAMP '2025-03-02 21:10:00', DATE '2025-03-02'),
  (2, 'Harbour', 'drama', NULL, 90, TIMESTAMP '2025-03-02 22:00:00', DATE '2025-03-02'),
  (2, '无间道', 'crime', 101.0, 101, TIMESTAMP '2025-03-08 08:59:59', DATE '2025-03-08'),
  (3, '无间道', 'crime', 0.0, 101, TIMESTAMP '2025-03-31 23:59:59', DATE '2025-03-31'),
  (4, 'It''s', NULL, 7.25, 0, NULL, NULL)
) AS v(viewer, title, genre, minutes, length, started_at, day)`

/** A statement over `play` and what every engine answers, in this order. */
type Case = readonly [name: string, statement: (engine: Engine) => Sql, rows: readonly Row[]]

const cases: readonly Case[] = [
  [
    'aggregates with filters and without rows',
    () => sql`SELECT count(*) AS plays, count(minutes) AS timed, count(DISTINCT title) AS titles,
      count(*) FILTER (WHERE minutes > 10) AS long, sum(minutes) AS minutes, max(minutes) FILTER (WHERE viewer = 9) AS none FROM play`,
    [{ plays: 6, timed: 5, titles: 3, long: 3, minutes: 168.75, none: null }],
  ],
  [
    'count_if, avg, max_by, median and percentiles',
    () => sql`SELECT count_if(minutes > 10) AS long, avg(minutes) AS mean, max_by(title, minutes) AS longest,
      median(minutes) AS middle, percentile_cont(0.25) WITHIN GROUP (ORDER BY minutes) AS quarter FROM play`,
    [{ long: 3, mean: 33.75, longest: '无间道', middle: 20.5, quarter: 7.25 }],
  ],
  [
    'groups by all, ordered with nulls where they are told to be',
    () => sql`SELECT genre, count(*) AS plays FROM play GROUP BY ALL ORDER BY genre DESC NULLS LAST`,
    [
      { genre: 'drama', plays: 3 },
      { genre: 'crime', plays: 2 },
      { genre: null, plays: 1 },
    ],
  ],
  [
    'windows, filtered by QUALIFY',
    () => sql`SELECT viewer, title, row_number() OVER (PARTITION BY viewer ORDER BY started_at) AS nth,
      lag(title) OVER (PARTITION BY viewer ORDER BY started_at) AS before FROM play
      QUALIFY row_number() OVER (PARTITION BY viewer ORDER BY started_at) = 2 ORDER BY viewer`,
    [
      { viewer: 1, title: 'Harbour', nth: 2, before: 'Harbour' },
      { viewer: 2, title: '无间道', nth: 2, before: 'Harbour' },
    ],
  ],
  [
    'anti and semi joins',
    () => sql`SELECT DISTINCT a.title FROM play a ANTI JOIN (SELECT * FROM play WHERE viewer = 1) b ON a.title = b.title
      SEMI JOIN (SELECT * FROM play WHERE genre IS NOT NULL) c ON a.title = c.title`,
    [{ title: '无间道' }],
  ],
  [
    'rollups with their level',
    () => sql`SELECT genre, title, grouping(title) AS level, count(*) AS plays FROM play WHERE genre IS NOT NULL
      GROUP BY ROLLUP (genre, title) ORDER BY genre NULLS LAST, level, title`,
    [
      { genre: 'crime', title: '无间道', level: 0, plays: 2 },
      { genre: 'crime', title: null, level: 1, plays: 2 },
      { genre: 'drama', title: 'Harbour', level: 0, plays: 3 },
      { genre: 'drama', title: null, level: 1, plays: 3 },
      { genre: null, title: null, level: 1, plays: 5 },
    ],
  ],
  [
    'texts by characters, with patterns and hashes',
    () => sql`SELECT length('无间道') AS characters, upper('harbour') AS upper, substring('Harbour', 2, 3) AS part, concat('a', 'b') AS both,
      md5('无间道') AS hash, 'back\\slash' AS path, 'x' LIKE '_' AS alike`,
    [
      {
        characters: 3,
        upper: 'HARBOUR',
        part: 'arb',
        both: 'ab',
        hash: '5ee6f92bf5ac34b30fb74fb7741abe8b',
        path: 'back\\slash',
        alike: true,
      },
    ],
  ],
  [
    'whole numbers out of texts, or none',
    () => sql`SELECT TRY_CAST('12' AS INTEGER) AS clean, TRY_CAST('x' AS INTEGER) AS none, TRY_CAST('1e3' AS DOUBLE) AS real,
      TRY_CAST('2025-02-30' AS DATE) AS nodate`,
    [{ clean: 12, none: null, real: 1000, nodate: null }],
  ],
  [
    'times by shared functions',
    () =>
      sql`SELECT epoch(started_at) AS seconds, days_between(DATE '2025-03-01', day) AS days,
        CAST(date_trunc('month', started_at) AS DATE) AS month, extract(hour FROM started_at) AS hour
        FROM play WHERE viewer = 3`,
    [{ seconds: 1_743_465_599, days: 30, month: '2025-03-01', hour: 23 }],
  ],
  [
    'shares of nothing and whole parts, spelled so that engines agree',
    () => sql`SELECT title, CAST(floor(minutes) AS BIGINT) AS whole, minutes / nullif(length, 0) AS share FROM play
      WHERE minutes IN (20.5, 101.0, 7.25) ORDER BY minutes`,
    [
      { title: "It's", whole: 7, share: null },
      { title: 'Harbour', whole: 20, share: 20.5 / 90 },
      { title: '无间道', whole: 101, share: 1 },
    ],
  ],
  [
    'bound values in every place',
    () => sql`SELECT title, ${'x'} AS word, viewer + ${1} AS next FROM play WHERE title IN ${sql.list(["It's", '无间道'])}
      AND minutes > ${0.5} ORDER BY viewer LIMIT ${5}`,
    [
      { title: '无间道', word: 'x', next: 3 },
      { title: "It's", word: 'x', next: 5 },
    ],
  ],
  [
    'lists',
    () =>
      sql`SELECT genre, array_sort(array_agg(DISTINCT viewer)) AS viewers FROM play WHERE genre IS NOT NULL GROUP BY genre ORDER BY genre`,
    [
      { genre: 'crime', viewers: [2, 3] },
      { genre: 'drama', viewers: [1, 2] },
    ],
  ],
]

/** The same rows and the same answers on every engine: floats to 1e-9, order where the statement orders. */
export function agreement(engineOf: () => Engine): void {
  beforeAll(() => engineOf().execute(sql`CREATE TEMPORARY VIEW play AS ${play}`))

  it.each(cases)('agrees on %s', async (_name, statement, rows) => {
    const engine = engineOf()
    const answer = await engine.query(statement(engine))
    expect(answer.map(rounded)).toEqual(rows.map(rounded))
  })
}

function rounded(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' ? Number(value.toPrecision(10)) : value,
    ]),
  )
}
