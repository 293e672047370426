import type { Engine } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import { DataError, InputError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { formatSettings } from '../project/settings.ts'
import { damagedParquet } from './damaged-parquet.ts'
import { readRecords } from './read/read-records.ts'
import { readSample } from './read-sample.ts'

/** One row of a table: the text of each wanted column, absent where the file has no such column. */
export interface TableRow<C extends string> {
  /** 1-based line of the file; undefined for Parquet. */
  readonly line: number | undefined
  readonly values: Readonly<Partial<Record<C, string>>>
}

/** Which columns of a file are read: those without which it is refused, and those that it may have. */
export interface WantedColumns<C extends string> {
  readonly required: readonly C[]
  readonly optional?: readonly C[]
}

/** Columns that an error lists at most. */
const mostNames = 20

function requireNamed<C extends string>(
  file: string,
  present: readonly string[],
  { required }: WantedColumns<C>,
): void {
  const missing = required.find((name) => !present.includes(name))
  if (missing === undefined) return
  const meant = nearest(missing, present)
  const [shown, more] = [present.slice(0, mostNames), present.length > mostNames]
  throw new InputError(
    { en: `${file} has no column ${missing}.`, zh: `${file} 没有列 ${missing}。` },
    {
      code: 'column-missing',
      value: missing,
      file,
      advice: {
        en: `It has ${shown.join(', ')}${more ? ' …' : ''}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
        zh: `该文件的列为 ${shown.join('、')}${more ? '……' : ''}。${meant === undefined ? '' : `是否指 ${meant}？`}`,
      },
    },
  )
}

/**
 * The rows of one file of a table that belongs to no project, in batches: delimited text in any encoding, JSON, JSON Lines or Parquet,
 * packed or not, its layout found out. Values are text as written; missing ones are empty.
 * @throws InputError `column-missing`. @throws DataError for a file that cannot be read, and `malformed-record` for the first record that
 * cannot be split into fields, naming the line.
 */
export async function* readTable<C extends string>(
  file: string,
  wanted: WantedColumns<C>,
  openEngine: () => Promise<Engine>,
): AsyncGenerator<TableRow<C>[]> {
  const { header, format } = await readSample(file, openEngine, {}, wanted.required)
  requireNamed(file, header, wanted)
  const names = [...wanted.required, ...(wanted.optional ?? [])].filter((name) => header.includes(name))
  const rowOf = (line: number | undefined, fields: readonly string[]): TableRow<C> => ({
    line,
    values: Object.fromEntries(names.map((name, i) => [name, fields[i]])) as TableRow<C>['values'],
  })
  if (format.type === 'parquet') {
    const engine = await openEngine()
    try {
      const texts = names.map((name) => sql`CAST(${sql.id(name)} AS VARCHAR) AS ${sql.id(name)}`)
      for await (const rows of engine.stream(sql`SELECT ${sql.join(texts)} FROM ${engine.scanParquet([file])}`)) {
        yield rows.map((row) =>
          rowOf(
            undefined,
            names.map((name) => String(row[name] ?? '')),
          ),
        )
      }
    } catch (error) {
      throw damagedParquet(error, file)
    } finally {
      engine.close()
    }
    return
  }
  const { columns, batches } = await readRecords(file, formatSettings.parse(format))
  const places = names.map((name) => columns.indexOf(name))
  for await (const batch of batches) {
    yield batch.map((record) => {
      if ('malformed' in record) {
        throw new DataError(record.malformed, {
          ...{ code: 'malformed-record', value: record.raw, file, line: record.line },
          advice: { en: 'Mend the line or leave it out.', zh: '请修正或删除该行。' },
        })
      }
      return rowOf(
        record.line,
        places.map((place) => record.fields[place] ?? ''),
      )
    })
  }
}
