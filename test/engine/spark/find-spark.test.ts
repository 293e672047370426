import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findSparkSubmit } from '../../../src/engine/spark/find-spark.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-find-spark-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function install(place: string): Promise<string> {
  const file = join(folder, place, 'spark-submit')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '')
  return file
}

it('looks into SPARK_HOME, then into the PATH, then beside the project and where it was called', async () => {
  const [project, here] = [join(folder, 'project'), join(folder, 'here')]
  const look = (environment: NodeJS.ProcessEnv) => findSparkSubmit(environment, [project, here])
  expect(() => look({})).toThrow(expect.objectContaining({ code: 'spark-not-found' }))
  const library = '.spark-venv/lib/python3.13/site-packages/pyspark/bin'
  const places = [`here/${library}`, `project/${library}`, 'path', 'home/bin']
  const PATH = `${join(folder, 'nothing')}:${join(folder, 'path')}`
  for (const place of places) {
    const file = await install(place)
    expect(look({ PATH, SPARK_HOME: join(folder, 'home') })).toBe(file)
  }
})
