import { statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { z } from 'zod'
import { isMarqueeError } from '../errors.ts'
import { layoutOf } from '../project/layout.ts'
import { loadSettings } from '../project/load-settings.ts'
import { about, note, question } from '../question.ts'
import { counted, say, type Text } from '../text.ts'

const gibibyte = 2 ** 30
const leastMemory = 2 * gibibyte
const leastDisk = 2 * gibibyte

interface Finding {
  readonly part: Text
  readonly found: Text
  readonly isGood: boolean
  readonly advice: Text | null
}

const verbatim = (text: string): Text => ({ en: text, zh: text })

/** An error's own advice goes before the general one. */
async function attempt(part: Text, look: () => Promise<Text>, advice: Text): Promise<Finding> {
  try {
    return { part, found: await look(), isGood: true, advice: null }
  } catch (error) {
    if (isMarqueeError(error)) return { part, found: error.text, isGood: false, advice: error.advice ?? advice }
    return { part, found: verbatim(error instanceof Error ? error.message : String(error)), isGood: false, advice }
  }
}

/** Whether the Spark server of the settings answers, where they ask for one. */
async function lookAtSpark(folder: string): Promise<Finding[]> {
  const settings = await loadSettings(layoutOf(folder).settings).catch(() => undefined)
  if (settings?.engine !== 'spark') return []
  const advice = {
    en: 'Set `spark: { address: sc://host:15002 }` in marquee.yaml.',
    zh: '请在 marquee.yaml 中设置 `spark: { address: sc://host:15002 }`。',
  }
  const part = { en: 'Spark', zh: 'Spark' }
  const address = settings.spark?.address
  if (address === undefined)
    return [{ part, found: { en: 'no address is set', zh: '未设置地址' }, isGood: false, advice }]
  const connect = async () => {
    const { SparkSession } = await import('../engine/spark/session.ts')
    const session = await SparkSession.connect(address)
    const found = `Spark ${await session.version()}, ${session.label}`
    await session.close()
    return verbatim(found)
  }
  return [await attempt(part, connect, advice)]
}

async function look(folder: string): Promise<Finding[]> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isRecent = major > 20 || (major === 20 && minor >= 20)
  const disk = await statfs(folder)
  const free = disk.bavail * disk.bsize
  const size = (bytes: number) => `${(bytes / gibibyte).toFixed(1)} GiB`
  return [
    {
      part: { en: 'Runtime', zh: '运行环境' },
      found: verbatim(`Node ${process.versions.node}, ${process.platform} ${process.arch}`),
      isGood: isRecent,
      advice: isRecent ? null : { en: 'Install Node 20.20 or newer.', zh: '请安装 Node 20.20 或更新版本。' },
    },
    await attempt(
      { en: 'Engine', zh: '引擎' },
      async () => {
        const { DuckdbEngine } = await import('../engine/duckdb.ts')
        const engine = await DuckdbEngine.open()
        const [row] = await engine.query<{ version: string }>({ text: 'SELECT version() AS version', values: [] })
        engine.close()
        return verbatim(`DuckDB ${row?.version}`)
      },
      {
        en: 'Run `npm ci` again on this machine: the engine is built for each platform.',
        zh: '请在本机重新运行 `npm ci`：引擎按平台安装。',
      },
    ),
    {
      part: { en: 'Memory', zh: '内存' },
      found: {
        en: `${size(freemem())} free of ${size(totalmem())}`,
        zh: `可用 ${size(freemem())}，共 ${size(totalmem())}`,
      },
      isGood: totalmem() >= leastMemory,
      advice:
        totalmem() >= leastMemory
          ? null
          : {
              en: 'Set `memory` in marquee.yaml below what is free.',
              zh: '请在 marquee.yaml 中将 `memory` 设为低于可用内存。',
            },
    },
    {
      part: { en: 'Disk', zh: '磁盘' },
      found: { en: `${size(free)} free`, zh: `可用 ${size(free)}` },
      isGood: free >= leastDisk,
      advice:
        free >= leastDisk
          ? null
          : {
              en: 'Free some space: a build needs about half the size of its sources.',
              zh: '请释放空间：构建约需来源文件一半的空间。',
            },
    },
    await attempt(
      { en: 'Project', zh: '项目' },
      async () => {
        const { sources } = await loadSettings(layoutOf(folder).settings)
        return { en: counted(sources.length, 'source'), zh: `${sources.length} 个来源` }
      },
      { en: 'Mend marquee.yaml.', zh: '请修正 marquee.yaml。' },
    ),
    ...(await lookAtSpark(folder)),
  ]
}

/** Looks at what Marquee needs and says what to do about what is missing. */
export const doctor = question({
  name: 'doctor',
  summary: { en: 'Check the runtime, engine, memory and project', zh: '检查运行环境、引擎、内存与项目' },
  examples: ['marquee doctor', 'marquee doctor --json'],
  parameters: z.object({}),
  result: z.object({
    rows: z.array(
      z.object({
        part: z.string().meta(about('Part', '部分')),
        found: z.string().meta(about('Found', '检查结果', { as: 'prose' })),
        isGood: z.boolean().meta(about('Good', '正常')),
        advice: z
          .string()
          .nullable()
          .meta(about('What to do', '建议', { as: 'prose' })),
      }),
    ),
    notes: z.array(note),
  }),
  async ask(context) {
    const findings = await look(context.folder)
    return {
      rows: findings.map(({ part, found, isGood, advice }) => ({
        part: say(part, context.locale),
        found: say(found, context.locale),
        isGood,
        advice: advice ? say(advice, context.locale) : null,
      })),
      notes: [],
    }
  },
})
