import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { rules } from '../../src/quality/rules.ts'
import { type SimulationSummary, simulate } from '../../src/simulate/index.ts'
import { judge } from './judge.ts'
import { type RawPlay, readCsv, readPlays } from './read-raw.ts'

const root = mkdtempSync(join(tmpdir(), 'simulate-'))
afterAll(() => rmSync(root, { recursive: true }))

function digest(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex'),
      ]),
  )
}

describe('the raw files, read independently', () => {
  // The days hold the change of clocks of 2 November 2025 in New York.
  const folder = join(root, 'audited')
  let summary: SimulationSummary
  let plays: RawPlay[]
  let verdict: ReturnType<typeof judge>
  beforeAll(async () => {
    summary = await simulate({ viewers: 350, days: 64, seed: 11, out: folder, catalogue: 'invented' })
    plays = readPlays(folder)
    verdict = judge(folder, plays)
  })

  test('break exactly the rules that the truth says, on exactly those lines', () => {
    const planted = readCsv(join(folder, 'truth/defects.csv')).map(({ file, line, rule }) => `${file}:${line} ${rule}`)
    expect(verdict.found).toEqual(planted.sort())
  })

  test('hold every rule', () => {
    const counted = Object.values(summary.defects).flatMap((counts) => Object.keys(counts))
    const ofLogs = rules.map(({ id }) => id).filter((id) => id !== 'summary-row')
    expect(new Set(counted)).toEqual(new Set(ofLogs))
  })

  test('have the rows that the summary counts', () => {
    const counts: Record<string, number> = {}
    for (const { file } of plays) counts[file] = (counts[file] ?? 0) + 1
    for (const [file, count] of Object.entries(counts)) expect([file, summary.rows[file]]).toEqual([file, count])
    expect(summary.plays).toBe(plays.length)
    for (const file of ['catalogue/titles.csv', 'catalogue/credits.csv', 'reviews/reviews.csv', 'spend/spend.csv']) {
      expect([file, readCsv(join(folder, file)).length]).toEqual([file, summary.rows[file]])
    }
  })

  test('add up to the true minutes of each title and day', () => {
    const found = new Map<string, number[]>()
    for (const { raw, title, start, seconds } of verdict.accepted) {
      const key = `${title} ${new Date(start * 1000).toISOString().slice(0, 10)}`
      const sums = found.get(key) ?? [0, 0, 0, 0]
      found.set(key, sums)
      if (raw.isAdvertising === true) sums[3] = (sums[3] ?? 0) + seconds / 60
      else {
        sums[0] = (sums[0] ?? 0) + seconds / 60
        sums[1] = (sums[1] ?? 0) + 1
        sums[2] = (sums[2] ?? 0) + (seconds > 3 && (raw.speed ?? 1) < 3 ? 1 : 0)
      }
    }
    const truth = readCsv(join(folder, 'truth/daily_minutes.csv'))
    expect(truth.length).toBe(found.size)
    for (const row of truth) {
      const sums = found.get(`${row.title} ${row.day}`) ?? []
      expect(Number(row.minutes)).toBeCloseTo(sums[0] ?? -1, 3)
      expect([Number(row.plays), Number(row.valid_plays)]).toEqual([sums[1], sums[2]])
      expect(Number(row.advertising_minutes)).toBeCloseTo(sums[3] ?? -1, 3)
    }
  })

  test('show each viewer’s favourite genre', () => {
    const genres = new Map(readCsv(join(folder, 'catalogue/titles.csv')).map((row) => [row.title_id, row.genres]))
    const favourites = readCsv(join(folder, 'truth/viewers.csv'))
    expect(favourites.length).toBe(350)
    const favourite = new Map(favourites.map((row) => [`${row.source} ${row.viewer}`, row.favourite_genre ?? '']))
    const watched = verdict.accepted.filter(({ raw }) => raw.source === 'aurora')
    const fits = watched.filter(({ viewer, title }) =>
      genres.get(title)?.includes(favourite.get(`aurora ${viewer}`) ?? '?'),
    )
    expect(fits.length / watched.length).toBeGreaterThan(0.5)
  })
})

describe('simulate', () => {
  test('gives equal bytes for equal parameters and others for another seed', async () => {
    const options = { viewers: 60, days: 9, seed: 3, catalogue: 'vega' } as const
    await simulate({ ...options, out: join(root, 'one') })
    await simulate({ ...options, out: join(root, 'two') })
    await simulate({ ...options, seed: 4, out: join(root, 'three') })
    expect(digest(join(root, 'two'))).toEqual(digest(join(root, 'one')))
    expect(digest(join(root, 'three'))['aurora/watch_records.csv']).not.toBe(
      digest(join(root, 'one'))['aurora/watch_records.csv'],
    )
    expect(readFileSync(join(root, 'one/README.txt'), 'utf8')).toMatch(/SIMULATED DATA[\s\S]*模拟数据/)
  })

  test('writes opinions and spend about invented works alone', async () => {
    const isReal = new Set(
      readCsv(join(root, 'one/catalogue/titles.csv'))
        .filter((row) => row.title_id?.startsWith('F'))
        .map((row) => row.title),
    )
    expect(isReal.size).toBeGreaterThan(500)
    for (const file of ['reviews/reviews.csv', 'spend/spend.csv']) {
      const about = readCsv(join(root, 'one', file))
      expect(about.length).toBeGreaterThan(0)
      expect(about.filter((row) => isReal.has(row.title ?? ''))).toEqual([])
    }
  })

  test.each([
    [{ viewers: 0 }],
    [{ viewers: 1.5 }],
    [{ viewers: Number.NaN }],
    [{ days: 4000 }],
    [{ seed: -1 }],
    [{ seed: 2 ** 60 }],
    [{ out: '' }],
    [{ catalogue: 'imdb' as 'vega' }],
  ])('refuses %o', async (bad) => {
    const options = { viewers: 5, days: 1, seed: 1, out: join(root, 'refused'), ...bad }
    await expect(simulate(options)).rejects.toBeInstanceOf(InputError)
  })

  test('never writes into a folder that holds something', async () => {
    const folder = mkdtempSync(join(root, 'full-'))
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    await expect(simulate({ viewers: 5, days: 1, seed: 1, out: folder })).rejects.toMatchObject({
      code: 'output-not-empty',
    })
    expect(readdirSync(folder)).toEqual(['mine.txt'])
  })

  test('leaves nothing behind when it is interrupted', async () => {
    const out = join(root, 'interrupted')
    const signal = AbortSignal.abort()
    await expect(simulate({ viewers: 300, days: 2, seed: 1, out }, { signal })).rejects.toThrow()
    expect(readdirSync(root)).not.toContain('interrupted')
  })
})
