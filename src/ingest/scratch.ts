import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Layout } from '../project/layout.ts'
import type { ProjectSettings } from '../project/settings.ts'
import { removeLeftovers } from './lock.ts'

const prefix = 'marquee-build-'

/**
 * Makes a folder for decoded copies of raw files, readable by nobody else, and removes those whose process is gone: outside
 * the project, but where the workers of a cluster have to read them, inside. The caller removes it.
 */
export async function makeScratch(layout: Layout, settings: ProjectSettings): Promise<string> {
  const parent = settings.engine === 'spark' ? layout.home : tmpdir()
  await mkdir(parent, { recursive: true })
  await removeLeftovers(parent, prefix)
  return mkdtemp(join(parent, `${prefix}${process.pid}-`))
}
