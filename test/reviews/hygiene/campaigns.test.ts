import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CheckResult } from '../../../src/reviews/hygiene/result.ts'
import { demoSettings, simulate } from '../../../src/simulate/index.ts'
import { readCsv } from '../../simulate/read-raw.ts'
import { makeProject } from '../../support/project.ts'

test('the campaigns that the simulator plants are found, and little else is said to resemble them', async () => {
  const project = await makeProject()
  try {
    const out = join(project.folder, 'raw')
    const summary = await simulate({ viewers: 4000, days: 30, seed: 2, out, catalogue: 'invented' })
    const settings = demoSettings(summary, 'raw')
    const sources = settings.sources?.filter(({ kind }) => kind === 'title' || kind === 'review') ?? []
    await project.settings({ sources })
    await project.ask('build')
    const answer = await project.ask<CheckResult>('reviews', 'check', '--limit', '10000')
    const planted = readCsv(join(out, 'truth/campaigns.csv'))
    const lines = new Set(planted.map(({ file, line }) => `raw/${file}:${line}`))
    expect(lines.size).toBeGreaterThan(30)
    const organised = answer.flags.filter(({ flag }) => flag === 'organised')
    const hits = organised.filter(({ file, line }) => lines.has(`${file}:${line}`)).length
    expect(hits / lines.size).toBeGreaterThan(0.9)
    expect(hits / organised.length).toBeGreaterThan(0.9)
    const titles = new Set(planted.map(({ title }) => title))
    expect(new Set(answer.bursts.map(({ title }) => title))).toEqual(titles)
    const effects = answer.ratings.filter(({ title }) => titles.has(title))
    expect(effects.map(({ changeHigh }) => Number(changeHigh) < 0)).toEqual([true, true])
  } finally {
    await project.remove()
  }
})
