import type { Text } from '../../text.ts'
import { matchField } from './dictionary/look-up.ts'
import type { SampleColumn } from './map-column.ts'
import { compactHeader } from './parse-header.ts'

const places = 'domestic|dom|usa?|north[ _-]?america|worldwide|world|global|foreign|international|intl?|overseas'
const whole = /^(domestic|worldwide|foreign|international|overseas)$/
const gross = new RegExp(`^(${places.replaceAll('[ _-]?', '')})(total|lifetime)?(gross|boxoffice|revenue)$`)

/** A regular expression whose first group is the territory that a header such as `domestic_gross` names. */
export const territoryPattern = `(?i)^(${places})`

/** The territory that `header` says its gross is of. */
export function territoryOf(header: string): string | undefined {
  const compact = compactHeader(header)
  return whole.test(compact) ? compact : gross.exec(compact)?.[1]
}

/** The columns that are the gross of one territory each, two or more; none where another column names the territory. */
export function findTerritoryColumns(columns: readonly SampleColumn[]): SampleColumn[] {
  const isNamed = columns.some(({ parsed }) => (matchField('box_office', 'territory', parsed)?.score ?? 0) >= 0.9)
  const found = columns.filter(
    ({ header, profile }) => territoryOf(header) !== undefined && profile.number !== undefined,
  )
  return isNamed || found.length < 2 ? [] : found
}

/** Said where no gross of the sample reaches ten thousand, so that they may count millions. */
export function noteSmallGross(columns: readonly SampleColumn[]): Text | undefined {
  const largest = Math.max(...columns.map(({ profile }) => profile.maximum).filter((value) => !Number.isNaN(value)))
  const isCounted = columns.some(({ parsed, profile }) => parsed.scale !== undefined || profile.number?.hasMultiple)
  if (!Number.isFinite(largest) || largest >= 10_000 || isCounted) return undefined
  return {
    en: `The largest gross of the sample is ${largest}. If the amounts are in millions, set columns.gross.scale to 1000000 in marquee.yaml.`,
    zh: `抽样中最大的票房为 ${largest}。若金额以百万计，请在 marquee.yaml 中将 columns.gross.scale 设为 1000000。`,
  }
}
