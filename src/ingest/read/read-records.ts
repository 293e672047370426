import { InputError } from '../../errors.ts'
import type { FormatSettings } from '../../project/settings.ts'
import type { Records } from './raw-record.ts'
import { readDelimited } from './read-delimited.ts'
import { readJson } from './read-json.ts'
import { unpivotRecords } from './unpivot-records.ts'

/**
 * The records of a delimited, JSON or JSON Lines file as text, streamed in bounded memory, the malformed ones among them.
 * Fields beyond the header that are all empty are dropped; blank lines are no records.
 * @throws DataError when the file as a whole cannot be read. @throws InputError `parquet-as-text` for Parquet.
 */
export async function readRecords(file: string, format: FormatSettings, signal?: AbortSignal): Promise<Records> {
  if (format.type === 'parquet') {
    throw new InputError(
      {
        en: `${file} is set to be Parquet, which the engine reads by itself.`,
        zh: `${file} 的格式设为 Parquet，应由引擎直接读取。`,
      },
      {
        code: 'parquet-as-text',
        value: format.type,
        file,
      },
    )
  }
  const records = await (format.type === 'delimited' ? readDelimited(file, format) : readJson(file, format, signal))
  return format.unpivot ? unpivotRecords(records, format.unpivot, file) : records
}
