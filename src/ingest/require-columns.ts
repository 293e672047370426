import { type Sql, sql } from '../engine/sql.ts'
import { DataError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { SourceSettings } from '../project/settings.ts'
import type { Text } from '../text.ts'
import type { SourceFile } from './part.ts'
import { mappedFields } from './typed/typed-rows.ts'

const delimiters = [',', ';', '\t', '|']

/**
 * The rows of `relation` with all columns that its source maps. JSON leaves keys out that no record has: they are missing
 * in every row, as long as any mapped one is there.
 * @throws DataError `column-missing`, naming the columns and the likely cause.
 */
export function requireColumns(
  { source, file }: SourceFile,
  relation: { readonly rows: Sql; readonly headers: readonly string[]; readonly count: number | undefined },
): Sql {
  const present = new Set(relation.headers.map((header) => header.toLowerCase()))
  const wanted = mappedFields(source).flatMap(({ name }) => {
    const { from = name, value, day } = source.columns[name] ?? {}
    const days = day === undefined ? [] : [{ field: name, from: day }]
    return value === undefined ? [{ field: name, from }, ...days] : []
  })
  const missing = wanted.filter(({ from }) => !present.has(from.toLowerCase()))
  const [first] = missing
  if (!first) return relation.rows
  const isJson = source.format.type === 'json' || source.format.type === 'jsonl'
  if (isJson && (missing.length < wanted.length || relation.count === 0)) {
    const names = [...new Set(missing.map(({ from }) => from))]
    return sql`(SELECT *, ${sql.join(names.map((name) => sql`CAST(NULL AS VARCHAR) AS ${sql.id(name)}`))} FROM ${relation.rows})`
  }
  const names = [...new Set(missing.map(({ from }) => from))].join(', ')
  throw new DataError(
    {
      en: `${file} has no column ${names}, which the source ${source.name} reads.`,
      zh: `${file} 没有来源 ${source.name} 要读取的列 ${names}。`,
    },
    { code: 'column-missing', value: names, file, advice: adviceFor(source, relation.headers, first) },
  )
}

function adviceFor(
  { name, format }: SourceSettings,
  headers: readonly string[],
  missing: { readonly field: string; readonly from: string },
): Text {
  const [only = ''] = headers
  const delimiter = headers.length === 1 ? delimiters.find((mark) => only.includes(mark)) : undefined
  if (format.type === 'delimited' && delimiter !== undefined)
    return {
      en: `Its fields seem to be separated by ${JSON.stringify(delimiter)}: set format.delimiter of the source ${name} in marquee.yaml, or replace the file.`,
      zh: `其字段似乎以 ${JSON.stringify(delimiter)} 分隔：请在 marquee.yaml 中设置来源 ${name} 的 format.delimiter，或更换文件。`,
    }
  const guess = nearest(missing.from, headers)
  return guess === undefined
    ? {
        en: `Its columns are ${headers.join(', ')}. Correct the columns of the source ${name} in marquee.yaml, or replace the file.`,
        zh: `其列为 ${headers.join('、')}。请在 marquee.yaml 中改正来源 ${name} 的列，或更换文件。`,
      }
    : {
        en: `Did you mean ${guess}? Set columns.${missing.field}.from of the source ${name} in marquee.yaml, or replace the file.`,
        zh: `是否指 ${guess}？请在 marquee.yaml 中设置来源 ${name} 的 columns.${missing.field}.from，或更换文件。`,
      }
}
