import { resolve } from 'node:path'
import { z } from 'zod'
import { about, type Context, note, question } from '../question.ts'
import { replaceFile, requireReplaceable } from '../replace-file.ts'
import { collectReport } from '../report/collect-report.ts'
import { renderReport } from '../report/index.ts'

/** Writes the report of the published version to `file`; returns its size in bytes. */
export async function writeReport(context: Context, file: string): Promise<number> {
  await requireReplaceable(file)
  context.progress.step({ en: 'Asking the questions of the report', zh: '计算报告内容' })
  const page = renderReport(await collectReport(context))
  await replaceFile(file, page)
  context.progress.done()
  return Buffer.byteLength(page)
}

/** One self-contained HTML page: hot lists, audience, charts, quality, sources. */
export const report = question({
  name: 'report',
  summary: { en: 'Write the report, one HTML page that works offline', zh: '生成可离线查看的单页 HTML 报告' },
  examples: ['marquee report', 'marquee report --out audience.html --locale zh-CN'],
  parameters: z.object({
    out: z
      .string()
      .optional()
      .meta(about('File to write; report.html in the project unless given', '输出文件，默认为项目中的 report.html')),
  }),
  result: z.object({
    file: z.string().meta(about('The report', '报告', { detail: true })),
    bytes: z.int().meta(about('Size in bytes', '字节数', { detail: true })),
    notes: z.array(note),
  }),
  async ask(context, { out }) {
    const file = out === undefined ? resolve(context.folder, 'report.html') : resolve(out)
    const bytes = await writeReport(context, file)
    return { file, bytes, notes: [{ en: `Wrote the report to ${file}.`, zh: `报告已写入 ${file}。` }] }
  },
})
