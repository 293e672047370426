import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { csvText } from '../export/csv.ts'
import { jsonLines } from '../export/write-rows.ts'
import { about, note, question } from '../question.ts'
import { replaceFile, requireReplaceable } from '../replace-file.ts'
import { counted, grouped } from '../text.ts'
import { streamHistories } from './interests.ts'
import { listParameters, orderList } from './list-parameters.ts'
import { listForAll, type ViewerList } from './list-threads.ts'
import { openServedModel, type ServedModel } from './served-model.ts'

const { diversity: _diversity, exploration: _exploration, seed: _seed, ...parameters } = listParameters
const columns = ['viewer_id', 'rank', 'title_id', 'title', 'score'] as const
type BatchRow = Record<(typeof columns)[number], string | number>

function rowsOf(lists: readonly ViewerList[], { works, titleIds }: ServedModel): BatchRow[] {
  return lists.flatMap(({ viewerId, titles }) =>
    titles.map(({ title, score }, i) => ({
      ...{ viewer_id: viewerId, rank: i + 1, title_id: titleIds[title] ?? '', title: works[title]?.name ?? '', score },
    })),
  )
}

/** The lists of all viewers, in a file. */
export const recommendBatch = question({
  name: 'recommend batch',
  summary: { en: 'Write the lists of all viewers to a file', zh: '将全部观众的推荐列表写入文件' },
  examples: [
    'marquee recommend batch --out lists.csv',
    'marquee recommend batch --out lists.jsonl --format jsonl --limit 10',
  ],
  parameters: z.object({
    out: z.string().meta(about('File to write', '输出文件')),
    format: z.enum(['csv', 'jsonl']).default('csv').meta(about('File format', '文件格式')),
    seen: z
      .enum(['exclude', 'include'])
      .default('exclude')
      .meta(about('Whether titles watched before are listed', '是否列出看过的影片')),
    threads: z.int().min(1).optional().meta(about('Threads; one a core unless set', '线程数，默认每核一个')),
    ...parameters,
  }),
  result: z.object({
    file: z.string().meta(about('The file', '文件', { detail: true })),
    viewers: z.int().meta(about('Viewers', '观众数', { detail: true })),
    rowCount: z.int().meta(about('Rows written', '写入行数', { detail: true })),
    notes: z.array(note),
  }),
  async ask(context, { out, format, seen, threads = availableParallelism(), ...list }) {
    const file = resolve(out)
    await requireReplaceable(file)
    const served = await openServedModel(context)
    const { engine } = await context.warehouse()
    const order = await orderList(served, engine, { ...list, diversity: 0, exploration: 0, seed: 0 }, () => false)
    const { signal, progress } = context
    progress.step({ en: 'Listing for all viewers', zh: '为全部观众生成列表' })
    const histories = streamHistories(engine, served.numbers, served.weighing, signal, await context.objections())
    const lists = listForAll(histories, { path: served.path, ...order, withSeen: seen === 'include' }, threads, signal)
    const size = { viewers: 0, rowCount: 0 }
    const rows = async function* () {
      for await (const some of lists) {
        const written = rowsOf(some, served)
        size.viewers += some.length
        size.rowCount += written.length
        yield written
      }
    }
    await replaceFile(file, format === 'csv' ? csvText(columns, rows()) : jsonLines(rows()))
    return {
      ...{ file, ...size },
      notes: [
        {
          en: `Wrote ${counted(size.rowCount, 'row')} for ${counted(size.viewers, 'viewer')} to ${file}.`,
          zh: `已为 ${grouped(size.viewers)} 位观众写入 ${grouped(size.rowCount)} 行至 ${file}。`,
        },
      ],
    }
  },
})
