import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AliasTable, Random } from '../../../src/kernels/random.ts'
import { makeProject, type TestProject } from '../../support/project.ts'

const [titles, viewers, playsOfEach] = [80, 480, 14]
const genres = ['comedy', 'thriller', 'documentary', 'romance']
const isSeries = (title: number) => title % 2 === 1
const genreOf = (title: number) => Math.floor(title / 2) % 4
const nameOf = (title: number) => `${isSeries(title) ? 'Series' : 'Film'} ${title}`
const dayText = (day: number) => new Date(Date.UTC(2024, 6, 1 + day)).toISOString().slice(0, 10)
const released = (title: number) => 4 * ((title * 37) % titles)
/** Days over which plays are spread; a title loses half its plays in `halfLife` days. */
const [firstDay, days, halfLife] = [200, 120, 60]

/** Films on TV in the evening, series on phones in the morning, titles of the genre liked, new ones rather than old ones. */
function plantedPlays(): string[] {
  const random = new Random(11)
  const lines: string[] = []
  for (let viewer = 0; viewer < viewers; viewer++) {
    for (let play = 0; play < playsOfEach; play++) {
      const day = firstDay + random.integer(days)
      const isTv = random.uniform() < 0.5
      const isEvening = random.uniform() < 0.7 === isTv
      const hour = (isEvening ? 18 : 6) + random.integer(6)
      const wantsSeries = random.uniform() < (isTv === isEvening ? (isTv ? 0.08 : 0.92) : 0.5)
      const weights = Float64Array.from({ length: titles }, (_, title) => {
        const age = day - released(title)
        if (age < 0 || isSeries(title) !== wantsSeries) return 0
        return 2 ** (-age / halfLife) * (genreOf(title) === viewer % 4 ? 12 : 1)
      })
      const title = new AliasTable(weights).draw(random)
      const minutes = random.uniform() < 0.75 ? 98 : 30
      const start = `${dayText(day)} ${String(hour).padStart(2, '0')}:${String(random.integer(60)).padStart(2, '0')}:00`
      lines.push(`v${viewer},${nameOf(title)},${minutes},${start},${isTv ? 'TV' : 'phone'}`)
    }
  }
  return lines
}

const kindOf = (title: number) => (isSeries(title) ? 'series' : 'film')
const catalogue = Array.from(
  { length: titles },
  (_, title) => `${nameOf(title)},${kindOf(title)},100,${genres[genreOf(title)]},${dayText(released(title))}`,
)
const from = (name: string) => ({ from: name })
const settingsWith = (moment: object) => ({
  sources: [
    {
      ...{ name: 'titles', kind: 'title' as const, files: ['titles.csv'] },
      columns: {
        ...{ title: from('title'), title_type: from('type'), genres: from('genre'), release_date: from('released') },
        runtime_seconds: { from: 'minutes', unit: 'minutes' as const },
      },
    },
    {
      ...{ name: 'app', kind: 'viewing' as const, files: ['plays.csv'], timeZone: 'UTC' },
      columns: {
        ...{ viewer: from('viewer'), title: from('title'), ...moment },
        watched_seconds: { from: 'minutes', unit: 'minutes' as const },
      },
    },
  ],
})

interface Trained {
  readonly finishLogLoss: number | null
  readonly finishBaseLogLoss: number
  readonly finishAreaUnderRoc: number
  readonly finishCalibrationError: number
  readonly finishReliability: readonly { predicted: number; observed: number; weight: number }[]
  readonly notes: readonly { en: string }[]
}

interface Listed {
  readonly rows: readonly {
    readonly name: string
    readonly score: number
    readonly finishProbability: number | null
    readonly contributions: readonly {
      readonly what: { readonly en: string; readonly zh: string }
      readonly amount: number
    }[]
  }[]
}

let project: TestProject
let trained: Trained
beforeAll(async () => {
  project = await makeProject()
  // Which viewers are held out follows from their pseudonyms.
  await project.write('marquee.key', `${'2'.repeat(64)}\n`)
  await chmod(join(project.folder, 'marquee.key'), 0o600)
  await project.write('plays.csv', `viewer,title,minutes,start,device\n${plantedPlays().join('\n')}\n`)
  await project.write('titles.csv', `title,type,minutes,genre,released\n${catalogue.join('\n')}\n`)
  await project.settings(settingsWith({ started_at: from('start'), device: from('device') }))
  await project.ask('build')
  trained = await project.ask<Trained>('recommend', 'train', '--model', 'item-based')
})
afterAll(() => project.remove())

const listFor = async (viewer: string, ...words: string[]) =>
  (await project.ask<Listed>('recommend', 'for', viewer, '--by', 'finish', '--seen', 'include', ...words)).rows
const [tv, phone] = [
  ['--device', 'television', '--hour', '20'],
  ['--device', '手机', '--hour', '7'],
]
const seriesAmong = (rows: Listed['rows']) => rows.slice(0, 10).filter(({ name }) => name.startsWith('Series')).length

