import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { DuckdbEngine } from '../src/engine/duckdb.ts'
import { type Sql, sql } from '../src/engine/sql.ts'
import { generateLogs } from './generate-logs.ts'
import { measure, measureMarquee } from './measure.ts'

/**
 * The classic pipeline on two watch logs (drop copies, rows with a missing value and negative times; minutes by title;
 * top 20): plain DuckDB, then Marquee's preview, its full build and a build with 1 % more. Pandas too when
 * MARQUEE_BENCH_PYTHON names a Python that has it. Every answer is compared before any time is printed.
 * Usage: preparation.ts [ROWS]
 */
const rows = Number(process.argv[2] ?? 1_000_000)
const top = 20

const plain = (files: readonly string[]): Sql => sql`
  SELECT title, sum(watch_time * 60) AS minutes, count(*) AS plays
  FROM (SELECT DISTINCT * FROM read_csv([${sql.join(files.map((file) => sql.literal(file)))}]))
  WHERE user_id IS NOT NULL AND title IS NOT NULL AND watch_time > 0 AND started_at IS NOT NULL AND device IS NOT NULL
  GROUP BY title ORDER BY minutes DESC, title`

const pandas = `
import sys, pandas as pd
d = pd.concat([pd.read_csv(f) for f in sys.argv[1:]], ignore_index=True).drop_duplicates().dropna()
d = d[d.watch_time > 0]
print(len(d), (d.watch_time * 60).groupby(d.title).sum().nlargest(20).iloc[0])
`

const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'))
try {
  await mkdir(join(folder, 'raw'))
  const engine = await DuckdbEngine.open({ threads: 2 })
  await generateLogs(engine, join(folder, 'raw'), rows)
  engine.close()
  const files = ['watch_a.csv', 'watch_b.csv'].map((name) => join(folder, 'raw', name))

  const fresh = await DuckdbEngine.open({ threads: 2 })
  const started = performance.now()
  const expected = await fresh.query<{ title: string; minutes: number; plays: number }>(plain(files))
  const plainSeconds = (performance.now() - started) / 1000
  fresh.close()
  const kept = expected.reduce((sum, row) => sum + row.plays, 0)

  await writeFile(
    join(folder, 'marquee.yaml'),
    stringify({
      threads: 2,
      sources: [
        {
          name: 'watch',
          kind: 'viewing',
          files: ['raw/watch_*.csv'],
          timeZone: 'UTC',
          required: ['device'],
          columns: {
            viewer: { from: 'user_id' },
            title: { from: 'title' },
            watched_seconds: { from: 'watch_time', unit: 'hours' },
            started_at: { from: 'started_at', format: '%Y-%m-%d %H:%M:%S' },
            device: { from: 'device' },
          },
        },
      ],
    }),
  )
  const marquee = (...words: string[]) => measureMarquee(folder, ...words)
  const preview = await marquee('preview')
  const full = await marquee('build')
  for (const { out } of [preview, full]) {
    const { totals } = JSON.parse(out) as { totals: { accepted: number } }
    if (totals.accepted !== kept) throw new Error(`plain DuckDB keeps ${kept} rows, Marquee ${totals.accepted}`)
  }
  const asked = await marquee(
    'query',
    `SELECT a.name AS title, sum(v.watched_seconds) / 60 AS minutes FROM viewing v JOIN (SELECT DISTINCT title_id, name FROM alias) a USING (title_id) GROUP BY ALL ORDER BY minutes DESC, title LIMIT ${top}`,
  )
  const compare = (answer: readonly { title: string; minutes: number }[]) =>
    answer.forEach((row, index) => {
      const other = expected[index]
      if (row.title !== other?.title || Math.abs(row.minutes - other.minutes) > 1e-6 * other.minutes) {
        throw new Error(`place ${index + 1}: ${JSON.stringify(row)} is not ${JSON.stringify(other)}`)
      }
    })
  compare((JSON.parse(asked.out) as { rows: { title: string; minutes: number }[] }).rows)
  compare((JSON.parse(preview.out) as { titles: { title: string; minutes: number }[] }).titles)
  const [header = '', ...lines] = (await readFile(files[1] ?? '', 'utf8')).split('\n')
  const more = join(folder, 'raw', 'watch_c.csv')
  await writeFile(more, `${header}\n`)
  await appendFile(
    more,
    lines
      .slice(0, rows / 100)
      .map((line) => `${line}\n`)
      .join(''),
  )
  const added = await marquee('build')

  const python = process.env.MARQUEE_BENCH_PYTHON
  const table = [
    { system: 'plain DuckDB, top list only', seconds: plainSeconds, peakMb: Number.NaN },
    ...(python ? [{ system: 'pandas, top list only', ...(await measure(python, '-c', pandas, ...files)) }] : []),
    { system: 'Marquee, preview', ...preview },
    { system: 'Marquee, full build', ...full },
    { system: 'Marquee, build with 1 % more', ...added },
  ]
  console.log(`${rows} rows; ${kept} kept by all; the same top ${top}`)
  for (const { system, seconds, peakMb } of table) {
    console.log(
      `${system.padEnd(30)} ${seconds.toFixed(2).padStart(8)} s ${(seconds / plainSeconds).toFixed(2).padStart(6)} x ${peakMb.toFixed(0).padStart(6)} MB`,
    )
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
