import type { Engine } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { InputError } from '../errors.ts'
import { formatSettings } from '../project/settings.ts'
import { hashFile } from './read/hash-file.ts'
import { readRecords } from './read/read-records.ts'

/** Who is who across sources, as the user says. */
export interface Identities {
  /** A relation (source, viewer, person) with one row for each pair of source and viewer. */
  readonly table: Sql
  /** Names the content. */
  readonly sha256: string
}

const columns = ['source', 'viewer', 'person']

/**
 * Loads the id map: a CSV file with the columns source, viewer and person. Viewers it does not mention stay themselves.
 * @throws InputError for other columns, or for a viewer who is said to be two persons.
 */
export async function loadIdentities(engine: Engine, path: string): Promise<Identities> {
  const format = formatSettings.parse({})
  const { columns: found } = await readRecords(path, format)
  if (columns.some((name) => !found.includes(name))) {
    throw new InputError(
      {
        en: 'The id map needs the columns source, viewer and person.',
        zh: '编号对照表需要 source、viewer 与 person 三列。',
      },
      {
        code: 'identities-columns',
        value: found.join(', '),
        file: path,
        advice: {
          en: 'Each line says that a viewer of a source is a person: aurora,u17,p3.',
          zh: '每行说明某来源的某位观众是谁，例如 aurora,u17,p3。',
        },
      },
    )
  }
  const scan = engine.scanDelimited({
    paths: [path],
    columns: found,
    delimiter: format.delimiter,
    quote: format.quote,
    header: true,
  })
  await engine.createTable(
    'identity_map',
    sql`SELECT source, viewer, min(person) AS person, count(DISTINCT person) AS persons
      FROM ${scan} WHERE source IS NOT NULL AND viewer IS NOT NULL AND person IS NOT NULL GROUP BY source, viewer`,
  )
  const [torn] = await engine.query<{ source: string; viewer: string }>(
    sql`SELECT source, viewer FROM identity_map WHERE persons > 1 ORDER BY source, viewer LIMIT 1`,
  )
  if (torn) {
    throw new InputError(
      { en: 'The id map gives one viewer two persons.', zh: '编号对照表中同一观众对应两个人。' },
      {
        code: 'identities-torn',
        value: `${torn.source}, ${torn.viewer}`,
        file: path,
        advice: { en: 'Keep one of the lines.', zh: '请只保留其中一行。' },
      },
    )
  }
  return { table: sql`identity_map`, sha256: (await hashFile(path)).sha256 }
}