describe('the finish probability', () => {
  test('tells what is finished from what is not, on viewers held out', () => {
    expect(trained.finishLogLoss).toBeLessThan(0.95 * trained.finishBaseLogLoss)
    expect(trained.finishAreaUnderRoc).toBeGreaterThan(0.75)
  })

  test('is right about the titles that it lists', () => {
    expect(trained.finishCalibrationError).toBeLessThan(0.02)
    const { finishReliability: bins } = trained
    const mean = (of: 'predicted' | 'observed') =>
      bins.reduce((sum, bin) => sum + bin.weight * bin[of], 0) / bins.reduce((sum, { weight }) => sum + weight, 0)
    expect(mean('predicted') / mean('observed')).toBeCloseTo(1, 0)
    expect(bins.at(-1)?.observed).toBeGreaterThan(3 * (bins[0]?.observed ?? 1))
  })

  test('films are for TV in the evening, series for phones in the morning', async () => {
    for (const viewer of ['v1', 'v2']) {
      expect(seriesAmong(await listFor(viewer, ...tv))).toBeLessThanOrEqual(3)
      expect(seriesAmong(await listFor(viewer, ...phone))).toBeGreaterThanOrEqual(7)
    }
  })

  test('a new title is likelier than an old one of its kind and genre', async () => {
    const rows = await listFor('nobody', '--limit', String(titles))
    const probability = (name: string) => rows.find((row) => row.name === name)?.finishProbability ?? 0
    const films = Array.from({ length: titles }, (_, title) => title).filter((title) => !isSeries(title))
    const byAge = films.sort((a, b) => released(b) - released(a)).map((title) => probability(nameOf(title)))
    const sum = (some: number[]) => some.reduce((total, one) => total + one, 0)
    expect(sum(byAge.slice(0, 10))).toBeGreaterThan(1.5 * sum(byAge.slice(-10)))
  })

  test.each([[[]], [tv], [['--impersonal', ...phone]], [['--source', 'app', ...phone, '--boost', 'Film 8=0.1']]])(
    'its parts sum to the logit: %j',
    async (words) => {
      for (const { name, score, finishProbability, contributions } of await listFor('v3', ...words)) {
        const sum = contributions.reduce((total, { amount }) => total + amount, 0)
        expect(Math.abs(sum - score)).toBeLessThanOrEqual(1e-6 * Math.abs(score))
        if (name === 'Film 8' && words.includes('--boost')) continue
        expect(finishProbability).toBeCloseTo(1 / (1 + Math.exp(-score)), 12)
      }
    },
  )

  test('says in words what of the moment counts', async () => {
    const parts = (await listFor('v3', ...tv)).flatMap(({ contributions }) => contributions.map(({ what }) => what))
    expect(parts).toContainEqual({ en: 'a film watched on TV', zh: '在电视上看影片' })
    expect(parts).toContainEqual({ en: 'a film in the evening', zh: '晚间看影片' })
    expect(parts).toContainEqual({ en: 'a new title', zh: '新片' })
  })

  test('an impersonal list is the same for everybody at one moment', async () => {
    const words = ['--impersonal', ...tv]
    expect(await listFor('v1', '--source', 'app', ...words)).toEqual(await listFor('nobody', ...words))
  })

  test('a list by score has no probability, and a device that no play names is refused', async () => {
    const { rows } = await project.ask<Listed>('recommend', 'for', 'v1')
    expect(rows.every(({ finishProbability }) => finishProbability === null)).toBe(true)
    const { code, err } = await project.run(
      ...['recommend', 'for', 'v1', '--by', 'finish', '--device', 'fridge', '--json'],
    )
    expect(code).not.toBe(0)
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'unknown-device' } })
  })

  test('its figures stay with the version of the model', async () => {
    const { rows } = await project.ask<{ rows: { metrics: Record<string, number> }[] }>('recommend', 'models')
    expect(rows[0]?.metrics).toMatchObject({
      finishLogLoss: trained.finishLogLoss,
      finishCalibrationError: trained.finishCalibrationError,
    })
  })

  test('the same seed learns the same again', async () => {
    expect(await project.ask('recommend', 'train', '--model', 'item-based')).toMatchObject({
      finishLogLoss: trained.finishLogLoss,
      finishReliability: trained.finishReliability,
    })
  })
})

test('without plays at known times there is none, and the training says so', async () => {
  const other = await makeProject()
  const lines = plantedPlays().map((line) => line.split(',').slice(0, 3).join(','))
  await other.write('plays.csv', `viewer,title,minutes\n${lines.slice(0, 900).join('\n')}\n`)
  await other.write('titles.csv', `title,type,minutes,genre,released\n${catalogue.join('\n')}\n`)
  await other.settings(settingsWith({}))
  await other.ask('build')
  const { finishLogLoss, notes } = await other.ask<Trained>('recommend', 'train', '--model', 'popularity')
  expect(finishLogLoss).toBeNull()
  expect(notes.map(({ en }) => en).join()).toContain('no finish probability')
  const { err } = await other.run(...['recommend', 'for', 'v1', '--by', 'finish', '--json'])
  expect(JSON.parse(err)).toMatchObject({ error: { code: 'no-finish-probability' } })
  await other.remove()
})
