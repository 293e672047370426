import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { FileThreads } from '../../../src/ingest/read/file-threads.ts'
import { inThisThread } from '../../../src/ingest/read/file-work.ts'
import { formatSettings } from '../../../src/project/settings.ts'
import { fileWorkContract } from '../../contracts/file-work.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

fileWorkContract('in two threads', () => new FileThreads(2, 0))
fileWorkContract('small files of a pool', () => new FileThreads(1))

it('gives threads the large files alone', async () => {
  const folder = await temporaryFolder()
  const format = formatSettings.parse({})
  const [small, large] = [join(folder, 'small.csv'), join(folder, 'large.csv')]
  await writeFile(small, `a,b\n${'1,2\n'.repeat(10)}`)
  await writeFile(large, `a,b\n${'1,2\n'.repeat(300_000)}`)
  const here = vi.spyOn(inThisThread, 'scan')
  const threads = new FileThreads(2)
  const signal = new AbortController().signal
  const scans = await Promise.all([small, large].map((file) => threads.scan({ file, format }, signal)))
  expect(here).toHaveBeenCalledTimes(1)
  expect(here).toHaveBeenCalledWith({ file: small, format }, signal)
  expect(scans).toMatchObject([{ records: 10 }, { records: 300_000 }])
  await threads.close()
})
