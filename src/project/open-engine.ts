import type { Engine } from '../engine/engine.ts'
import { InputError } from '../errors.ts'
import type { Layout } from './layout.ts'
import type { ProjectSettings } from './settings.ts'

/** Leaves a build of ten million rows within 2 GB; larger work spills to disk. */
const defaultMemory = '1400MiB'

/**
 * Opens the engine that a project's settings ask for.
 * @throws InputError `not-on-spark-yet`: of the commands only `doctor` knows Spark so far
 */
export async function openEngine(layout: Layout, settings: ProjectSettings): Promise<Engine> {
  if (settings.engine === 'spark') {
    throw new InputError(
      { en: 'This command does not run on Spark yet.', zh: '该命令目前尚不支持在 Spark 上运行。' },
      {
        code: 'not-on-spark-yet',
        value: settings.engine,
        advice: {
          en: 'Set `engine: duckdb` in marquee.yaml. `marquee doctor` checks the Spark address.',
          zh: '请在 marquee.yaml 中设为 `engine: duckdb`。`marquee doctor` 可检查 Spark 地址。',
        },
      },
    )
  }
  const { DuckdbEngine } = await import('../engine/duckdb.ts')
  return DuckdbEngine.open({
    spillFolder: layout.spill,
    memory: (settings.memory ?? defaultMemory).replaceAll(' ', ''),
    ...(settings.threads === undefined ? {} : { threads: settings.threads }),
  })
}
