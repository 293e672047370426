import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
export interface BuildRecord {
  version: number
  builtAt: string
  ledgers: import('./ledger.ts').PartLedger[]
  profile: unknown
  drift: unknown[]
  expectations: { passed: boolean; expectation: { severity: string } }[]
  uncertainTitles: unknown[]
  titleWarnings: unknown[]
}
export async function readBuildRecord(folder: string): Promise<BuildRecord> {
  return JSON.parse(await readFile(join(folder, 'build.json'), 'utf8'))
}
