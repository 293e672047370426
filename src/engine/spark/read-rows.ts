import * as arrow from 'apache-arrow'
import type { Row, Value } from '../engine.ts'

/** The rows of one Arrow stream, in the values that `Engine` gives. */
export function readRows(bytes: Uint8Array): Row[] {
  const rows: Row[] = []
  for (const batch of arrow.tableFromIPC(bytes).batches) {
    const columns = batch.schema.fields.map((field, index) => ({
      name: field.name,
      convert: orNull(converterOf(field.type)),
      vector: batch.getChildAt(index),
    }))
    for (let index = 0; index < batch.numRows; index++)
      rows.push(
        Object.fromEntries(columns.map(({ name, convert, vector }) => [name, convert(vector?.get(index))] as const)),
      )
  }
  return rows
}

type Convert = (value: unknown) => Value

const whole: Convert = (value) => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}
const instant: Convert = (value) => new Date(Math.trunc(Number(value))).toISOString().replace('.000Z', 'Z')
const day: Convert = (value) => new Date(Number(value)).toISOString().slice(0, 10)
const hexadecimal: Convert = (value) => Buffer.from(value as Uint8Array).toString('hex')

function converterOf(type: arrow.DataType): Convert {
  if (arrow.DataType.isUtf8(type) || arrow.DataType.isLargeUtf8(type)) return String
  if (arrow.DataType.isInt(type)) return whole
  if (arrow.DataType.isFloat(type)) return Number
  if (arrow.DataType.isBool(type)) return Boolean
  if (arrow.DataType.isTimestamp(type)) return instant
  if (arrow.DataType.isDate(type)) return day
  if (arrow.DataType.isDecimal(type)) return (value) => scaled(value as Uint32Array, type.scale)
  if (arrow.DataType.isBinary(type)) return hexadecimal
  if (arrow.DataType.isList(type)) {
    const convert = orNull(converterOf(type.children[0]?.type ?? new arrow.Null()))
    return (value) => [...(value as Iterable<unknown>)].map(convert)
  }
  if (arrow.DataType.isStruct(type)) {
    const fields = type.children.map(({ name, type: child }) => ({ name, convert: orNull(converterOf(child)) }))
    return (value) =>
      Object.fromEntries(
        fields.map(({ name, convert }) => [name, convert((value as Record<string, unknown>)[name])] as const),
      )
  }
  if (arrow.DataType.isMap(type)) {
    const convert = orNull(converterOf(type.valueType as arrow.DataType))
    return (value) =>
      Object.fromEntries(
        [...(value as Iterable<[unknown, unknown]>)].map(([key, item]) => [String(key), convert(item)]),
      )
  }
  return String
}

function orNull(convert: Convert): Convert {
  return (value) => (value === null || value === undefined ? null : convert(value))
}

/** Arrow gives the 128 bits of a decimal without its point. */
function scaled(words: Uint32Array, scale: number): number {
  let unscaled = 0n
  for (let index = words.length - 1; index >= 0; index--) unscaled = (unscaled << 32n) | BigInt(words[index] ?? 0)
  const digits = BigInt.asIntN(words.length * 32, unscaled).toString()
  return Number(`${digits}e-${scale}`)
}
