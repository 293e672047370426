import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeLeftovers } from './lock.ts'

const prefix = 'marquee-build-'

/**
 * Makes a folder outside the project for decoded copies of raw files, readable by nobody else, and removes those whose
 * process is gone. The caller removes it.
 */
export async function makeScratch(): Promise<string> {
  await removeLeftovers(tmpdir(), prefix)
  return mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
}
