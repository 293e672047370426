import { z } from 'zod'
import { about, note, question } from '../question.ts'
import { counted, grouped } from '../text.ts'

/** Rows that a terminal can take in; `--json` prints all that `limit` allows. */
const defaultLimit = 1000

/** Answers one SQL statement over the published tables. @throws QueryError for anything but a reading statement. */
export const queryQuestion = question({
  name: 'query',
  summary: { en: 'Answer one SQL statement over the published tables', zh: '对已发布的表执行只读 SQL' },
  examples: [
    'marquee query "SELECT name, year FROM title ORDER BY year LIMIT 5"',
    'marquee query "SELECT source, count(*) AS plays FROM viewing GROUP BY source" --json',
  ],
  parameters: z.object({
    sql: z.string().meta(about('One SELECT statement', '一条 SELECT 语句', { position: 0 })),
    limit: z.int().positive().default(defaultLimit).meta(about('Most rows to print', '最多输出行数')),
  }),
  result: z.object({
    rows: z.array(z.record(z.string(), z.unknown())),
    notes: z.array(note),
  }),
  async ask(context, { sql: text, limit }) {
    const { engine, files } = await context.warehouse()
    await engine.restrict(files)
    const rows: Record<string, unknown>[] = []
    let isCut = false
    for await (const batch of engine.stream({ text: text.trim().replace(/;$/, ''), values: [] })) {
      rows.push(...batch.slice(0, limit - rows.length))
      if (rows.length >= limit) {
        isCut = true
        break
      }
    }
    const cutNote = {
      en: `Cut at ${counted(limit, 'row')}; raise --limit for more.`,
      zh: `已截至 ${grouped(limit)} 行；用 --limit 查看更多。`,
    }
    if (rows.length === 0) return { rows, notes: [{ en: 'No rows.', zh: '没有符合的行。' }] }
    return { rows, notes: isCut ? [cutNote] : [] }
  },
})
