import { DataError, InputError } from '../../errors.ts'
import type { FormatSettings } from '../../project/settings.ts'
import type { RawRecord, Records } from './raw-record.ts'

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch (error) {
    throw new InputError(
      { en: `${pattern} is not a regular expression.`, zh: `${pattern} 不是正则表达式。` },
      {
        code: 'invalid-pattern',
        value: pattern,
        advice: { en: 'Correct `unpivot.columns`.', zh: '请更正 `unpivot.columns`。' },
        cause: error,
      },
    )
  }
}

/**
 * Wide to long: each column whose header matches gives a row of its own, unless its cell is empty.
 * @throws InputError `invalid-pattern`. @throws DataError `nothing-to-unpivot` when no header matches.
 */
export function unpivotRecords(
  records: Records,
  unpivot: NonNullable<FormatSettings['unpivot']>,
  file: string,
): Records {
  const pattern = compile(unpivot.columns)
  const indexes = records.columns.map((_, index) => index)
  const wide = indexes.filter((index) => pattern.test(records.columns[index] ?? ''))
  const kept = indexes.filter((index) => !wide.includes(index))
  if (wide.length === 0) {
    throw new DataError(
      { en: `No header of ${file} matches ${unpivot.columns}.`, zh: `${file} 没有列名匹配 ${unpivot.columns}。` },
      {
        code: 'nothing-to-unpivot',
        value: unpivot.columns,
        file,
        advice: {
          en: `Its headers are: ${records.columns.join(', ')}.`,
          zh: `其列名为：${records.columns.join('、')}。`,
        },
      },
    )
  }

  function lengthen(record: RawRecord): RawRecord[] {
    if ('malformed' in record) return [record]
    const shared = kept.map((index) => record.fields[index] ?? '')
    return wide.flatMap((index) => {
      const cell = record.fields[index] ?? ''
      return cell === '' ? [] : [{ line: record.line, fields: [...shared, records.columns[index] ?? '', cell] }]
    })
  }
  async function* batches(): AsyncGenerator<RawRecord[]> {
    for await (const batch of records.batches) yield batch.flatMap(lengthen)
  }
  const columns = [...kept.map((index) => records.columns[index] ?? ''), unpivot.key, unpivot.value]
  return { columns, notes: records.notes, batches: batches() }
}
