import type { Column, Engine, Row } from '../engine/engine.ts'
import { type Sql, sql } from '../engine/sql.ts'
import { replaceFile } from '../replace-file.ts'
import { csvText, formulaPatterns } from './csv.ts'

/**
 * Writes the rows of `statement`, in its order, to `path`, whole or not at all: one file, or a folder of files where the engine's workers
 * write them. In CSV no text is left that a spreadsheet would run as a formula.
 */
export async function writeRows(
  engine: Engine,
  statement: Sql,
  columns: readonly Column[],
  format: 'csv' | 'jsonl' | 'parquet',
  path: string,
): Promise<void> {
  if (format === 'parquet') await engine.writeParquet(statement, path)
  else if (engine.writeText) {
    await engine.writeText(format === 'csv' ? guarded(statement, columns) : statement, path, format)
  } else {
    const rows = engine.stream(statement)
    const names = columns.map(({ name }) => name)
    await replaceFile(path, format === 'csv' ? csvText(names, rows) : jsonLines(rows))
  }
}

/** The rows of `statement` with texts as `csvText` writes them. */
function guarded(statement: Sql, columns: readonly Column[]): Sql {
  const cells = columns.map(({ name, type }) => {
    const cell = sql.id(name)
    if (type !== 'VARCHAR') return cell
    const isNumber = sql`regexp_matches(${cell}, ${`${formulaPatterns.number}\\z`})`
    return sql`CASE WHEN regexp_matches(${cell}, ${formulaPatterns.start}) AND NOT ${isNumber} THEN concat('''', ${cell}) ELSE ${cell} END AS ${cell}`
  })
  return sql`SELECT ${sql.join(cells)} FROM (${statement}) AS cells`
}

/** Rows as JSON Lines. */
export async function* jsonLines(batches: AsyncIterable<Row[]>): AsyncGenerator<string> {
  for await (const rows of batches) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
