import { resolve } from 'node:path'
import { z } from 'zod'
import { sql } from '../engine/sql.ts'
import { writeRows } from '../export/write-rows.ts'
import { about, note, question } from '../question.ts'
import { requireReplaceable } from '../replace-file.ts'
import { counted, grouped } from '../text.ts'
import { type TableColumn, type TableName, tables } from '../warehouse/schema.ts'

const tableNames = Object.keys(tables) as [TableName, ...TableName[]]

/** Writes a published table, all columns, sorted by all of them, so that equal data give equal bytes; on Spark a folder of files, in order. */
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
      .meta(
        about(
          'File to write, on Spark a folder of files; the name of the table unless given',
          '输出文件（使用 Spark 时为含多个文件的文件夹），默认以表名命名',
        ),
      ),
  }),
  result: z.object({
    file: z.string().meta(about('The file', '文件', { detail: true })),
    rowCount: z.int().meta(about('Rows written', '写入行数', { detail: true })),
    notes: z.array(note),
  }),
  async ask(context, { table, format, out }) {
    const { engine, rows } = await context.warehouse()
    const file = resolve(out ?? `${table}.${format}`)
    await requireReplaceable(file, { sparkFolder: engine.name === 'spark' })
    const columns: readonly TableColumn[] = tables[table]
    const order = sql.join(columns.map(({ name }) => sql`${sql.id(name)} NULLS FIRST`))
    const selected = sql.join(columns.map(({ name }) => sql.id(name)))
    const statement = sql`SELECT ${selected} FROM ${sql.id(table)} ORDER BY ${order}`
    await writeRows(engine, statement, columns, format, file)
    const rowCount = rows[table]
    return {
      file,
      rowCount,
      notes: [
        { en: `Wrote ${counted(rowCount, 'row')} to ${file}.`, zh: `已写入 ${grouped(rowCount)} 行至 ${file}。` },
      ],
    }
  },
})
