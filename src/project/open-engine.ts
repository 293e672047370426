import type { Engine } from '../engine/engine.ts'
import type { Layout } from './layout.ts'
import type { ProjectSettings } from './settings.ts'

/** Leaves a build of ten million rows within 2 GB; larger work spills to disk. */
const defaultMemory = '1400MiB'

/** Opens the engine that a project's settings ask for. */
export async function openEngine(layout: Layout, settings: ProjectSettings): Promise<Engine> {
  const { DuckdbEngine } = await import('../engine/duckdb.ts')
  return DuckdbEngine.open({
    spillFolder: layout.spill,
    memory: (settings.memory ?? defaultMemory).replaceAll(' ', ''),
    ...(settings.threads === undefined ? {} : { threads: settings.threads }),
  })
}
