import { join } from 'node:path'
import { expect, test } from 'vitest'
import { demoSettings, simulate } from '../../../src/simulate/index.ts'
import { readCsv } from '../../simulate/read-raw.ts'
import { makeProject } from '../../support/project.ts'

interface CharactersAnswer {
  rows: { name: string; kind: string; texts: number }[]
}
interface KeywordsAnswer {
  rows: { word: string }[]
}

test('the names and scenes that the simulator plants are found, and nobody else', { timeout: 120_000 }, async () => {
  const project = await makeProject()
  try {
    const raw = join(project.folder, 'raw')
    const summary = await simulate({ viewers: 2000, days: 5, seed: 11, out: raw, catalogue: 'invented' })
    await project.settings(demoSettings(summary, 'raw'))
    await project.ask('build')
    const mentions = readCsv(join(raw, 'truth/mentions.csv'))
    const scenes = new Map(readCsv(join(raw, 'truth/keywords.csv')).map((row) => [row.title, row]))
    const titles = readCsv(join(raw, 'catalogue/titles.csv')).filter((row) => row.season === '')
    const most = await project.ask<{ rows: { title_id: string; name: string; year: number }[] }>(
      'query',
      `SELECT t.title_id, t.name, t.year FROM review r JOIN title t USING (title_id) GROUP BY ALL ORDER BY count(*) DESC, 1 LIMIT 6`,
    )
    let [right, found, planted, scenesFound] = [0, 0, 0, 0]
    for (const { title_id, name, year } of most.rows) {
      const key = titles.find((row) => row.title === name && Number(row.year) === year)?.title_id
      const truth = new Map<string, number>()
      for (const row of mentions) {
        if (row.title !== key) continue
        const who = `${row.kind} ${row.name}`
        truth.set(who, (truth.get(who) ?? 0) + 1)
      }
      const answer = await project.ask<CharactersAnswer>('characters', `#${title_id}`, '--texts', 'reviews')
      for (const row of answer.rows) {
        right += Math.min(row.texts, truth.get(`${row.kind} ${row.name}`) ?? 0)
        found += row.texts
      }
      for (const count of truth.values()) planted += count
      const { rows } = await project.ask<KeywordsAnswer>('keywords', `#${title_id}`, '--texts', 'reviews')
      const scene = scenes.get(key ?? '')
      const said = rows.map(({ word }) => word.toLowerCase()).join('|')
      if (said.includes(scene?.english ?? '?') || said.includes(scene?.chinese ?? '?')) scenesFound += 1
    }
    expect(planted).toBeGreaterThan(60)
    expect(right / planted).toBeGreaterThan(0.95)
    expect(right / found).toBeGreaterThan(0.95)
    expect(scenesFound).toBeGreaterThanOrEqual(5)
  } finally {
    await project.remove()
  }
})
