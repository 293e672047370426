import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { makeProject } from '../support/project.ts'

const spark = inject('spark')

async function examine(address: string): Promise<{ part: string; found: string; isGood: boolean } | undefined> {
  const project = await makeProject()
  onTestFinished(() => project.remove())
  await project.settings({ engine: 'spark', spark: { address } })
  const { rows } = await project.ask<{ rows: { part: string; found: string; isGood: boolean }[] }>('doctor')
  return rows.find(({ part }) => part === 'Spark')
}

describe.skipIf(!spark)('doctor with Spark', () => {
  test('says which Spark answers at the address of the settings', async () => {
    const address = spark?.address ?? ''
    expect(await examine(address)).toMatchObject({
      found: expect.stringMatching(/^Spark 4\.\d.*, 127\.0\.0\.1:\d+$/),
      isGood: true,
    })
  })

  test('names the address where nothing answers', async () => {
    expect(await examine('sc://127.0.0.1:1;token=hush;use_ssl=false')).toMatchObject({
      found: expect.stringMatching(/^(?!.*hush).*127\.0\.0\.1:1 cannot be reached/),
      isGood: false,
    })
  })
})
