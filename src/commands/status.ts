import { z } from 'zod'
import { layoutOf } from '../project/layout.ts'
import { loadSettings } from '../project/load-settings.ts'
import { about, note, question } from '../question.ts'
import { readPublished } from '../warehouse/version.ts'

/** What the project holds and what its published version is. */
export const status = question({
  name: 'status',
  summary: { en: 'Show the sources and the published version', zh: '查看来源与已发布版本' },
  examples: ['marquee status', 'marquee status --json'],
  parameters: z.object({}),
  result: z.object({
    version: z.int().nullable().meta(about('Published version', '已发布版本')),
    builtAt: z.string().nullable().meta(about('Built at, UTC', '构建时间（UTC）')),
    tables: z.record(z.string(), z.int()).meta(about('Rows in each table', '各表行数')),
    rows: z.array(
      z.object({
        name: z.string().meta(about('Source', '来源', { as: 'prose' })),
        kind: z.string().meta(about('Kind', '类别')),
        preset: z.string().nullable().meta(about('Layout', '已知格式')),
        files: z.array(z.string()).meta(about('Files', '文件', { as: 'path' })),
        timeZone: z.string().nullable().meta(about('Time zone', '时区')),
      }),
    ),
    notes: z.array(note),
  }),
  async ask(context) {
    const layout = layoutOf(context.folder)
    const settings = await loadSettings(layout.settings)
    const published = await readPublished(layout.current, layout.versions)
    const counts = Object.entries(published?.rows ?? {}).filter(([, rows]) => rows > 0)
    return {
      version: published?.version ?? null,
      builtAt: published?.builtAt ?? null,
      tables: Object.fromEntries(counts),
      rows: settings.sources.map(({ name, kind, preset, files, timeZone }) => ({
        name,
        kind,
        preset: preset ?? null,
        files,
        timeZone: timeZone ?? null,
      })),
      notes: published ? [] : [{ en: 'Not built yet: run `marquee build`.', zh: '尚未构建：请运行 `marquee build`。' }],
    }
  },
})
