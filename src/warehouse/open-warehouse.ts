import { dirname, join } from 'node:path'
import type { Engine } from '../engine/engine.ts'
import { createViews } from './create-views.ts'
import type { TableName } from './schema.ts'
import { requirePublished, versionFolder } from './version.ts'
import type { Warehouse } from './warehouse.ts'

/**
 * Opens the published version on `engine`. A build that publishes meanwhile does not disturb it.
 * @throws InputError when nothing has been built yet.
 */
export async function openWarehouse(engine: Engine, places: { current: string; versions: string }): Promise<Warehouse> {
  const manifest = await requirePublished(places.current, places.versions)
  const home = dirname(places.versions)
  await createViews(engine, home, manifest)
  const facts = Object.values(manifest.facts).flatMap((parts) => parts.map(({ path }) => path))
  return {
    engine,
    version: manifest.version,
    folder: versionFolder(places.versions, manifest.version),
    builtAt: manifest.builtAt,
    files: [...facts, ...Object.values(manifest.files)].map((path) => join(home, path)),
    rows: manifest.rows as Record<TableName, number>,
  }
}
