import { barChart } from '../chart/bar-chart.ts'
import { scatterChart } from '../chart/scatter-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { BoxOfficeData, ReportData } from '../report-data.ts'
import { cutNote, renderTable } from '../table.ts'
import { dash, join, quote, shorten, writeNumber } from '../wording.ts'
import { renderSection } from './section.ts'

const ratio = (value: number) => ({ en: `${shorten(value).en}×`, zh: `${shorten(value).zh} 倍` })

function renderTakings(charts: Charts, office: BoxOfficeData): Html {
  const money = office.currency
    ? { en: office.currency, zh: office.currency }
    : { en: 'currency not given', zh: '货币未注明' }
  const rows = [...office.rows].sort((a, b) => b.gross - a.gross)
  const costed = rows.flatMap((row) =>
    row.budget !== null && row.budget > 0 && row.gross > 0 ? [{ ...row, budget: row.budget }] : [],
  )
  const drawn = costed.slice(0, 1500)
  const table = renderTable({
    caption: { en: `Gross and budget (${money.en})`, zh: `票房与成本（${money.zh}）` },
    rows,
    columns: [
      { head: { en: 'Title', zh: '片名' }, cell: (row) => showName(row.name) },
      { head: { en: 'Year', zh: '年份' }, cell: (row) => row.year ?? dash, align: 'number' },
      {
        head: { en: 'Budget', zh: '成本' },
        cell: (row) => (row.budget === null ? dash : writeNumber(row.budget)),
        align: 'number',
      },
      { head: { en: 'Gross', zh: '票房' }, cell: (row) => writeNumber(row.gross), align: 'number' },
      {
        head: { en: 'Gross / budget', zh: '票房/成本' },
        cell: (row) => (row.budget !== null && row.budget > 0 ? ratio(row.gross / row.budget) : dash),
        align: 'number',
      },
    ],
  })
  const source = { en: `Source ${office.source}, ${money.en}.`, zh: `来源 ${office.source}，${money.zh}。` }
  const [first] = rows
  if (drawn.length < 2 || !first) {
    const top = rows.slice(0, 15)
    return renderFigure(charts, {
      id: 'box-office-gross',
      finding: first
        ? {
            en: `${quote(first.name)} grossed most: ${shorten(first.gross).en}`,
            zh: `${quote(first.name)} 票房最高：${shorten(first.gross).zh}`,
          }
        : dash,
      what: join([source, ...(top.length < rows.length ? [cutNote(top.length, rows.length)] : [])]),
      chart: barChart(
        top.map((row) => ({ name: row.name, value: row.gross })),
        { en: `gross (${money.en})`, zh: `票房（${money.zh}）` },
      ),
      table,
    })
  }
  const above = costed.filter((row) => row.gross > row.budget).length
  const best = costed.reduce((top, row) => (row.gross / row.budget > top.gross / top.budget ? row : top))
  const most = Math.max(...drawn.map((row) => row.gross))
  return renderFigure(charts, {
    id: 'box-office-gross',
    finding: {
      en: `${writeNumber(above).en} of ${writeNumber(costed.length).en} films grossed more than they cost; ${quote(best.name)} did best for its budget, ${ratio(best.gross / best.budget).en}`,
      zh: `${writeNumber(costed.length).zh} 部影片中 ${writeNumber(above).zh} 部票房高于成本；${quote(best.name)} 回报最高，${ratio(best.gross / best.budget).zh}`,
    },
    what: join([
      source,
      {
        en: `Both scales are logarithmic; above the line the gross is larger than the budget. Films without a budget (${rows.length - costed.length}) are in the table only.`,
        zh: `两轴均为对数；虚线以上票房高于成本。无成本数据的 ${rows.length - costed.length} 部仅列于表中。`,
      },
      ...(drawn.length < costed.length ? [cutNote(drawn.length, costed.length)] : []),
    ]),
    chart: scatterChart(
      drawn.map((row, index) => ({
        name: row.name,
        x: row.budget,
        y: row.gross,
        weight: row.gross / most / 4,
        named: index < 4 || row.name === best.name,
        tip: {
          en: `budget ${shorten(row.budget).en}, gross ${shorten(row.gross).en}`,
          zh: `成本 ${shorten(row.budget).zh}，票房 ${shorten(row.gross).zh}`,
        },
      })),
      {
        across: { en: `budget (${money.en})`, zh: `成本（${money.zh}）` },
        up: { en: `gross (${money.en})`, zh: `票房（${money.zh}）` },
        acrossScale: 'log',
        upScale: 'log',
        diagonal: { en: 'gross = budget', zh: '票房 = 成本' },
      },
    ),
    table,
  })
}

export function renderBoxOffice(charts: Charts, data: ReportData): Html {
  return renderSection(
    'box-office',
    { en: 'Box office', zh: '票房' },
    data.boxOffice && data.boxOffice.rows.length > 0
      ? html`${renderTakings(charts, data.boxOffice)}`
      : renderEmpty(
          { en: 'No box office was read. Add it:', zh: '没有读到票房数据。请添加：' },
          'marquee add FILE --kind box_office',
        ),
  )
}
