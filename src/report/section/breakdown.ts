import type { Text } from '../../text.ts'
import { columnChart } from '../chart/bar-chart.ts'
import { type Charts, renderFigure } from '../figure.ts'
import { type Html, showName } from '../html.ts'
import type { Breakdown } from '../report-data.ts'
import { cutNote, renderTable } from '../table.ts'
import { join, quote, shorten, writeNumber, writeShare } from '../wording.ts'

const dimensions: Readonly<Record<Breakdown['dimension'], Text>> = {
  genre: { en: 'Genre', zh: '题材' },
  device: { en: 'Device', zh: '设备' },
  region: { en: 'Region', zh: '地区' },
}

/** Viewer-minutes by genre, device or region. */
export function renderBreakdown(charts: Charts, breakdown: Breakdown): Html | null {
  const rows = [...breakdown.rows].sort((a, b) => b.minutes - a.minutes)
  const [first] = rows
  if (!first) return null
  const top = rows.slice(0, 8)
  const total = rows.reduce((sum, row) => sum + row.minutes, 0)
  const share = (minutes: number): Text => writeShare(total === 0 ? 0 : minutes / total)
  const name = dimensions[breakdown.dimension]
  const shared = breakdown.dimension === 'genre'
  const leader = typeof first.name === 'string' ? { en: quote(first.name), zh: quote(first.name) } : first.name
  return renderFigure(charts, {
    id: `audience-${breakdown.dimension}`,
    finding: shared
      ? {
          en: `${leader.en} is watched most: ${shorten(first.minutes).en} viewer-minutes`,
          zh: `${leader.zh} 观看最多：${shorten(first.minutes).zh}分钟`,
        }
      : {
          en: `${leader.en} has ${share(first.minutes).en} of viewer-minutes`,
          zh: `${leader.zh} 占观看分钟的 ${share(first.minutes).zh}`,
        },
    what: join([
      { en: `Viewer-minutes by ${name.en.toLowerCase()}.`, zh: `按${name.zh}划分的观看分钟数。` },
      ...(shared ? [{ en: 'A title counts under each of its genres.', zh: '一部影片计入其每个题材。' }] : []),
      ...(breakdown.dimension === 'device'
        ? [{ en: 'Spellings of the sources are taken together.', zh: '各来源的不同写法已合并。' }]
        : []),
      ...(top.length < rows.length ? [cutNote(top.length, rows.length)] : []),
    ]),
    chart: columnChart(
      top.map((row) => ({ name: row.name, value: row.minutes })),
      { en: 'viewer-minutes', zh: '观看分钟' },
    ),
    table: renderTable({
      caption: { en: `Viewer-minutes by ${name.en.toLowerCase()}`, zh: `按${name.zh}划分的观看分钟数` },
      rows,
      columns: [
        { head: name, cell: (row) => (typeof row.name === 'string' ? showName(row.name) : row.name) },
        { head: { en: 'Viewer-minutes', zh: '观看分钟' }, cell: (row) => writeNumber(row.minutes), align: 'number' },
        ...(shared
          ? []
          : [
              {
                head: { en: 'Share', zh: '占比' },
                cell: (row: { minutes: number }) => share(row.minutes),
                align: 'number' as const,
              },
            ]),
      ],
    }),
  })
}
