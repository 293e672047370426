import type { Engine } from '../engine/engine.ts'
import { InputError } from '../errors.ts'
import type { Layout } from './layout.ts'
import type { ProjectSettings } from './settings.ts'

/** Leaves a build of ten million rows within 2 GB; larger work spills to disk. */
const defaultMemory = '1400MiB'

/**
 * Opens the engine that a project's settings ask for.
 * @throws InputError `spark-address-missing`; SparkError when its server does not answer
 */
export async function openEngine(layout: Layout, settings: ProjectSettings): Promise<Engine> {
  if (settings.engine === 'duckdb') return openEmbedded(layout, settings)
  if (!settings.spark) {
    throw new InputError(
      { en: 'The settings ask for Spark and give no address.', zh: '设置要求使用 Spark，但没有给出地址。' },
      {
        code: 'spark-address-missing',
        value: settings.engine,
        advice: {
          en: 'Set `spark: { address: sc://host:15002 }` in marquee.yaml; `marquee doctor` checks it.',
          zh: '请在 marquee.yaml 中设置 `spark: { address: sc://host:15002 }`；可用 `marquee doctor` 检查。',
        },
      },
    )
  }
  const { SparkEngine } = await import('../engine/spark/spark-engine.ts')
  return SparkEngine.open(settings.spark.address, layout.spill)
}

/** Opens the engine inside Marquee, which is enough to look at a single file. */
export async function openEmbedded(layout: Layout, settings: ProjectSettings): Promise<Engine> {
  const { DuckdbEngine } = await import('../engine/duckdb.ts')
  return DuckdbEngine.open({
    spillFolder: layout.spill,
    memory: (settings.memory ?? defaultMemory).replaceAll(' ', ''),
    ...(settings.threads === undefined ? {} : { threads: settings.threads }),
  })
}
