import { join } from 'node:path'
import { DuckdbEngine } from '../../src/engine/duckdb.ts'
import { sql } from '../../src/engine/sql.ts'
import type { Sources } from './twins.ts'

/** Formats, units and rules that few sources need, without a catalogue. */
export const rareSources: Sources = async ({ folder, write }) => {
  const engine = await DuckdbEngine.open()
  await engine.writeParquet(
    sql`SELECT * FROM (VALUES ('v1', 'Night Ferry', 1740859200, 'PT1H2M'), ('v2', 'Night Ferry', 1740862800, 'PT3M30.5S'),
      ('v3', 'The Harbour', 1740862800, 'PT0S'), ('v3', 'The Harbour', 1740862800, 'PT0S')) AS e(viewer, title, start, length)`,
    join(folder, 'events.parquet'),
  )
  engine.close()
  await write(
    'desk.csv',
    `id,film,day,begin,end,minutes,region
d1,Paper Moons (2001),2025-03-01,11:05 PM,12:10 AM,-,-
d2,Paper Moons (2001),2025-03-01,9:15 AM,10:00 AM,12,North
d2,Paper Moons (2001),2025-03-01,9:15 AM,10:00 AM,12,North
d3,Salt and Thread (2010),2025-03-02,下午 8:00,下午 8:30,-,South
`,
  )
  await write('scenes.csv', 'title,from,to,who\nPaper Moons,0,90,"[""Ann"", ""Bo""]"\nPaper Moons,90,80,[]\n')
  await write('cuts.csv', 'title,from,to,who\nSalt and Thread,0,30,"Ann,Cy"\n')
  await write('guide.csv', 'channel,title,start,length\nHarbour,Night Ferry,01/03/2025 20:15:00 +0800,1h 2m\n')
  const scene = (name: string, separator: string) => ({
    name,
    kind: 'scene' as const,
    files: [`${name}.csv`],
    columns: {
      title: { from: 'title' },
      start_seconds: { from: 'from', unit: 'seconds' as const },
      end_seconds: { from: 'to', unit: 'seconds' as const },
      characters: { from: 'who', separator },
    },
  })
  const clock = '%Y-%m-%d %I:%M %p'
  return {
    sources: [
      {
        name: 'events',
        kind: 'viewing',
        files: ['events.parquet'],
        format: { type: 'parquet' },
        columns: {
          viewer: { from: 'viewer' },
          title: { from: 'title' },
          started_at: { from: 'start', format: 'unix seconds' },
          watched_seconds: { from: 'length', unit: 'ISO 8601' },
        },
      },
      {
        name: 'desk',
        kind: 'viewing',
        files: ['desk.csv'],
        timeZone: 'Asia/Shanghai',
        format: { missing: ['-'] },
        columns: {
          viewer: { from: 'id' },
          title: { from: 'film', extract: '^(.*) [(]' },
          year: { from: 'film', extract: '[(]([0-9]{4})[)]' },
          started_at: { from: 'begin', day: 'day', format: clock },
          ended_at: { from: 'end', day: 'day', format: clock },
          watched_seconds: { from: 'minutes', unit: 'minutes' },
          region: { from: 'region' },
        },
      },
      {
        name: 'guide',
        kind: 'airing',
        files: ['guide.csv'],
        columns: {
          channel: { from: 'channel' },
          title: { from: 'title' },
          started_at: { from: 'start', format: '%d/%m/%Y %H:%M:%S %z' },
          duration_seconds: { from: 'length', unit: 'h m s' },
        },
      },
      scene('scenes', 'json'),
      scene('cuts', ','),
    ],
    rules: { 'exact-duplicate': { severity: 'off' }, 'unknown-title': { severity: 'quarantine' } },
  }
}

/** One table that names no title. */
export const withoutTitles: Sources = async ({ write }) => {
  await write('spend.csv', 'day,medium,amount\n2025-03-01,search,12.5\n2025-03-02,outdoor,40\n')
  return {
    sources: [
      {
        name: 'spend',
        kind: 'spend',
        files: ['spend.csv'],
        columns: { spent_on: { from: 'day' }, media: { from: 'medium' }, amount: { from: 'amount' } },
      },
    ],
  }
}

/** A catalogue and nothing else. */
export const withoutFacts: Sources = async ({ write }) => {
  const titles = [
    'Paper Moons,2001',
    'Salt and Thread,2010',
    'Night Ferry,2011',
    'The Harbour,2012',
    'PAPER MOONS,2020',
  ]
  await write('titles.csv', `id,title,year\n${titles.map((title, index) => `${index},${title}\n`).join('')}`)
  return {
    sources: [
      {
        name: 'catalogue',
        kind: 'title',
        files: ['titles.csv'],
        columns: { title_id: { from: 'id' }, title: { from: 'title' }, year: { from: 'year' } },
      },
    ],
  }
}
