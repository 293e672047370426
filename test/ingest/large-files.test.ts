import { constants, gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { start } from '../support/command.ts'
import { makeProject, type TestProject } from '../support/project.ts'

const unpacked = { level: constants.Z_NO_COMPRESSION }
const plays = Array.from({ length: 16_000 }, (_, n) => ({
  user_id: `u${n}`,
  title: `长安 ${n % 50}`,
  minutes_watched: n % 8 === 0 ? -1 : 30,
  started_at: '2024-01-05 10:00:00',
  note: 'x'.repeat(40),
}))
const columns = Object.keys(plays[0] ?? {})
const csv = (from: typeof plays) => `${[columns, ...from.map((play) => Object.values(play))].join('\n')}\n`
const json = (from: typeof plays) => from.map((play) => JSON.stringify(play)).join('\n')
const third = (n: number) => plays.map((play) => ({ ...play, user_id: `${n}-${play.user_id}` }))

const sourceOf = (name: string, format: object) => ({
  name,
  kind: 'viewing' as const,
  files: [`${name}.*`],
  timeZone: 'UTC',
  format,
  columns: {
    viewer: { from: 'user_id' },
    title: { from: 'title' },
    watched_seconds: { from: 'minutes_watched', unit: 'minutes' as const },
    started_at: { from: 'started_at', format: '%Y-%m-%d %H:%M:%S' },
  },
})
const sources = [
  sourceOf('plain', {}),
  sourceOf('gb', { encoding: 'gb18030' }),
  sourceOf('packed', { type: 'jsonl' }),
  sourceOf('small', {}),
]

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
  await project.ask('init', project.folder)
  await project.settings({ sources, threads: 2 })
  await project.write('plain.csv', csv(third(1)))
  await project.write('gb.csv', iconv.encode(csv(third(2)), 'gb18030'))
  await project.write('packed.jsonl.gz', gzipSync(json(third(3)), unpacked))
  await project.write('small.csv', csv(plays.slice(0, 8)))
})
afterEach(() => project.remove())

it('accounts for every row of files that threads read', async () => {
  expect(await project.ask('build')).toMatchObject({
    identityHolds: true,
    filesRead: 4,
    totals: { read: 48_008, accepted: 42_007, quarantined: 6_001 },
  })
  const { rows } = await project.ask<{ rows: unknown[] }>(
    'query',
    'SELECT count(DISTINCT viewer_id) AS viewers, count(DISTINCT title_id) AS titles FROM viewing',
  )
  expect(rows).toEqual([{ viewers: 42_007, titles: 50 }])
})

it('a file that a thread cannot read ends the build with its error, and the next build reads it', async () => {
  const whole = gzipSync(json(third(3)), unpacked)
  await project.write('packed.jsonl.gz', whole.subarray(0, whole.length - 1_000))
  const { code, err } = await start(['build', '--project', project.folder])
  expect(code).toBe(3)
  expect(err).toMatch(/\[truncated-file\].*packed\.jsonl\.gz/)
  expect(err).toContain('→ Copy or download the file again.')
  expect(err).not.toMatch(/\n\s+at .*:\d+:\d+/)
  await project.write('packed.jsonl.gz', whole)
  expect(await project.ask('build')).toMatchObject({ identityHolds: true, totals: { read: 48_008, accepted: 42_007 } })
})
