import { dirname, join } from 'node:path'
import type { Engine } from '../engine/engine.ts'
import { InputError } from '../errors.ts'
import { createViews } from './create-views.ts'
import type { TableName } from './schema.ts'
import { derivedPaths, requirePublished, versionFolder } from './version.ts'
import type { Warehouse } from './warehouse.ts'

function builtOnSpark(version: number): InputError {
  return new InputError(
    { en: 'The published version was built on Spark.', zh: '已发布的版本是在 Spark 上构建的。' },
    {
      code: 'built-on-spark',
      value: version,
      advice: {
        en: 'Run `marquee build` to build it anew, or set `engine: spark` again.',
        zh: '请运行 `marquee build` 重新构建，或改回 `engine: spark`。',
      },
    },
  )
}

/**
 * Opens the published version on `engine`. A build that publishes meanwhile does not disturb it.
 * @throws InputError when nothing has been built yet, or on another engine.
 */
export async function openWarehouse(engine: Engine, places: { current: string; versions: string }): Promise<Warehouse> {
  const manifest = await requirePublished(places.current, places.versions)
  if (manifest.engine === 'spark' && engine.name === 'duckdb') throw builtOnSpark(manifest.version)
  const home = dirname(places.versions)
  await createViews(engine, home, manifest)
  const facts = Object.values(manifest.facts).flatMap((parts) => parts.map(({ path }) => path))
  return {
    engine,
    version: manifest.version,
    folder: versionFolder(places.versions, manifest.version),
    builtAt: manifest.builtAt,
    files: [...facts, ...derivedPaths(manifest), ...Object.values(manifest.files)].map((path) => join(home, path)),
    rows: manifest.rows as Record<TableName, number>,
  }
}
