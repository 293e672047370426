import { renderCards } from '../cards.ts'
import { renderEmpty } from '../figure.ts'
import { findFindings } from '../find-findings.ts'
import { type Html, html } from '../html.ts'
import type { KeyFigure, ReportData } from '../report-data.ts'
import { dash, shorten, writeNumber, writePeriod, writeShare } from '../wording.ts'
import { renderSection } from './section.ts'

const named = 6

function renderFigures(figures: readonly KeyFigure[]): Html {
  return renderCards(
    figures.map(({ label, value, unit }) => {
      if (value === null) return { label, value: dash }
      if (unit === 'share') return { label, value: writeShare(value) }
      const short = shorten(value)
      return { label, value: short, note: short.en === writeNumber(value).en ? null : writeNumber(value) }
    }),
  )
}

/** What the figures are of: the period and the sources of the viewing logs. */
function renderBasis(data: ReportData): Html | null {
  const sources = data.sources.filter(({ kind }) => kind === 'viewing').map(({ name }) => name)
  const more = sources.length - named
  if (!data.period) return null
  return html`<p class="note">${writePeriod(data.period)} · <bdi>${sources.slice(0, named).join(' · ')}</bdi>${
    more > 0 && { en: ` and ${more} more`, zh: ` 等 ${sources.length} 个来源` }
  }</p>`
}

export function renderOverview(data: ReportData): Html {
  const found = findFindings(data)
  return renderSection(
    'overview',
    { en: 'Overview', zh: '概览' },
    html`${
      found.length > 0
        ? html`<ul class="findings">${found.map((finding) => html`<li>${finding}</li>`)}</ul>`
        : renderEmpty(
            { en: 'Nothing has been measured yet. Add a file and build:', zh: '尚无测量结果。请先添加文件并构建：' },
            'marquee add FILE && marquee build',
          )
    }${data.keyFigures.length > 0 && html`${renderFigures(data.keyFigures)}${renderBasis(data)}`}`,
  )
}
