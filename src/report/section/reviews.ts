import type { Text } from '../../text.ts'
import { barChart } from '../chart/bar-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { ReportData, ReviewedTitle } from '../report-data.ts'
import { renderTable } from '../table.ts'
import { quote, writeInterval, writeNumber, writeShare } from '../wording.ts'
import { linkTerm, renderSection } from './section.ts'

const writeFavourable = ({ favourable, low, high }: ReviewedTitle): Text => writeInterval(favourable, low, high)

/** The best and the worst of `titles`, of which there is at least one, the most favourable first, as a sentence. */
export function findReviewed(titles: readonly ReviewedTitle[]): Text {
  const [best, last] = [titles[0], titles.at(-1)] as [ReviewedTitle, ReviewedTitle]
  const told = (title: ReviewedTitle) => ({ name: quote(title.name), share: writeShare(title.favourable) })
  const [first, worst] = [told(best), told(last)]
  if (titles.length === 1) {
    return {
      en: `${first.share.en} of the reviews of ${first.name} are favourable`,
      zh: `${first.name} 的评论 ${first.share.zh} 为正面`,
    }
  }
  return {
    en: `Reviews favour ${first.name} most (${first.share.en}), ${worst.name} least (${worst.share.en})`,
    zh: `评论最好的是 ${first.name}（正面 ${first.share.zh}），最差的是 ${worst.name}（正面 ${worst.share.zh}）`,
  }
}

export function renderReviews(charts: Charts, { reviews, reviewNotes }: ReportData): Html {
  const notes = reviewNotes.map((note) => html`<p>${note}</p>`)
  return renderSection(
    'reviews',
    { en: 'What reviews say', zh: '评论口碑' },
    reviews.length > 0
      ? html`<p class="lede">${linkTerm('favourable')}</p>${notes}${renderFigure(charts, {
          id: 'favourable',
          finding: findReviewed(reviews),
          what: {
            en: 'Share of favourable reviews among those that are favourable or unfavourable, as a model judges their texts, of the titles with most reviews.',
            zh: '评论最多的影片中，模型判为正面的评论占正面与负面之和的比例。',
          },
          chart: barChart(
            reviews.map((title) => ({ name: title.name, value: 100 * title.favourable, tip: writeFavourable(title) })),
            { en: '% favourable', zh: '正面 %' },
          ),
          table: renderTable({
            caption: { en: 'Favourable reviews, with 95 % intervals', zh: '正面评论比例与 95% 区间' },
            rows: reviews,
            columns: [
              { head: { en: 'Title', zh: '片名' }, cell: (row) => showName(row.name) },
              { head: { en: 'Favourable', zh: '正面比例' }, cell: writeFavourable, align: 'number' },
              { head: { en: 'Positive', zh: '正面' }, cell: (row) => writeNumber(row.positive), align: 'number' },
              { head: { en: 'Negative', zh: '负面' }, cell: (row) => writeNumber(row.negative), align: 'number' },
              { head: { en: 'Unsure', zh: '不确定' }, cell: (row) => writeNumber(row.unsure), align: 'number' },
              { head: { en: 'Not judged', zh: '未判断' }, cell: (row) => writeNumber(row.notJudged), align: 'number' },
            ],
          }),
        })}`
      : renderEmpty(
          { en: 'No title has enough judged reviews. Add them:', zh: '没有影片有足够的已判断评论。请添加：' },
          'marquee add FILE --kind review',
        ),
  )
}
