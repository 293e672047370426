import { barChart } from '../chart/bar-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { RatingList, ReportData } from '../report-data.ts'
import { cutNote, renderTable } from '../table.ts'
import { quote, writeNumber } from '../wording.ts'
import { linkTerm, renderSection } from './section.ts'

const limit = 6

function renderList(charts: Charts, { source, rows }: RatingList, index: number): Html | null {
  const [best] = rows
  if (!best) return null
  return renderFigure(charts, {
    id: `ratings-${index + 1}`,
    finding: {
      en: `${quote(best.name)} is rated best in ${quote(source)}: ${writeNumber(best.mean).en} on average of ${writeNumber(best.count).en} ratings`,
      zh: `${quote(source)} 中评分最高的是 ${quote(best.name)}：${writeNumber(best.count).zh} 个评分，平均 ${writeNumber(best.mean).zh}`,
    },
    what: {
      en: 'Mean rating on the scale of the source, drawn towards the mean of all its titles where ratings are few.',
      zh: '按来源量纲的平均评分；评分少的影片向该来源的总平均收缩。',
    },
    chart: barChart(
      rows.map(({ name, shrunk }) => ({ name, value: shrunk })),
      { en: 'mean rating, adjusted', zh: '调整后平均分' },
    ),
    table: renderTable({
      caption: { en: 'Best rated titles', zh: '评分最高的影片' },
      rows,
      columns: [
        { head: { en: 'Title', zh: '片名' }, cell: (row) => showName(row.name) },
        { head: { en: 'Ratings', zh: '评分数' }, cell: (row) => writeNumber(row.count), align: 'number' },
        { head: { en: 'Mean', zh: '平均分' }, cell: (row) => writeNumber(row.mean), align: 'number' },
        { head: { en: 'Adjusted mean', zh: '调整后平均分' }, cell: (row) => writeNumber(row.shrunk), align: 'number' },
      ],
    }),
  })
}

export function renderRatings(charts: Charts, data: ReportData): Html {
  const lists = data.ratings.slice(0, limit)
  return renderSection(
    'ratings',
    { en: 'Viewer ratings', zh: '观众评分' },
    lists.length > 0
      ? html`<p class="lede">${linkTerm('rating')}</p><div class="pair">${lists.map((list, index) => renderList(charts, list, index))}</div>${
          lists.length < data.ratings.length && html`<p class="note">${cutNote(lists.length, data.ratings.length)}</p>`
        }`
      : renderEmpty(
          { en: 'No ratings by viewers were read. Add them:', zh: '没有读到观众评分。请添加：' },
          'marquee add FILE --kind rating',
        ),
  )
}
