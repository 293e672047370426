import type { SampleColumn } from './map-column.ts'

/** A table with one column a period or channel, to be turned into rows. */
export interface WideTable {
  /** A regular expression that the headers of those columns match and no other. */
  readonly pattern: string
  readonly columns: readonly SampleColumn[]
  readonly isDate: boolean
  /** What the headers name. */
  readonly key: 'period' | 'channel'
}

const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
interface Layout {
  readonly pattern: string
  readonly isDate?: boolean
  readonly key?: WideTable['key']
  readonly atLeast?: number
}

const periods: readonly Layout[] = [
  { pattern: '^[Ww](eek|EEK|k)?[ _.-]?\\d{1,2}$' },
  { pattern: '^第 ?[\\d一二三四五六七八九十]+ ?[周週]$' },
  { pattern: '^\\d{4}-?W\\d{1,2}$' },
  { pattern: '^\\d{4}年?第?\\d{1,2}[周週]$' },
  { pattern: '^\\d{4}-\\d{2}-\\d{2}$', isDate: true },
  { pattern: '^\\d{4}/\\d{1,2}/\\d{1,2}$', isDate: true },
  { pattern: '^\\d{8}$', isDate: true },
  { pattern: '^\\d{1,2}([/.-])\\d{1,2}[/.-]\\d{2,4}$', isDate: true },
  { pattern: `^\\d{1,2}[ -](${months})[a-z]*[ -]\\d{2,4}$`, isDate: true },
  { pattern: `^(${months})[a-z]* \\d{1,2}, \\d{4}$`, isDate: true },
  { pattern: '^([Ww]/ ?[EeCc]|[Ww](eek|EEK) (ending|commencing|of|ENDING|COMMENCING|OF)) .*\\d' },
  { pattern: '^\\d{4}年\\d{1,2}月\\d{1,2}日$', isDate: true },
  { pattern: '^\\d{4}[-/.]\\d{1,2}$' },
  { pattern: '^\\d{4}年\\d{1,2}月$' },
  { pattern: '^\\d{1,2}月(\\d{1,2}日)?$' },
  { pattern: '^\\d{1,2}[-/.]\\d{1,2}$', atLeast: 3 },
  { pattern: "^Q[1-4]([ _-]?'?\\d{2,4})?$" },
  { pattern: '^\\d{4}[ _-]?Q[1-4]$' },
  { pattern: `^(${months})[a-z]*[ -]?('?\\d{2,4})?$` },
  { pattern: `^\\d{1,2}[ -](${months})[a-z]*$` },
  { pattern: '^(19|20)\\d{2}$' },
  { pattern: '^(周|星期|週)[一二三四五六日天]$' },
]

const channels: Layout = {
  pattern: '^(CCTV[- ]?\\d+.*|.*(卫视|衛視|电视台|電視台|频道|頻道))$',
  key: 'channel',
  atLeast: 3,
}

/** The columns of `columns` that are one period or channel each, two or more and mostly numbers; undefined where there are none. Headers such as 18-34 may be ages, so that it takes three. */
export function findWideColumns(columns: readonly SampleColumn[]): WideTable | undefined {
  for (const { pattern, isDate = false, key = 'period', atLeast = 2 } of [...periods, channels]) {
    const test = new RegExp(pattern)
    const matching = columns.filter((column) => test.test(column.header.trim()))
    if (matching.length < atLeast) continue
    const filled = matching.filter((column) => column.profile.filled > 0)
    if (
      filled.length === 0 ||
      filled.filter((column) => column.profile.number !== undefined).length < filled.length * 0.8
    )
      continue
    return { pattern, columns: matching, isDate, key }
  }
  return undefined
}

/** Whether the cells of a wide table are places on a chart: whole numbers from 1, none far above the number of rows. */
export function holdsRanks(table: WideTable, rows: number): boolean {
  const filled = table.columns.filter((column) => column.profile.filled > 0)
  return filled.every(
    ({ profile }) => profile.integers === 1 && profile.minimum >= 1 && profile.maximum <= Math.max(10, rows * 1.5),
  )
}

const escapeHeader = (header: string): string => header.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** A regular expression that matches exactly these headers. */
export function matchHeaders(headers: readonly string[]): string {
  return `^(${[...headers].sort().map(escapeHeader).join('|')})$`
}
