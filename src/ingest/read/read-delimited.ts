import { DataError } from '../../errors.ts'
import type { FormatSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
import { DelimitedSplitter, type SplitRecord } from './delimited-splitter.ts'
import { malformations } from './malformations.ts'
import { nameColumns } from './name-columns.ts'
import { openText } from './open-text.ts'
import type { RawRecord, Records } from './raw-record.ts'

interface Header {
  readonly columns: readonly string[]
  readonly notes: readonly Text[]
  /** Fields a record must have: unnamed columns at the end may be left out. */
  readonly minimum: number
}

async function* splitFile(file: string, format: FormatSettings): AsyncGenerator<SplitRecord[]> {
  const splitter = new DelimitedSplitter(format)
  for await (const chunk of openText(file, format)) yield* splitter.split(chunk, false)
  yield* splitter.split({ text: '', suspect: false }, true)
}

async function readFirst(file: string, format: FormatSettings): Promise<SplitRecord> {
  for await (const [first] of splitFile(file, format)) if (first) return first
  throw new DataError(
    { en: `${file} is empty.`, zh: `${file} 是空文件。` },
    {
      code: 'empty-file',
      file,
      advice:
        format.skip > 0
          ? { en: 'Check how many lines are skipped.', zh: '请检查跳过的行数。' }
          : { en: 'Leave it out or replace it.', zh: '请去掉或替换该文件。' },
    },
  )
}

function widthOf(cells: readonly string[]): number {
  let width = cells.length
  while (width > 1 && cells[width - 1]?.trim() === '') width--
  return width
}

async function readHeader(file: string, format: FormatSettings): Promise<Header> {
  const first = await readFirst(file, format)
  if (!format.header) {
    const names = format.names ?? ('fields' in first ? first.fields.map(() => '') : [''])
    return { ...nameColumns(names), minimum: names.length }
  }
  if ('malformed' in first) {
    throw new DataError(
      {
        en: `The header of ${file} cannot be read: ${first.malformed.en}`,
        zh: `无法读取 ${file} 的表头：${first.malformed.zh}`,
      },
      {
        code: 'malformed-header',
        value: first.raw,
        file,
        line: first.line,
        advice: {
          en: 'Check the encoding, the delimiter, the quote and the lines to skip.',
          zh: '请检查编码、分隔符、引号与跳过的行数。',
        },
      },
    )
  }
  return { ...nameColumns(first.fields), minimum: widthOf(first.fields) }
}

/** Empty fields beyond the header are dropped, as are missing ones below an unnamed column at its end. */
function alignFields(record: SplitRecord, header: Header): RawRecord {
  if ('malformed' in record) return record
  const { line, raw, fields } = record
  const width = header.columns.length
  while (fields.length > width && fields[fields.length - 1] === '') fields.pop()
  if (fields.length >= header.minimum) while (fields.length < width) fields.push('')
  return fields.length === width
    ? { line, fields }
    : { line, raw, malformed: malformations.fieldCount(fields.length, width) }
}

async function* readBatches(file: string, format: FormatSettings, header: Header): AsyncGenerator<RawRecord[]> {
  let toPass = format.header ? 1 : 0
  for await (const records of splitFile(file, format)) {
    if (records.length === 0) continue
    yield records.slice(toPass).map((record) => alignFields(record, header))
    toPass = 0
  }
}

/** @throws DataError `empty-file` or `malformed-header`, and those of `openText`. */
export async function readDelimited(file: string, format: FormatSettings): Promise<Records> {
  const header = await readHeader(file, format)
  return { columns: header.columns, notes: header.notes, batches: readBatches(file, format, header) }
}
