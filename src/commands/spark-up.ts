import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { textLike } from '../describe-issue.ts'
import { demandJava, findSparkSubmit } from '../engine/spark/find-spark.ts'
import { type LocalServer, startLocalServer } from '../engine/spark/local-server.ts'
import { InputError } from '../errors.ts'
import { about, note, question } from '../question.ts'

/** Settles when `server` is over: well when `signal` stopped it, else with `spark-ended`. */
async function untilOver(server: LocalServer, signal: AbortSignal): Promise<void> {
  const gone = once(server.process, 'exit')
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  if (!signal.aborted) await Promise.race([gone, stopped])
  if (signal.aborted) return server.stop()
  throw new InputError(
    { en: `The Spark server at ${server.address} has ended.`, zh: `Spark 服务器 ${server.address} 已退出。` },
    {
      code: 'spark-ended',
      value: server.address,
      advice: {
        en: 'Another process may have ended it, or memory ran out: raise --memory.',
        zh: '可能被其他进程结束或内存不足：请增大 --memory。',
      },
    },
  )
}

/** Runs a Spark Connect server on this machine, for this machine, until it is stopped. */
export const sparkUp = question({
  name: 'spark up',
  summary: { en: 'Run a Spark server on this machine until Ctrl-C', zh: '在本机运行 Spark 服务器，直到按 Ctrl-C' },
  examples: ['marquee spark up', 'marquee spark up --port 15003 --cores 2 --memory 4g --json'],
  parameters: z.object({
    port: z.int().min(1).max(65_535).default(15_002).meta(about('Port to listen on', '监听端口')),
    cores: z.int().positive().optional().meta(about('Cores to use; all unless given', '使用的核数，默认为全部')),
    memory: textLike(/^[1-9]\d*[mg]$/, { en: 'must be a size as in 2g', zh: '应为大小，如 2g' })
      .default('2g')
      .meta(about('Memory to use', '使用的内存')),
    sparkSubmit: z
      .string()
      .optional()
      .meta(
        about(
          "Spark's launcher; found in SPARK_HOME, PATH or .spark-venv unless given",
          'Spark 启动程序，默认在 SPARK_HOME、PATH 或 .spark-venv 中查找',
        ),
      ),
  }),
  result: z.object({
    address: z.string().meta(about('Address', '地址')),
    pages: z.string().meta(about("Spark's own pages", 'Spark 页面')),
    processId: z.int().meta(about('Process', '进程号', { detail: true })),
    notes: z.array(note),
  }),
  async ask(context, { port, cores = availableParallelism(), memory, sparkSubmit }) {
    const submit = sparkSubmit ?? findSparkSubmit(process.env, [context.folder, process.cwd()])
    demandJava(process.env)
    context.progress.step({ en: 'Starting Spark', zh: '启动 Spark' })
    const folder = await mkdtemp(join(tmpdir(), 'marquee-spark-'))
    const remove = () => rm(folder, { recursive: true, force: true })
    const { signal } = context
    try {
      const server = await startLocalServer({ sparkSubmit: submit, port, cores, memory, folder, signal })
      context.stayUntil(untilOver(server, signal).finally(remove))
      context.progress.done()
      const { address, ui, process: started } = server
      return {
        address,
        pages: ui,
        processId: started.pid ?? 0,
        notes: [
          {
            en: `Put this into marquee.yaml; only this machine reaches the server:`,
            zh: '请将以下内容写入 marquee.yaml；只有本机可以访问该服务器：',
          },
          ...['engine: spark', 'spark:', `  address: ${address}`].map((line) => ({ en: line, zh: line })),
          { en: 'Ctrl-C ends it.', zh: '按 Ctrl-C 结束。' },
        ],
      }
    } catch (error) {
      await remove()
      throw error
    }
  },
})
