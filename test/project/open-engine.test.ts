import { expect, test } from 'vitest'
import { layoutOf } from '../../src/project/layout.ts'
import { openEngine } from '../../src/project/open-engine.ts'
import { projectSettings } from '../../src/project/settings.ts'
import { makeProject } from '../support/project.ts'

test('a project on Spark needs an address', async () => {
  const settings = projectSettings.parse({ engine: 'spark' })
  await expect(openEngine(layoutOf('/nowhere'), settings)).rejects.toMatchObject({ code: 'spark-address-missing' })
  expect(() => projectSettings.parse({ spark: { address: 'localhost' } })).toThrow()
})

test('doctor misses the address', async () => {
  const project = await makeProject()
  try {
    await project.settings({ engine: 'spark' })
    const { rows } = await project.ask<{ rows: { part: string; found: string }[] }>('doctor')
    expect(rows).toContainEqual(expect.objectContaining({ part: 'Spark', found: 'no address is set', isGood: false }))
  } finally {
    await project.remove()
  }
})
