import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DataError } from '../errors.ts'
import { note } from '../question.ts'
import { kinds } from '../warehouse/schema.ts'
import { driftRow } from './drift.ts'
import { expectationOutcome } from './expectations.ts'
import { qualityProfile } from './profile-schema.ts'

const rowsByRule = z.record(z.string(), z.int())

/** A row of the ledger; see `FileLedger`. */
export const fileLedger = z.object({
  file: z.string(),
  source: z.string(),
  kind: z.enum(kinds),
  read: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  quarantined: z.int(),
  reasons: rowsByRule,
  warnings: rowsByRule,
})

/** What a build leaves beside the tables of a version, as `build.json`. */
const sealedId = z.string().regex(/^[\w-]+$/)

export const buildRecord = z.object({
  version: z.int().min(1),
  builtAt: z.string(),
  marqueeVersion: z.string(),
  /** `quarantineIds` name the sealed files that hold the file's quarantined rows. */
  ledgers: z.array(fileLedger.extend({ partId: sealedId, quarantineIds: z.array(sealedId) })),
  profile: qualityProfile,
  /** Against the version before; empty for the first. */
  drift: z.array(driftRow),
  /** Pairs of titles that may be one work, best first; named as decisions name them. */
  uncertainTitles: z.array(
    z.object({ left: z.string(), right: z.string(), score: z.number(), reasons: z.array(note) }),
  ),
  titleWarnings: z.array(note),
  /** By what reviews were judged; empty without reviews. */
  reviews: z.array(note).default([]),
  expectations: z.array(expectationOutcome),
})
export type BuildRecord = z.output<typeof buildRecord>

/**
 * The record of the version in `folder`.
 * @throws DataError `build-record-unreadable` when it is missing, broken or of another form.
 */
export async function readBuildRecord(folder: string): Promise<BuildRecord> {
  const path = join(folder, 'build.json')
  try {
    return buildRecord.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new DataError(
      { en: 'The record of this build cannot be read.', zh: '无法读取本次构建的记录。' },
      {
        code: 'build-record-unreadable',
        file: path,
        advice: { en: 'Build again: marquee build.', zh: '请重新构建：marquee build。' },
        cause,
      },
    )
  }
}
