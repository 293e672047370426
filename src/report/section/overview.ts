import type { Text } from '../../text.ts'
import { renderEmpty } from '../figure.ts'
import { type Html, html } from '../html.ts'
import type { KeyFigure, ReportData } from '../report-data.ts'
import { dash, quote, shorten, writeGrowth, writeNumber, writePeriod, writeShare } from '../wording.ts'
import { renderSection } from './section.ts'

/** The sentences that a reader in a hurry takes away: what leads, what grows, and whether the data can be trusted. */
export function findFindings(data: ReportData): Text[] {
  const found: Text[] = [...data.findings]
  const leader = data.hot.titles?.rows[0]
  if (leader) {
    const growth = writeGrowth(leader.growth, leader.growthLow, leader.growthHigh)
    const volume = shorten(leader.volumeMinutes)
    const known = leader.growth !== null
    found.push({
      en: `${quote(leader.name)} is the hottest title: a heat of ${volume.en}${known ? `, plays ${growth.en} on the week before` : ''}.`,
      zh: `${quote(leader.name)} 是最热影片，热度 ${volume.zh}${known ? `，播放量较上周 ${growth.zh}` : ''}。`,
    })
  }
  if (data.quality && data.quality.ledger.length > 0) {
    const read = data.quality.ledger.reduce((sum, file) => sum + file.read, 0)
    const accepted = data.quality.ledger.reduce((sum, file) => sum + file.accepted, 0)
    const share = writeShare(read === 0 ? 0 : accepted / read)
    const files = data.quality.ledger.length
    found.push({
      en: `${share.en} of the ${shorten(read).en} rows in ${files} ${files === 1 ? 'file' : 'files'} could be used; the rest is accounted for row by row.`,
      zh: `${files} 个文件共 ${shorten(read).zh}行，其中 ${share.zh} 可用；其余逐行说明去向。`,
    })
  }
  return found
}

/** Smaller numbers are written out. */
const abbreviated = 10_000

function renderFigure(figure: KeyFigure): Html {
  const { value, unit } = figure
  const short =
    value === null
      ? dash
      : unit === 'share'
        ? writeShare(value)
        : value < abbreviated
          ? writeNumber(value)
          : shorten(value)
  const exact = value === null || unit === 'share' || value < abbreviated ? null : writeNumber(value)
  const of = figure.period && writePeriod(figure.period)
  const names = figure.sources.slice(0, 4).join(' · ')
  const more = figure.sources.length - 4
  return html`<div><dt>${figure.label}</dt><dd class="value">${short}</dd><dd class="from">${
    exact && html`${exact}<br>`
  }${of}${of && names !== '' && html`<br>`}<bdi>${names}</bdi>${more > 0 && { en: ` and ${more} more`, zh: ` 等 ${more + 4} 个来源` }}</dd></div>`
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
    }${data.keyFigures.length > 0 && html`<dl class="figures">${data.keyFigures.map(renderFigure)}</dl>`}`,
  )
}
