import { barChart } from '../chart/bar-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { PublishedList, ReportData } from '../report-data.ts'
import { cutNote, renderTable } from '../table.ts'
import { dash, join, quote, shorten, writeNumber } from '../wording.ts'
import { writeMove } from './hot-lists.ts'
import { linkTerm, renderSection } from './section.ts'

const limit = 12

/** A chart of fewer bars says no more than its table. */
const leastBars = 3

/** Whether a list has enough values to be one. */
export const isRanking = ({ rows }: PublishedList): boolean =>
  rows.filter(({ name, value }) => name !== '' && value !== null).length >= leastBars

function renderList(charts: Charts, list: PublishedList, index: number): Html {
  const total = Math.max(list.total ?? 0, list.rows.length)
  const top = list.rows.slice(0, 15)
  const valued = top.flatMap((row) =>
    row.value === null || row.name === '' ? [] : [{ name: row.name, value: row.value }],
  )
  const table = renderTable({
    caption: { en: `As published, ${list.period}`, zh: `按原样列出，${list.period}` },
    rows: list.rows,
    total,
    columns: [
      { head: { en: 'Name', zh: '名称' }, cell: (row) => (row.name === '' ? dash : showName(row.name)) },
      { head: { en: 'Rank', zh: '排名' }, cell: (row) => row.rank, align: 'number' },
      ...(list.rows.every((row) => row.rankBefore === null)
        ? []
        : [
            {
              head: { en: 'Move', zh: '变动' },
              cell: (row: PublishedList['rows'][number]) => writeMove(row.rank, row.rankBefore),
              align: 'number' as const,
            },
          ]),
      ...(valued.length === 0
        ? []
        : [
            {
              head: list.measure,
              cell: (row: PublishedList['rows'][number]) => (row.value === null ? dash : writeNumber(row.value)),
              align: 'number' as const,
            },
          ]),
    ],
  })
  const isNamed = list.name.en !== list.measure.en
  const heading = html`<h3>${isNamed ? showName(list.name.en) : html`<bdi>${list.source}</bdi>`} · ${list.measure}</h3>`
  const [first] = valued
  if (!first || !isRanking(list)) return html`<div>${heading}<div class="card">${table}</div></div>`
  return html`<div>${heading}${renderFigure(charts, {
    id: `published-${index + 1}`,
    finding: {
      en: `${quote(first.name)} is first: ${list.measure.en} ${shorten(first.value).en}`,
      zh: `${quote(first.name)} 居首：${list.measure.zh} ${shorten(first.value).zh}`,
    },
    what: join([
      { en: `As published by ${list.source}, ${list.period}.`, zh: `${list.source} 发布，${list.period}。` },
      ...(top.length < total ? [cutNote(top.length, total)] : []),
    ]),
    chart: barChart(valued, list.measure),
    table,
  })}</div>`
}

export function renderPublished(charts: Charts, data: ReportData): Html {
  const lists = data.published
    .filter((list) => list.rows.length > 0)
    .sort((a, b) => Number(isRanking(b)) - Number(isRanking(a)))
  return renderSection(
    'published',
    { en: 'Charts and station ratings', zh: '榜单与收视率' },
    lists.length > 0
      ? html`<p class="lede">${linkTerm('published')}${{
          en: ': each list stands by itself, in the measure of its publisher.',
          zh: '：各榜单分别列出，沿用发布方的指标。',
        }}</p><div class="pair">${lists.slice(0, limit).map((list, index) => renderList(charts, list, index))}</div>${
          lists.length > limit && html`<p class="note">${cutNote(limit, lists.length)}</p>`
        }`
      : renderEmpty(
          { en: 'No chart or station rating was read. Add one:', zh: '没有读到榜单或收视率。请添加：' },
          'marquee add FILE --kind panel_rating',
        ),
  )
}
