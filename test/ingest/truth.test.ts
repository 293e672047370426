import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Row } from '../../src/engine/engine.ts'
import { demoSettings, type SimulationSummary, simulate } from '../../src/simulate/index.ts'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
let summary: SimulationSummary
beforeAll(async () => {
  project = await makeProject()
  summary = await simulate({ viewers: 700, days: 15, seed: 23, out: join(project.folder, 'raw'), catalogue: 'vega' })
  await project.write('marquee.yaml', stringify(demoSettings(summary, 'raw')))
})
afterAll(() => project.remove())

const query = async <R extends Row>(text: string) =>
  (await project.ask<{ rows: R[] }>('query', text, '--limit', '1000000')).rows

async function truth(name: string): Promise<string[][]> {
  const text = await readFile(join(project.folder, 'raw', 'truth', name), 'utf8')
  const [, ...lines] = text.trimEnd().split('\n')
  return lines.map((line) => line.split(','))
}

it('finds every planted defect, and nothing else', async () => {
  await project.ask('build')
  const planted = (await truth('defects.csv')).map(([file, line, rule]) => `raw/${file}:${line} ${rule}`).sort()
  const findings = await query<{ file: string; line: number; rule: string }>('SELECT file, line, rule FROM finding')
  const { entries } = await project.ask<{ entries: { file: string; line: number; reasons: { rule: string }[] }[] }>(
    'quarantine',
    'list',
    '--limit',
    '1000000',
  )
  const quarantined = entries.flatMap(({ file, line, reasons }) => reasons.map(({ rule }) => ({ file, line, rule })))
  const found = new Set([...findings, ...quarantined].map(({ file, line, rule }) => `${file}:${line} ${rule}`))
  const unknown = planted.filter((defect) => defect.endsWith(' unknown-title'))
  const told = planted.filter((defect) => !defect.endsWith(' unknown-title'))
  expect(planted.length).toBeGreaterThan(200)
  expect([...found].sort()).toEqual(told)
  const warned = await query<{ place: string }>(
    "SELECT v.file || ':' || v.line || ' unknown-title' AS place FROM viewing v JOIN title t USING (title_id) WHERE NOT t.is_catalogued ORDER BY place",
  )
  expect(warned.map(({ place }) => place).sort()).toEqual(unknown)
})

it('measures the true minutes of every source and day', async () => {
  const days = new Map<string, { minutes: number; plays: number }>()
  for (const [, day = '', minutes, plays, , advertising] of await truth('daily_minutes.csv')) {
    const sum = days.get(day) ?? { minutes: 0, plays: 0 }
    days.set(day, { minutes: sum.minutes + Number(minutes) + Number(advertising), plays: sum.plays + Number(plays) })
  }
  const measured = await query<{ day: string; minutes: number; plays: number }>(
    'SELECT CAST(CAST(started_at AS DATE) AS VARCHAR) AS day, sum(watched_seconds) / 60 AS minutes, count(*) FILTER (WHERE NOT coalesce(is_advertising, false)) AS plays FROM viewing GROUP BY 1 ORDER BY 1',
  )
  expect(measured.map(({ day, plays }) => [day, plays])).toEqual(
    [...days].sort().map(([day, { plays }]) => [day, plays]),
  )
  for (const { day, minutes } of measured) expect(minutes).toBeCloseTo(days.get(day)?.minutes ?? 0, 2)
})

it('joins the names that mean one title, and no others', async () => {
  const written = await query<{ source: string; name: string; title_id: string }>(
    "SELECT source, name, CAST(title_id AS VARCHAR) AS title_id FROM alias WHERE source IN ('aurora', 'cobalt', '青峰', '长江卫视')",
  )
  const ids = new Map(written.map(({ source, name, title_id }) => [`${source}\t${name}`, title_id]))
  const pairs = { both: 0, ours: 0, true: 0 }
  const byTruth = new Map<string, string[]>()
  const byOurs = new Map<string, string[]>()
  for (const row of await truth('titles.csv')) {
    const [source = '', ...rest] = row
    const name = rest.slice(0, -3).join(',').replace(/^"|"$/g, '').replaceAll('""', '"')
    const id = ids.get(`${source}\t${name}`)
    const key = rest.slice(-3).join('|')
    if (id === undefined || key === '||') continue
    byTruth.set(key, [...(byTruth.get(key) ?? []), id])
    byOurs.set(id, [...(byOurs.get(id) ?? []), key])
  }
  const count = (groups: Iterable<string[]>) => {
    let same = 0
    let all = 0
    for (const group of groups) {
      for (let left = 0; left < group.length; left++) {
        for (let right = left + 1; right < group.length; right++) {
          all++
          if (group[left] === group[right]) same++
        }
      }
    }
    return { same, all }
  }
  const trueCounts = count(byTruth.values())
  const ourCounts = count(byOurs.values())
  pairs.true = trueCounts.all
  pairs.ours = ourCounts.all
  pairs.both = trueCounts.same
  expect(pairs.true).toBeGreaterThan(100)
  expect(ourCounts.same / pairs.ours).toBeGreaterThanOrEqual(0.99)
  expect(pairs.both / pairs.true).toBeGreaterThanOrEqual(0.97)
})
