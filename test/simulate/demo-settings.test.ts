import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectSettings } from '../../src/project/settings.ts'
import { demoSettings, type SimulationSummary, simulate } from '../../src/simulate/index.ts'
import { fields, titleFields } from '../../src/warehouse/schema.ts'

const folder = join(mkdtempSync(join(tmpdir(), 'demo-settings-')), 'raw')
let summary: SimulationSummary
beforeAll(async () => {
  summary = await simulate({ viewers: 40, days: 8, seed: 5, out: folder, catalogue: 'invented' })
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true }))

/** The headers of a file, read as the settings say. */
function readHeaders(path: string, format: { type: string; encoding: string; delimiter: string }): string[] {
  const bytes = path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)
  const [first = ''] = new TextDecoder(format.encoding).decode(bytes).split('\n')
  return format.type === 'jsonl' ? Object.keys(JSON.parse(first)) : first.split(format.delimiter)
}

test('every written file is mapped, every column to a field of its kind that exists', () => {
  const settings = projectSettings.parse(demoSettings(summary, 'raw'))
  const mapped = new Set<string>()
  for (const source of settings.sources) {
    const pattern = new RegExp(`^${source.files[0]?.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
    const files = Object.keys(summary.rows).filter((file) => pattern.test(`raw/${file}`))
    expect([source.name, files.length > 0]).toEqual([source.name, true])
    const known = [...titleFields, ...fields[source.kind]]
    expect(Object.keys(source.columns).filter((name) => !known.some((field) => field.name === name))).toEqual([])
    const mustHave = known.filter((field) => field.required).map((field) => field.name)
    expect(Object.keys(source.columns)).toEqual(expect.arrayContaining(mustHave))
    for (const file of files) {
      mapped.add(file)
      const headers = readHeaders(join(folder, file), source.format)
      const froms = Object.values(source.columns).flatMap(({ from }) => from ?? [])
      const made = source.format.unpivot ? [source.format.unpivot.key, source.format.unpivot.value] : []
      expect([...headers, ...made]).toEqual(expect.arrayContaining(froms))
      const wide = source.format.unpivot ? new RegExp(source.format.unpivot.columns) : /^$/
      expect(headers.filter((header) => !froms.includes(header) && !wide.test(header))).toEqual([])
    }
  }
  expect(mapped).toEqual(new Set(Object.keys(summary.rows)))
})

test('nothing but what the summary names, the truth and the README is written', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file))
  const others = files.filter((file) => summary.rows[file] === undefined).sort()
  expect(others).toEqual([
    'README.txt',
    'truth/campaigns.csv',
    'truth/daily_minutes.csv',
    'truth/defects.csv',
    'truth/moments.csv',
    'truth/reviews.csv',
    'truth/summary.json',
    'truth/titles.csv',
    'truth/viewers.csv',
  ])
  expect(JSON.parse(readFileSync(join(folder, 'truth/summary.json'), 'utf8'))).toEqual(summary)
})
