import { join } from 'node:path'
import type { Engine } from '../engine/engine.ts'
import { readObjections, resolveViewer } from '../ingest/resolve-viewer.ts'
import { ModelStore } from '../models/model-store.ts'
import { loadKeys } from '../privacy/keys.ts'
import { layoutOf } from '../project/layout.ts'
import { loadSettings } from '../project/load-settings.ts'
import { openEngine } from '../project/open-engine.ts'
import type { ProjectSettings } from '../project/settings.ts'
import type { Context } from '../question.ts'
import { openWarehouse } from '../warehouse/open-warehouse.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

/** A context whose warehouse opens when it is first asked for; `close` ends what was opened, `ended` is what the command stays for. */
export function createContext(
  given: Pick<Context, 'folder' | 'locale' | 'progress' | 'signal' | 'choose'>,
): Context & { ended(): Promise<void>; close(): Promise<void> } {
  let end = Promise.resolve()
  let warehouse: Promise<Warehouse> | undefined
  let engine: Engine | undefined
  let settings: Promise<ProjectSettings> | undefined
  const layout = layoutOf(given.folder)
  const readSettings = () => {
    settings ??= loadSettings(layout.settings)
    return settings
  }
  const openPublished = () => {
    warehouse ??= (async () => {
      const opened = await openEngine(layout, await readSettings())
      engine = opened
      given.signal.addEventListener('abort', () => opened.interrupt())
      return openWarehouse(opened, layout)
    })()
    return warehouse
  }
  const viewerSpaces = async () => {
    const { folder } = given
    return {
      ...{ engine: (await openPublished()).engine, folder },
      ...{ settings: await readSettings(), keys: await loadKeys(folder) },
    }
  }
  return {
    ...given,
    now: () => new Date(),
    settings: readSettings,
    stayUntil(until) {
      end = until
      end.catch(() => undefined)
    },
    ended: () => end,
    warehouse: openPublished,
    models: (name) => new ModelStore(join(layout.models, name)),
    viewerId: async (id, source) => resolveViewer(await viewerSpaces(), id, source),
    objections: async () => readObjections(await viewerSpaces()),
    async close() {
      await warehouse?.catch(() => undefined)
      engine?.close()
    },
  }
}
