import type { Engine } from '../engine/engine.ts'
import type { Layout } from './layout.ts'
import type { ProjectSettings } from './settings.ts'

/** Opens the engine that a project's settings ask for. */
export async function openEngine(layout: Layout, settings: ProjectSettings): Promise<Engine> {
  const { DuckdbEngine } = await import('../engine/duckdb.ts')
  return DuckdbEngine.open({
    spillFolder: layout.spill,
    ...(settings.memory === undefined ? {} : { memory: settings.memory.replaceAll(' ', '') }),
    ...(settings.threads === undefined ? {} : { threads: settings.threads }),
  })
}
