import type { Value } from '../engine/engine.ts'

/** A count; none is 0. */
export const count = (value: Value | undefined): number => Number(value ?? 0)
export const text = (value: Value | undefined): string | null =>
  value === null || value === undefined ? null : String(value)

/** A finite number, else null. */
export function finite(value: Value | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

export function numbers(value: Value | undefined): number[] {
  return Array.isArray(value) ? value.map(Number).filter(Number.isFinite) : []
}

/** An end of a range: a number, or text of a date or instant. */
export function bound(value: Value | undefined): number | string | null {
  return typeof value === 'string' ? value : finite(value)
}
