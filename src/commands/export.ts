import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Row } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import { csvText } from '../export/csv.ts'
import { about, note, question } from '../question.ts'
import { requireReplaceable } from '../replace-file.ts'
import { counted, grouped } from '../text.ts'
import { type TableColumn, type TableName, tables } from '../warehouse/schema.ts'

const tableNames = Object.keys(tables) as [TableName, ...TableName[]]

/** Writes a published table to a file: all columns, sorted by all of them, so that equal data give equal bytes. */
export const exportTable = question({
  name: 'export',
  summary: {
    en: 'Write a published table to CSV, Parquet or JSON Lines',
    zh: '将已发布的表导出为 CSV、Parquet 或 JSON Lines',
  },
  examples: [
    'marquee export title --format csv --out titles.csv',
    'marquee export viewing --format parquet --out viewing.parquet',
  ],
  parameters: z.object({
    table: z.enum(tableNames).meta(about('The table', '表名', { position: 0 })),
    format: z.enum(['csv', 'parquet', 'jsonl']).default('csv').meta(about('File format', '文件格式')),
    out: z
      .string()
      .optional()
      .meta(about('File to write; the name of the table unless given', '输出文件，默认以表名命名')),
  }),
  result: z.object({
    file: z.string().meta(about('The file', '文件', { detail: true })),
    rowCount: z.int().meta(about('Rows written', '写入行数', { detail: true })),
    notes: z.array(note),
  }),
  async ask(context, { table, format, out }) {
    const { engine } = await context.warehouse()
    const file = resolve(out ?? `${table}.${format}`)
    await requireReplaceable(file)
    const columns = (tables[table] as readonly TableColumn[]).map(({ name }) => name)
    const order = sql.join(columns.map((name) => sql`${sql.id(name)} NULLS FIRST`))
    const statement = sql`SELECT ${sql.join(columns.map(sql.id))} FROM ${sql.id(table)} ORDER BY ${order}`
    let rowCount = 0
    if (format === 'parquet') rowCount = await engine.writeParquet(statement, file)
    else {
      const counted = async function* (): AsyncGenerator<Row[]> {
        for await (const batch of engine.stream(statement)) {
          rowCount += batch.length
          yield batch
        }
      }
      const text = format === 'csv' ? csvText(columns, counted()) : jsonLines(counted())
      const partial = `${file}.partial`
      try {
        await pipeline(Readable.from(text), createWriteStream(partial))
        await rename(partial, file)
      } catch (error) {
        await rm(partial, { force: true })
        throw error
      }
    }
    return {
      file,
      rowCount,
      notes: [
        { en: `Wrote ${counted(rowCount, 'row')} to ${file}.`, zh: `已写入 ${grouped(rowCount)} 行至 ${file}。` },
      ],
    }
  },
})

async function* jsonLines(batches: AsyncIterable<Row[]>): AsyncGenerator<string> {
  for await (const rows of batches) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
