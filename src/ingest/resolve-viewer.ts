import { join } from 'node:path'
import { DuckdbEngine } from '../engine/duckdb.ts'
import type { Engine } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import { InputError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Keys } from '../privacy/keys.ts'
import { pseudonym, viewerId } from '../privacy/pseudonym.ts'
import type { ProjectSettings, SourceSettings } from '../project/settings.ts'
import { loadIdentities } from './load-identities.ts'
import { readTable } from './read-table.ts'
import { personSpace } from './row-keys.ts'
import { mappedFields } from './typed/typed-rows.ts'

/** Whose viewers are known by which ids. */
interface ViewerSpaces {
  readonly engine: Engine
  /** The project folder. */
  readonly folder: string
  readonly settings: ProjectSettings
  readonly keys: Keys | undefined
}

function sourcesWithViewers({ sources }: ProjectSettings, wanted: string | undefined, file?: string) {
  const able = sources.filter((source) => mappedFields(source).some(({ type }) => type === 'identity'))
  const named = able.filter(({ name }) => wanted === undefined || name === wanted)
  if (named.length > 0) return named
  const names = able.map(({ name }) => name)
  const meant = wanted === undefined ? undefined : nearest(wanted, names)
  throw new InputError(
    wanted === undefined
      ? { en: 'No source of the project tells of viewers.', zh: '项目中没有包含观众的来源。' }
      : { en: `No source called ${wanted} tells of viewers.`, zh: `没有名为 ${wanted} 且包含观众的来源。` },
    {
      ...{ code: 'no-viewers', value: wanted, ...(file === undefined ? {} : { file }) },
      advice: meant
        ? { en: `Did you mean ${meant}?`, zh: `是否应为 ${meant}？` }
        : { en: 'Add viewings or ratings: marquee add FILE.', zh: '请添加播放或评分记录：marquee add FILE。' },
    },
  )
}

function requireKeys(keys: Keys | undefined, id: string): Keys {
  if (keys) return keys
  throw new InputError(
    {
      en: 'The key of this project is missing, so that ids of viewers mean nothing.',
      zh: '缺少本项目的密钥，无法识别观众编号。',
    },
    {
      ...{ code: 'key-missing', value: id },
      advice: {
        en: 'Put marquee.key back, or give the viewer_id as #ID.',
        zh: '请放回 marquee.key，或以 #ID 的形式给出 viewer_id。',
      },
    },
  )
}

/** The persons whom the id map gives the viewers `ids`, by source and viewer. */
async function personsOf(
  { engine, folder, settings }: ViewerSpaces,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (settings.identities === undefined || ids.length === 0) return new Map()
  const { table } = await loadIdentities(engine, join(folder, settings.identities))
  const rows = await engine.query<{ source: string; viewer: string; person: string }>(
    sql`SELECT source, viewer, person FROM ${table} i WHERE viewer IN ${sql.list(ids)}`,
  )
  return new Map(rows.map(({ source, viewer, person }) => [nameOf(source, viewer), person]))
}

const nameOf = (source: string, viewer: string) => `${source}\0${viewer}`

/** The `viewer_id`, decimal text, of the viewer whom `source` calls `id`, or of the person that this is. */
function idOf(
  { name, viewerIds = name }: SourceSettings,
  id: string,
  persons: ReadonlyMap<string, string>,
  { pseudonym: key }: Keys,
): string {
  const person = persons.get(nameOf(name, id))
  const hashed = person === undefined ? pseudonym(id, viewerIds, key) : pseudonym(person, personSpace, key)
  return String(viewerId(hashed))
}

/**
 * The `viewer_id`, decimal text, of the viewer whom `source` calls `id`, or any source without one; `#ID` is a `viewer_id` itself. Undefined for
 * somebody of whom the warehouse knows nothing.
 * @throws InputError `ambiguous-viewer` where sources that do not share their ids use it for two, `no-viewers`, `key-missing`
 */
export async function resolveViewer(spaces: ViewerSpaces, id: string, source?: string): Promise<string | undefined> {
  const { engine, settings } = spaces
  const sources = sourcesWithViewers(settings, source)
  const wanted = new Map<string, string>()
  if (/^#\d+$/.test(id)) wanted.set(id.slice(1), '')
  else {
    const keys = requireKeys(spaces.keys, id)
    const persons = await personsOf(spaces, [id])
    for (const one of sources) wanted.set(idOf(one, id, persons, keys), one.name)
  }
  const list = sql.join([...wanted.keys()].map((one) => sql`CAST(${one} AS BIGINT)`))
  const found = await engine.query<{ viewer_id: string | number }>(
    sql`SELECT DISTINCT viewer_id FROM viewing WHERE viewer_id IN (${list}) UNION SELECT DISTINCT viewer_id FROM rating WHERE viewer_id IN (${list})`,
  )
  if (found.length > 1) {
    const names = found.map(({ viewer_id }) => wanted.get(String(viewer_id)))
    throw new InputError(
      { en: `${found.length} viewers are called ${id}.`, zh: `有 ${found.length} 位观众的编号为 ${id}。` },
      {
        ...{ code: 'ambiguous-viewer', value: id },
        advice: {
          en: `Name the source: --source ${names.join(' or ')}.`,
          zh: `请指明来源：--source ${names.join(' 或 ')}。`,
        },
      },
    )
  }
  return found[0] && String(found[0].viewer_id)
}

/**
 * The ids, decimal text, of the viewers who object to personal recommendation: those whom the file `objections` of the settings lists, with the
 * columns source and viewer. None where the settings name no file.
 * @throws InputError, DataError naming file and line
 */
export async function readObjections(spaces: ViewerSpaces): Promise<ReadonlySet<string>> {
  const { folder, settings } = spaces
  if (settings.objections === undefined) return new Set()
  const file = join(folder, settings.objections)
  const listed: { source: SourceSettings; viewer: string }[] = []
  for await (const rows of readTable(file, { required: ['source', 'viewer'] }, () => DuckdbEngine.open())) {
    for (const { values } of rows) {
      const { source = '', viewer = '' } = values
      const [named] = sourcesWithViewers(settings, source, file)
      if (named && viewer !== '') listed.push({ source: named, viewer })
    }
  }
  if (listed.length === 0) return new Set()
  const keys = requireKeys(spaces.keys, settings.objections)
  const persons = await personsOf(
    spaces,
    listed.map(({ viewer }) => viewer),
  )
  return new Set(listed.map(({ source, viewer }) => idOf(source, viewer, persons, keys)))
}
