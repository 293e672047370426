import type { ColumnDescription } from '../engine.ts'
import type { DataType } from './messages.ts'

const names: Readonly<Record<string, string>> = {
  null: 'VOID',
  byte: 'TINYINT',
  short: 'SMALLINT',
  integer: 'INT',
  long: 'BIGINT',
  timestampNtz: 'TIMESTAMP_NTZ',
  calendarInterval: 'INTERVAL',
  yearMonthInterval: 'INTERVAL YEAR TO MONTH',
  dayTimeInterval: 'INTERVAL DAY TO SECOND',
}

/** The type as Spark's SQL writes it: BIGINT, DECIMAL(10,2), ARRAY<STRING>. */
export function typeName(type: DataType): string {
  const kind = type.kind ?? 'unknown'
  if (type.decimal) return `DECIMAL(${type.decimal.precision ?? 10},${type.decimal.scale ?? 0})`
  if (type.char) return `CHAR(${type.char.length ?? 1})`
  if (type.varChar) return `VARCHAR(${type.varChar.length ?? 1})`
  if (type.array) return `ARRAY<${typeName(type.array.elementType)}>`
  if (type.map) return `MAP<${typeName(type.map.keyType)},${typeName(type.map.valueType)}>`
  if (type.struct)
    return `STRUCT<${columnsOf(type)
      .map((column) => `${column.name}:${column.type}`)
      .join(',')}>`
  return names[kind] ?? kind.toUpperCase()
}

/** The columns of a struct, which is what a relation's schema is. */
export function columnsOf(type: DataType): ColumnDescription[] {
  return (type.struct?.fields ?? []).map(({ name, dataType }) => ({ name, type: typeName(dataType) }))
}
