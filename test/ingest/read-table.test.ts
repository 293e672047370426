import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DuckdbEngine } from '../../src/engine/duckdb.ts'
import { sql } from '../../src/engine/sql.ts'
import { readTable, type TableRow } from '../../src/ingest/read-table.ts'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(async () => {
  project = await makeProject()
})
afterEach(() => project.remove())

const pathOf = (file: string) => `${project.folder}/${file}`
const open = () => DuckdbEngine.open()
async function rowsOf(file: string): Promise<TableRow<'id' | 'text' | 'note'>[]> {
  const rows: TableRow<'id' | 'text' | 'note'>[] = []
  const columns = { required: ['id', 'text'], optional: ['note'] } as const
  for await (const batch of readTable<'id' | 'text' | 'note'>(pathOf(file), columns, open)) rows.push(...batch)
  return rows
}

const expected = [
  { line: 2, values: { id: '1', text: '好, "really"' } },
  { line: 3, values: { id: '2', text: '' } },
]
const csv = 'other,id,text\nx,1,"好, ""really"""\ny,2,\n'

test.each([
  ['a.csv', csv],
  ['a.csv.gz', gzipSync(csv)],
  ['a.tsv', 'text\tid\n"好, ""really"""\t1\n\t2\n'],
])('reads the wanted columns of %s, whatever their order', async (file, content) => {
  await project.write(file, content)
  expect(await rowsOf(file)).toEqual(expected)
})

test('reads JSON Lines and optional columns', async () => {
  await project.write('a.jsonl', '{"id":1,"text":"good","note":"n"}\n{"id":2,"text":"bad"}\n')
  expect((await rowsOf('a.jsonl')).map(({ values }) => values)).toEqual([
    { id: '1', text: 'good', note: 'n' },
    { id: '2', text: 'bad', note: '' },
  ])
})

test('reads Parquet, which has no lines', async () => {
  const engine = await open()
  await engine.writeParquet(sql`SELECT 1 AS id, 'good' AS text`, pathOf('a.parquet'))
  engine.close()
  expect(await rowsOf('a.parquet')).toEqual([{ line: undefined, values: { id: '1', text: 'good' } }])
})

test('names the column that is missing and the one that was meant', async () => {
  await project.write('a.csv', 'id,texts\n1,good\n')
  await expect(rowsOf('a.csv')).rejects.toMatchObject({
    code: 'column-missing',
    value: 'text',
    file: pathOf('a.csv'),
    advice: { en: expect.stringContaining('Did you mean texts?') },
  })
})

test('names the line of a record that cannot be read', async () => {
  await project.write('a.csv', 'id,text\n1,good\n2,bad,and more\n')
  await expect(rowsOf('a.csv')).rejects.toMatchObject({ code: 'malformed-record', line: 3, value: '2,bad,and more' })
})

test('a first line that names the columns is the header, even of one column of prose', async () => {
  await project.write('a.csv', 'text\n"good, very good"\n"bad, long"\nok\n')
  const texts: (string | undefined)[] = []
  for await (const rows of readTable(pathOf('a.csv'), { required: ['text'] }, open)) {
    texts.push(...rows.map(({ values }) => values.text))
  }
  expect(texts).toEqual(['good, very good', 'bad, long', 'ok'])
})
