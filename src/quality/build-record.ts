import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Text } from '../text.ts'
import type { UncertainPair } from '../titles/title.ts'
import type { PartLedger } from './ledger.ts'

export interface BuildRecord {
  readonly version: number
  readonly builtAt: string
  readonly ledgers: readonly PartLedger[]
  readonly profile: unknown
  readonly drift: unknown[]
  readonly expectations: { passed: boolean; expectation: { severity: string } }[]
  readonly uncertainTitles: readonly UncertainPair[]
  readonly titleWarnings: readonly Text[]
}

export async function readBuildRecord(folder: string): Promise<BuildRecord> {
  return JSON.parse(await readFile(join(folder, 'build.json'), 'utf8')) as BuildRecord
}
