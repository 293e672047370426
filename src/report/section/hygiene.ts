import type { Text } from '../../text.ts'
import { barChart } from '../chart/bar-chart.ts'
import { intervalChart } from '../chart/interval-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { HygieneData, ReportData } from '../report-data.ts'
import { renderTable } from '../table.ts'
import { dash, quote, writeGrowth, writeNumber, writeShare } from '../wording.ts'
import { linkTerm, renderSection } from './section.ts'

type Effect = HygieneData['effects'][number]

/** How many reviews are flagged, and why most of them, as a sentence. */
export function findFlagged({ reviews, flagged, reasons }: HygieneData): Text {
  const [all, some, share] = [writeNumber(reviews), writeNumber(flagged), writeShare(flagged / reviews)]
  const first = reasons.reduce((most, reason) => (reason.reviews > most.reviews ? reason : most))
  const most = writeNumber(first.reviews)
  return {
    en: `${some.en} of ${all.en} reviews (${share.en}) are flagged, most often as: ${first.name.en} (${most.en})`,
    zh: `${all.zh} 条评论中有 ${some.zh} 条（${share.zh}）被标记，最多的原因是${first.name.zh}（${most.zh} 条）`,
  }
}

/** What leaving reviews out changes most, as a sentence. */
export function findEffect(effects: readonly [Effect, ...Effect[]]): Text {
  const most = effects.reduce((best, one) => (Math.abs(one.change) > Math.abs(best.change) ? one : best))
  const [before, after, count] = [writeShare(most.before), writeShare(most.after), writeNumber(most.leftOut)]
  return {
    en: `Without the ${count.en} left out of it, ${after.en} of the reviews of ${quote(most.name)} are favourable, not ${before.en}`,
    zh: `剔除其中 ${count.zh} 条后，${quote(most.name)} 的正面评论占 ${after.zh}，而非 ${before.zh}`,
  }
}

function renderReasons(charts: Charts, data: HygieneData): Html {
  return renderFigure(charts, {
    id: 'flagged',
    finding: findFlagged(data),
    what: {
      en: 'Reviews by what they resemble; one may have several flags. A flag does not say who wrote a review or why.',
      zh: '按相似情形统计的评论数，同一条可有多个标记。标记不断定评论由谁、因何而写。',
    },
    chart: barChart(
      data.reasons.map(({ name, reviews }) => ({ name, value: reviews })),
      { en: 'reviews', zh: '评论数' },
    ),
    table: renderTable({
      caption: { en: 'Flags', zh: '标记' },
      rows: data.reasons,
      columns: [
        { head: { en: 'Why', zh: '原因' }, cell: ({ name }) => name },
        { head: { en: 'Reviews', zh: '评论数' }, cell: ({ reviews }) => writeNumber(reviews), align: 'number' },
        {
          head: { en: 'Left out below', zh: '下图是否剔除' },
          cell: ({ isLeftOut }) => (isLeftOut ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' }),
          align: 'text',
        },
      ],
    }),
  })
}

function renderEffects(charts: Charts, { reasons, effects }: HygieneData): Html | null {
  const [first, ...others] = effects
  if (!first) return null
  const reasonsOut = reasons.filter(({ isLeftOut }) => isLeftOut).map(({ name }) => name)
  const named = { en: reasonsOut.map(({ en }) => en).join('; '), zh: reasonsOut.map(({ zh }) => zh).join('、') }
  const move = (before: Text, after: Text): Text => ({
    en: `${before.en} → ${after.en}`,
    zh: `${before.zh} → ${after.zh}`,
  })
  return renderFigure(charts, {
    id: 'left-out',
    finding: findEffect([first, ...others]),
    what: {
      en: `Change of the share of favourable marks where reviews are left out (${named.en}), in percentage points with its 95% interval, of the titles with most of them. It says how much hangs on them, not that they are false.`,
      zh: `剔除评论（${named.zh}）后正面评分占比的变化（百分点）及 95% 区间，为剔除最多的影片。它说明结果多大程度取决于这些评论，并不断定其为假。`,
    },
    chart: intervalChart(
      effects.map(({ name, change, low, high }) => ({
        ...{ name, growth: change, low, high, significant: low > 0 || high < 0 },
      })),
      { en: 'change in percentage points', zh: '变化（百分点）' },
    ),
    table: renderTable({
      caption: { en: 'Before and after, most left out first', zh: '剔除前后，剔除最多者在前' },
      rows: effects,
      columns: [
        { head: { en: 'Title', zh: '片名' }, cell: ({ name }) => showName(name) },
        { head: { en: 'Source', zh: '来源' }, cell: ({ source }) => showName(source), align: 'text' },
        { head: { en: 'Left out', zh: '剔除' }, cell: ({ leftOut }) => writeNumber(leftOut), align: 'number' },
        {
          head: { en: 'Favourable', zh: '正面比例' },
          cell: ({ before, after }) => move(writeShare(before), writeShare(after)),
          align: 'number',
        },
        {
          head: { en: 'Change', zh: '变化' },
          cell: ({ change, low, high }) => writeGrowth(change, low, high),
          align: 'number',
        },
        {
          head: { en: 'Mean mark', zh: '平均分' },
          cell: ({ marks }) => (marks ? move(writeNumber(marks.before), writeNumber(marks.after)) : dash),
          align: 'number',
        },
      ],
    }),
  })
}

/** Which reviews stand out, why, and what hangs on them. */
export function renderHygiene(charts: Charts, { hygiene }: ReportData): Html {
  const body = () => {
    if (!hygiene) {
      return renderEmpty(
        { en: 'No reviews were read. Add them:', zh: '没有读到评论。请添加：' },
        'marquee add FILE --kind review',
      )
    }
    const { reviews, flagged } = hygiene
    if (flagged === 0) {
      return renderEmpty({
        en: `None of ${writeNumber(reviews).en} reviews is flagged.`,
        zh: `${writeNumber(reviews).zh} 条评论均未被标记。`,
      })
    }
    return html`<p class="lede">${linkTerm('flag')}</p>${renderReasons(charts, hygiene)}${renderEffects(charts, hygiene)}`
  }
  return renderSection('hygiene', { en: 'Reviews that stand out', zh: '异常评论' }, body())
}
