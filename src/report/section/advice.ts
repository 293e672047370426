import type { Text } from '../../text.ts'
import { whiskerBars } from '../chart/whisker-bars.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html } from '../html.ts'
import type { AdviceData, ReportData } from '../report-data.ts'
import { renderTable } from '../table.ts'
import { clip, quote, writeInterval, writeNumber } from '../wording.ts'
import { renderDrivers } from './drivers.ts'
import { linkTerm, renderSection } from './section.ts'

type AdvisedTitle = AdviceData['titles'][number]

function renderTitle(charts: Charts, { name, reviews, suggestions }: AdvisedTitle, index: number): Html {
  const [first] = suggestions
  if (!first) {
    return renderEmpty({
      en: `Nothing in ${quote(name)} stands out for the worse in ${writeNumber(reviews).en} reviews.`,
      zh: `从 ${writeNumber(reviews).zh} 条评论看，${quote(name)} 没有明显逊色之处。`,
    })
  }
  const clipped = (text: Text): Text => ({ en: clip(text.en), zh: clip(text.zh) })
  return renderFigure(charts, {
    id: `advice-${index + 1}`,
    finding: {
      en: `${quote(name)} has most to gain by: ${clipped(first.label).en}`,
      zh: `${quote(name)} 最值得改进：${clipped(first.label).zh}`,
    },
    what: {
      en: 'Expected gain as a share of the scale of the rating, or of plays watched to the end, with its 95% interval. It goes with better opinions and fewer drop-offs; that a change causes it is not shown.',
      zh: '预期提升占评分量程的比例，或占看完的播放的比例，附 95% 区间。它与更好的评价、更少的流失相伴，并非已证实的因果。',
    },
    chart: whiskerBars(
      suggestions.map(({ label, gain, gainLow, gainHigh }) => ({
        ...{ name: clipped(label), value: gain, low: gainLow, high: gainHigh },
        tip: writeInterval(gain, gainLow, gainHigh),
      })),
      { en: 'expected gain', zh: '预期提升' },
    ),
    table: renderTable({
      caption: { en: 'Suggestions, the largest expected gain first', zh: '建议，预期提升大者在前' },
      rows: suggestions,
      columns: [
        { head: { en: 'Suggestion', zh: '建议' }, cell: (row) => row.advice, align: 'why' },
        {
          head: { en: 'Gain', zh: '预期提升' },
          cell: (row) => writeInterval(row.gain, row.gainLow, row.gainHigh),
          align: 'number',
        },
        { head: { en: 'What would change it', zh: '何种情况会改变结论' }, cell: (row) => row.verdict, align: 'why' },
        {
          head: { en: 'Viewers say', zh: '观众原话' },
          cell: (row) => row.quotes.map((said) => html`<p><bdi>${said}</bdi></p>`),
          align: 'why',
        },
      ],
    }),
  })
}

/** What moves rating and completion, and what could be better in the titles that reviews say most of. */
export function renderAdvice(charts: Charts, { advice }: ReportData): Html {
  return renderSection(
    'advice',
    { en: 'What to improve', zh: '改进建议' },
    advice
      ? html`<p class="lede">${linkTerm('driver')} · ${linkTerm('expected-gain')}</p>${advice.drivers.map(
          (one, index) => renderDrivers(charts, one, index),
        )}${advice.titles.map((title, index) => renderTitle(charts, title, index))}`
      : renderEmpty(
          { en: 'No opinions in reviews are known. Add reviews:', zh: '没有评论观点数据。请添加评论：' },
          'marquee add FILE --kind review',
        ),
  )
}
