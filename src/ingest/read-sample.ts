import type { Engine } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import { DataError } from '../errors.ts'
import { formatSettings } from '../project/settings.ts'
import { damagedParquet } from './damaged-parquet.ts'
import { detectDelimiter, splitLine } from './detect/detect-delimiter.ts'
import type { FormatDraft, Sample } from './detect/proposal.ts'
import { detectContainer } from './read/detect-container.ts'
import { openText } from './read/open-text.ts'
import type { MalformedRecord } from './read/raw-record.ts'
import { readRecords } from './read/read-records.ts'

const sampleRows = 2_000
/** Records to look at where most of them are malformed. */
const sampleRecords = 50_000
const sampleCharacters = 1 << 18

/**
 * Reads the first records of a raw file and works out how it is packed, encoded and laid out. `lists` says where the
 * records of a JSON file are, where the file does not; a first line with all of `wanted`, if there are any, is the header.
 * @throws DataError for a file that is empty, binary, cut short or without records.
 */
export async function readSample(
  path: string,
  openEngine: () => Promise<Engine>,
  lists: Pick<FormatDraft, 'records' | 'explode'> = {},
  wanted: readonly string[] = [],
): Promise<Sample> {
  const container = await detectContainer(path)
  if (container.content === 'parquet') return parquetSample(path, openEngine)
  const head = await readHead(path, container.encoding)
  const { format: layout, preamble } = layoutOf(head, wanted)
  const format: FormatDraft = { encoding: container.encoding, ...layout, ...lists }
  const { columns, notes, batches } = await readRecords(path, formatSettings.parse(format))
  const rows: (readonly string[])[] = []
  let records = 0
  let malformed: MalformedRecord | undefined
  for await (const batch of batches) {
    for (const record of batch) {
      if ('fields' in record) rows.push(record.fields)
      else malformed ??= record
    }
    records += batch.length
    if (rows.length >= sampleRows || records >= sampleRecords) break
  }
  if (rows.length === 0 && malformed) {
    const { en, zh } = malformed.malformed
    throw new DataError(
      { en: `No row is well formed. ${en}`, zh: `没有格式正确的行。${zh}` },
      {
        code: 'no-rows',
        value: malformed.raw,
        file: path,
        line: malformed.line,
        advice: {
          en: 'Check the delimiter, the quotes and the encoding of the file; nothing was changed.',
          zh: '请检查文件的分隔符、引号与编码；未作任何更改。',
        },
      },
    )
  }
  if (rows.length === 0) {
    throw new DataError(
      { en: 'The file has a header but no rows.', zh: '文件只有表头，没有数据行。' },
      {
        code: 'no-rows',
        file: path,
        advice: { en: 'Add it when it holds data; nothing was changed.', zh: '请在有数据后再添加；未作任何更改。' },
      },
    )
  }
  const known = container.note === undefined ? notes : [container.note, ...notes]
  return { path, header: columns, rows: rows.slice(0, sampleRows), format, preamble, notes: known }
}

const usualDelimiters = [',', '\t', ';', '|']

/** The layout of text whose first line names all of `wanted`, whatever the lines after it look like. */
function namedLayout(firstLine: string, wanted: readonly string[]): FormatDraft | undefined {
  const delimiter = usualDelimiters.find((mark) => {
    const names = new Set(splitLine(firstLine, mark, '"').map((name) => name.trim()))
    return wanted.every((name) => names.has(name))
  })
  return delimiter === undefined ? undefined : { delimiter, quote: '"', skip: 0, header: true }
}

function layoutOf(head: string, wanted: readonly string[]): { format: FormatDraft; preamble: readonly string[] } {
  const text = head.trimStart()
  const json = (type: 'json' | 'jsonl') => ({ format: { type }, preamble: [] })
  if (/^\[\s*([[{"\]\d-]|$)/.test(text)) return json('json')
  if (text.startsWith('{')) {
    const firstLine = text.slice(0, text.search(/\r?\n|$/))
    return json(isJson(firstLine) && text.length > firstLine.length + 2 ? 'jsonl' : 'json')
  }
  const lines = head.split(/\r\n|\n|\r/)
  const named = wanted.length === 0 ? undefined : namedLayout(lines[0] ?? '', wanted)
  if (named) return { format: named, preamble: [] }
  const { delimiter, quote, skip, header, names, preamble } = detectDelimiter(lines)
  return { format: { delimiter, quote, skip, header, ...(header ? {} : { names: [...names] }) }, preamble }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The start of the text, up to its last whole line. */
async function readHead(path: string, encoding: Parameters<typeof openText>[1]['encoding']): Promise<string> {
  let head = ''
  for await (const { text } of openText(path, { encoding })) {
    head += text
    if (head.length >= sampleCharacters) return head.slice(0, Math.max(head.lastIndexOf('\n'), 1))
  }
  return head
}

async function parquetSample(path: string, openEngine: () => Promise<Engine>): Promise<Sample> {
  const engine = await openEngine()
  try {
    const scan = engine.scanParquet([path])
    const header = (await engine.describe(sql`SELECT * FROM ${scan}`)).map(({ name }) => name)
    const texts = header.map((name) => sql`CAST(${sql.id(name)} AS VARCHAR) AS ${sql.id(name)}`)
    const rows = await engine.query(sql`SELECT ${sql.join(texts)} FROM ${scan} LIMIT ${sampleRows}`)
    return {
      path,
      header,
      rows: rows.map((row) => header.map((name) => String(row[name] ?? ''))),
      format: { type: 'parquet' },
    }
  } catch (error) {
    throw damagedParquet(error, path)
  } finally {
    engine.close()
  }
}
