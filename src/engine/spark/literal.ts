import type { Expression, Literal } from './messages.ts'

/** A value that a statement can be given; a `Date` becomes a timestamp. */
export type Parameter = string | number | bigint | boolean | Date | null

const inRange = (value: bigint, bits: number) => BigInt.asIntN(bits, value) === value

/** `value` as a constant with the narrowest fitting type of int, bigint, double and decimal. */
export function literal(value: Parameter): Expression {
  return { literal: literalOf(value) }
}

/** The constant itself, where no expression is asked for. */
export function literalOf(value: Parameter): Literal {
  if (value === null) return { null: { null: {} } as object }
  if (typeof value === 'string') return { string: value }
  if (typeof value === 'boolean') return { boolean: value }
  if (value instanceof Date) return { timestamp: String(BigInt(value.getTime()) * 1000n) }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return { double: value }
  const whole = BigInt(value)
  if (inRange(whole, 32)) return { integer: Number(whole) }
  if (inRange(whole, 64)) return { long: String(whole) }
  return { decimal: { value: String(whole), precision: 38, scale: 0 } }
}
