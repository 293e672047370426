import type { Text } from '../../text.ts'
import type { Field } from '../../warehouse/schema.ts'
import type { SampleColumn } from './map-column.ts'
import { findScale } from './parse-header.ts'

/** A factor that lines above the header state for the amounts below it, as in 单位：万元. */
export interface StatedUnit {
  readonly scale: number
  /** As the file writes it. */
  readonly written: string
}

const statement =
  /(?:单位|單位|単位|단위|units?)\s*[:：]\s*(?:人民币|人民幣|新台币|新臺幣|rmb|cny|usd|inr|₹|\$|us\$)?\s*([^\s,，;；)）]+)|\((in \w+)\)/i

/** The unit that `lines` state, where it is a multiple. */
export function readStatedUnit(lines: readonly string[]): StatedUnit | undefined {
  for (const line of lines) {
    const found = statement.exec(line)
    const scale = findScale(found?.[1] ?? found?.[2] ?? '')
    if (found !== null && scale !== undefined && scale > 1) return { scale, written: found[0] }
  }
  return undefined
}

const amounts: ReadonlySet<string> = new Set(['gross', 'budget', 'amount'])

/** `column` with the stated unit, where it holds amounts of money and says none of its own. */
export function withStatedUnit(item: Field, column: SampleColumn, unit: StatedUnit | undefined): SampleColumn {
  const isBare = column.parsed.scale === undefined && column.profile.number?.hasMultiple !== true
  if (unit === undefined || !amounts.has(item.name) || !isBare) return column
  return { ...column, parsed: { ...column.parsed, scale: unit.scale } }
}

/** Whole takings of films are rarely this small: below it a bare number under a Chinese header may well be counted in 万元. */
const smallAmount = 10_000_000

/** What to say of an amount of money of which neither header nor values tell the unit. */
export function tellAmountUnit(
  item: Field,
  { header, parsed, profile }: SampleColumn,
  scale: number | undefined,
): Text | undefined {
  const isStated = scale !== undefined || parsed.scale !== undefined
  const isBare = profile.examples.every((value) => /^[\d.,]+$/.test(value))
  const isChinese = /\p{Script=Han}/u.test(header)
  if (!isChinese || !amounts.has(item.name) || isStated || !isBare || !(profile.maximum < smallAmount)) return undefined
  return {
    en: `Neither “${header}” nor its values say a unit: they are read as whole currency units. If they count ten thousands (万元), write scale: 10000 behind from under columns.${item.name} in marquee.yaml.`,
    zh: `“${header}”的列名与值均未注明单位，按“元”读取；如以万元计，请在 marquee.yaml 的 columns.${item.name} 中 from 之后写入 scale: 10000。`,
  }
}
