import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { interruptOnAbort } from '../engine/interrupt-on-abort.ts'
import { previewSource } from '../ingest/preview.ts'
import { FileThreads } from '../ingest/read/file-threads.ts'
import { makeScratch } from '../ingest/scratch.ts'
import { listSourceFiles } from '../ingest/source-files.ts'
import { checkMapping } from '../ingest/typed/check-mapping.ts'
import { tunedRules } from '../ingest/typed/row-rules.ts'
import { layoutOf } from '../project/layout.ts'
import { openEngine } from '../project/open-engine.ts'
import { ledgerRow, ledgerTotals } from '../quality/ledger-result.ts'
import { about, note, question } from '../question.ts'

const source = z.string().meta(about('Source', '来源', { as: 'prose' }))

/** What a build would read, keep out and find on top, without writing anything. @throws InputError, DataError. */
export const preview = question({
  name: 'preview',
  summary: {
    en: 'Clean all sources in memory, list top titles, write nothing',
    zh: '在内存中清洗全部来源并列出热门片名；不写入任何数据',
  },
  examples: ['marquee preview', 'marquee preview --limit 5 --json'],
  parameters: z.object({
    limit: z.coerce.number().int().min(1).max(1000).default(20).meta(about('Titles to list', '列出的片名数')),
  }),
  result: z.object({
    totals: ledgerTotals.meta(about('Rows read and what became of them', '读取的行及其去向')),
    rows: z
      .array(
        z.object({
          source,
          kind: ledgerRow.shape.kind,
          files: z.int().meta(about('Files', '文件数')),
          ...ledgerTotals.shape,
          reasons: ledgerRow.shape.reasons,
        }),
      )
      .meta(about('By source', '按来源')),
    titles: z
      .array(
        z.object({
          source,
          title: z.string().meta(about('Title as written', '片名（原文）')),
          plays: z.int().meta(about('Plays', '播放次数')),
          minutes: z.number().meta(about('Minutes watched', '观看分钟数', { unit: 'minutes' })),
        }),
      )
      .meta(about('Titles by minutes watched', '按观看分钟数排列的片名')),
    notes: z.array(note),
  }),
  async ask(context, { limit }) {
    const settings = await context.settings()
    const engine = await openEngine(layoutOf(context.folder), settings)
    const work = new FileThreads(settings.threads)
    const settle = interruptOnAbort(engine, context.signal)
    const scratch = await makeScratch(layoutOf(context.folder), settings)
    try {
      for (const source of settings.sources) await checkMapping(engine, source)
      const all = await listSourceFiles(context.folder, settings.sources)
      const rules = tunedRules(settings)
      const totals = { read: 0, accepted: 0, duplicates: 0, quarantined: 0 }
      const rows = []
      const top = []
      for (const source of settings.sources) {
        context.progress.step({ en: `Reading ${source.name}`, zh: `读取 ${source.name}` })
        const files = all.filter((file) => file.source === source)
        const { titles, ...counts } = await previewSource({
          engine,
          work,
          source,
          files,
          rules,
          now: context.now(),
          scratch,
          limit,
          signal: context.signal,
        })
        for (const name of ['read', 'accepted', 'duplicates', 'quarantined'] as const) totals[name] += counts[name]
        rows.push({ source: source.name, kind: source.kind, files: files.length, ...counts })
        top.push(...titles.map((title) => ({ source: source.name, ...title })))
      }
      return {
        totals,
        rows,
        titles: top.toSorted((a, b) => b.minutes - a.minutes).slice(0, limit),
        notes: [
          {
            en: 'Titles are as written. Only `marquee build` joins their spellings and applies the rules that look across rows.',
            zh: '片名为原文。只有 `marquee build` 才会合并不同写法，并应用跨行规则。',
          },
        ],
      }
    } finally {
      context.progress.done()
      settle()
      await work.close()
      engine.close()
      await rm(scratch, { recursive: true, force: true })
    }
  },
})
