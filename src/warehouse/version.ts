import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DataError, InputError } from '../errors.ts'
import { replaceFile } from '../replace-file.ts'
import { type DerivedTable, derivedColumns, type Kind, kinds, type TableName, tables } from './schema.ts'

const tableNames = Object.keys(tables) as TableName[]
const derivedTables = Object.keys(derivedColumns) as DerivedTable[]

/** What a version is made of. Paths are relative to the `.marquee` folder. */
const manifest = z.object({
  version: z.int().positive(),
  /** Which engine wrote the files; Spark reads those of both. */
  engine: z.enum(['duckdb', 'spark']).default('duckdb'),
  builtAt: z.string(),
  /** Names everything that went in; a build with the same fingerprint has nothing to do. */
  fingerprint: z.string(),
  /** The parts behind each table of facts, in order of precedence. */
  facts: z.partialRecord(
    z.enum(kinds),
    z.array(
      z.object({
        id: z.string(),
        key: z.int(),
        path: z.string(),
        source: z.string(),
        file: z.string(),
        /** Line of the first row where lines follow from positions; null where each row tells its own. */
        lineBase: z.int().nullable(),
        columns: z.array(z.string()),
      }),
    ),
  ),
  /** Tables that the version keeps as files of its own. */
  files: z.record(z.string(), z.string()),
  /** What each table of `derivedColumns` that is there was made by; see `derivedPath`. */
  derived: z.partialRecord(z.enum(derivedTables), z.string()).default({}),
  /** Rows in each table; a version of an earlier Marquee does not have all. */
  rows: z
    .partialRecord(z.enum(tableNames), z.int())
    .transform(
      (rows) => Object.fromEntries(tableNames.map((name) => [name, rows[name] ?? 0])) as Record<TableName, number>,
    ),
})
export type Manifest = z.output<typeof manifest>
export type FactPart = NonNullable<Manifest['facts'][Kind]>[number]

/** Where the rows of `table` are that what `key` names has made of the part of reviews `id`, relative to the `.marquee` folder. */
export function derivedPath(id: string, table: DerivedTable, key: string): string {
  return join('parts', `${id}.${table}.${key}.parquet`)
}

/** The files of all derived tables of a version. */
export function derivedPaths({ derived, facts }: Pick<Manifest, 'derived' | 'facts'>): string[] {
  return (Object.entries(derived) as [DerivedTable, string][]).flatMap(([table, key]) =>
    (facts.review ?? []).map(({ id }) => derivedPath(id, table, key)),
  )
}

/** The folder of version `version`. */
export function versionFolder(versions: string, version: number): string {
  return join(versions, String(version))
}

/** The manifest of the published version, or undefined before the first build. @throws DataError for a damaged one. */
export async function readPublished(current: string, versions: string): Promise<Manifest | undefined> {
  let number: string
  try {
    number = (await readFile(current, 'utf8')).trim()
  } catch {
    return undefined
  }
  const path = join(versions, number, 'manifest.json')
  try {
    return manifest.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new DataError(
      { en: 'The published version is damaged.', zh: '已发布的版本已损坏。' },
      {
        code: 'version-damaged',
        file: path,
        advice: {
          en: 'Remove the .marquee folder and run `marquee build`: everything in it comes from the sources.',
          zh: '请删除 .marquee 文件夹并运行 `marquee build`：其中内容全部可由来源重建。',
        },
        cause,
      },
    )
  }
}

/** The manifests of all versions that are there whole. */
export async function readManifests(versions: string): Promise<Manifest[]> {
  const found: Manifest[] = []
  for (const name of await readdir(versions).catch(() => [])) {
    const text = await readFile(join(versions, name, 'manifest.json'), 'utf8').catch(() => undefined)
    const whole = text === undefined ? undefined : manifest.safeParse(parseJson(text))
    if (whole?.success) found.push(whole.data)
  }
  return found
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** As `readPublished`. @throws InputError when there is none. */
export async function requirePublished(current: string, versions: string): Promise<Manifest> {
  const published = await readPublished(current, versions)
  if (published) return published
  throw new InputError(
    { en: 'Nothing has been built here yet.', zh: '此处尚未构建。' },
    { code: 'not-built', advice: { en: 'Run `marquee build` first.', zh: '请先运行 `marquee build`。' } },
  )
}

/**
 * Makes `manifest`, whose files are all in place, the published version: one rename decides. Older versions but the one
 * before are removed.
 */
export async function publish(current: string, versions: string, published: Manifest): Promise<void> {
  const folder = versionFolder(versions, published.version)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(published, undefined, 1))
  await replaceFile(current, `${published.version}\n`)
  for (const name of await readdir(versions)) {
    const age = published.version - Number(name)
    if (age > 1 || age < 0) await rm(join(versions, name), { recursive: true, force: true })
  }
}
