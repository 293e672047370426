import { DataError } from '../../errors.ts'
import type { FormatSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
import { escapeDamage, findDamage } from './decode-text.ts'
import { DelimitedSplitter, type SplitRecord } from './delimited-splitter.ts'
import { flattenJson, isJsonObject, parseJson } from './flatten-json.ts'
import { JsonElements } from './json-elements.ts'
import { malformations } from './malformations.ts'
import { nameColumns } from './name-columns.ts'
import { openText } from './open-text.ts'
import type { MalformedRecord, RawRecord, Records } from './raw-record.ts'

interface JsonRow {
  readonly line: number
  readonly row: Map<string, string>
}

/** A record as it is written, before it is parsed. */
interface Written {
  readonly line: number
  readonly text: string
  readonly problem?: Text
}

async function* readLines(file: string, format: FormatSettings): AsyncGenerator<Written[]> {
  const splitter = new DelimitedSplitter({ delimiter: '\n', quote: '', skip: format.skip })
  const toWritten = (records: readonly SplitRecord[]): Written[] =>
    records
      .map((record) =>
        'malformed' in record
          ? { line: record.line, text: record.raw, problem: record.malformed }
          : { line: record.line, text: record.raw },
      )
      .filter((written) => written.text.trim() !== '')
  for await (const chunk of openText(file, format))
    for (const records of splitter.split(chunk, false)) yield toWritten(records)
  for (const records of splitter.split({ text: '', suspect: false }, true)) yield toWritten(records)
}

async function* readElements(file: string, format: FormatSettings, path: string): AsyncGenerator<Written[]> {
  const elements = new JsonElements(path)
  for await (const { text } of openText(file, format)) {
    yield elements.push(text).map(({ line, text, length }) => {
      const damage = findDamage(text)
      if (damage) {
        const problem = damage === 'nul' ? malformations.nul : malformations.undecodable
        return { line, text: escapeDamage(text), problem }
      }
      return length > text.length ? { line, text, problem: malformations.tooLong(length) } : { line, text }
    })
    if (elements.state === 'behind') return
  }
  const cut = elements.end()
  if (cut) yield [{ line: cut.line, text: escapeDamage(cut.text), problem: malformations.unfinished }]
}

function parse(written: Written, explode: string | undefined): (JsonRow | MalformedRecord)[] {
  const { line, text } = written
  const refuse = (malformed: Text): MalformedRecord[] => [{ line, raw: text, malformed }]
  if (written.problem) return refuse(written.problem)
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    return refuse(malformations.badJson)
  }
  if (!isJsonObject(value)) return refuse(malformations.notAnObject)
  const rows = flattenJson(value, explode)
  if (text.includes('\\u')) {
    const damaged = rows.some((row) => [...row].some((pair) => pair.some((part) => findDamage(part))))
    if (damaged) return refuse(malformations.undecodable)
  }
  return rows.map((row) => ({ line, row }))
}

/** The path to the array of records, found where it is not set. */
async function findRecords(file: string, format: FormatSettings): Promise<string> {
  const elements = new JsonElements(format.records)
  let anything = false
  for await (const { text } of openText(file, format)) {
    elements.push(text)
    anything ||= text.trim() !== ''
    if (elements.state !== 'before') return format.records ?? ''
  }
  if (!anything)
    throw new DataError(
      { en: `${file} is empty.`, zh: `${file} 是空文件。` },
      { code: 'empty-file', file, advice: { en: 'Leave it out or replace it.', zh: '请去掉或替换该文件。' } },
    )
  const [top] = elements.arrays
  if (format.records === undefined && top) {
    if (top.path === '') return ''
    const ofObjects = elements.arrays.filter((array) => array.holdsObjects)
    const [only, another] = ofObjects.length > 0 ? ofObjects : elements.arrays
    if (only && !another) return only.path
  }
  const choices = elements.arrays.map(({ path }) => path)
  throw new DataError(
    format.records === undefined
      ? choices.length === 0
        ? { en: `${file} holds no list of records.`, zh: `${file} 中没有记录列表。` }
        : {
            en: `${file} holds ${elements.arrays.length} lists, so it is not clear which one has the records.`,
            zh: `${file} 中有 ${elements.arrays.length} 个列表，无法确定哪一个是记录。`,
          }
      : {
          en: `${file} has no list at ${format.records || 'the top level'}.`,
          zh: `${file} 的${format.records ? ` ${format.records} ` : '顶层'}没有列表。`,
        },
    {
      code: 'no-records',
      value: format.records ?? '',
      file,
      advice:
        choices.length === 0
          ? {
              en: 'If it is JSON Lines or delimited text, set format.type of its source.',
              zh: '若为 JSON Lines 或分隔文本，请设置其来源的 format.type。',
            }
          : {
              en: `Set \`records\` to one of: ${choices.map((path) => path || '(top level)').join(', ')}.`,
              zh: `请将 \`records\` 设为其中之一：${choices.map((path) => path || '（顶层）').join('、')}。`,
            },
    },
  )
}

/**
 * Reads a JSON array or JSON Lines twice: once for the union of the keys, once for the records.
 * @throws DataError `empty-file`, `no-records`, and those of `openText`.
 */
export async function readJson(file: string, format: FormatSettings, signal?: AbortSignal): Promise<Records> {
  const path = format.type === 'json' ? await findRecords(file, format) : ''
  const read = (): AsyncGenerator<Written[]> =>
    format.type === 'json' ? readElements(file, format, path) : readLines(file, format)
  const keys = new Set<string>()
  let anything = format.type === 'json'
  for await (const batch of read()) {
    signal?.throwIfAborted()
    for (const written of batch) {
      anything = true
      for (const record of parse(written, format.explode)) {
        if ('row' in record) for (const key of record.row.keys()) keys.add(key)
      }
    }
  }
  if (!anything)
    throw new DataError(
      { en: `${file} is empty.`, zh: `${file} 是空文件。` },
      { code: 'empty-file', file, advice: { en: 'Leave it out or replace it.', zh: '请去掉或替换该文件。' } },
    )

  async function* batches(): AsyncGenerator<RawRecord[]> {
    const order = [...keys]
    for await (const batch of read()) {
      yield batch
        .flatMap((written) => parse(written, format.explode))
        .map((record) =>
          'row' in record ? { line: record.line, fields: order.map((key) => record.row.get(key) ?? '') } : record,
        )
    }
  }
  return { ...nameColumns([...keys]), batches: batches() }
}
