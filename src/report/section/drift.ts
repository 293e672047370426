import type { Text } from '../../text.ts'
import { renderEmpty } from '../figure.ts'
import { type Hole, type Html, html, showName } from '../html.ts'
import type { DriftItem, QualityData } from '../report-data.ts'
import { renderTable } from '../table.ts'
import { dash, writeGrowth, writeNumber, writeShare } from '../wording.ts'
import { linkTerm } from './section.ts'

const measures: Readonly<Record<DriftItem['measure'], Text>> = {
  volume: { en: 'rows', zh: '行数' },
  null_rate: { en: 'share missing', zh: '缺失率' },
  distribution: { en: 'distribution (stability index)', zh: '分布（稳定性指数）' },
  source_appeared: { en: 'source is new', zh: '新增来源' },
  source_disappeared: { en: 'source is gone', zh: '来源消失' },
  category_appeared: { en: 'new value', zh: '新出现的值' },
  category_disappeared: { en: 'value is gone', zh: '消失的值' },
}

const levels: Readonly<Record<DriftItem['level'], Hole>> = {
  major: html`<span class="bad">▲▲ ${{ en: 'major', zh: '显著' }}</span>`,
  moderate: html`<span class="warning">▲ ${{ en: 'moderate', zh: '中等' }}</span>`,
}

function writeValue(value: number | null, measure: DriftItem['measure']): Text {
  if (value === null) return dash
  return measure === 'null_rate' ? writeShare(value) : writeNumber(value)
}

function writeChange({ measure, change }: DriftItem): Text {
  if (change === null) return dash
  if (measure === 'volume') return writeGrowth(change, null, null)
  if (measure === 'distribution') return writeNumber(change)
  const points = writeNumber(100 * change)
  const sign = change > 0 ? '+' : ''
  return { en: `${sign}${points.en} points`, zh: `${sign}${points.zh} 个百分点` }
}

/** What changed against the build before, the largest changes first. */
export function renderDrift(drift: QualityData['drift']): Html {
  if (drift === null) {
    return html`<h3>${linkTerm('drift')}</h3>${renderEmpty({
      en: 'This is the first build: there is nothing to compare with yet.',
      zh: '这是首次构建，尚无可比较的对象。',
    })}`
  }
  const rows = [...drift.changed].sort((a, b) => Number(b.level === 'major') - Number(a.level === 'major'))
  const stable = drift.compared - rows.length
  if (rows.length === 0) {
    return html`<h3>${linkTerm('drift')}</h3><div class="card"><p class="good">✓ ${{
      en: `Stable against the build before: ${writeNumber(drift.compared).en} measures compared.`,
      zh: `与上次构建相比保持稳定：共比较 ${writeNumber(drift.compared).zh} 项。`,
    }}</p></div>`
  }
  return html`<h3>${linkTerm('drift')}</h3><div class="card">${renderTable<DriftItem>({
    caption: {
      en: `Changed against the build before; the other ${writeNumber(stable).en} measures are stable.`,
      zh: `与上次构建相比有变化的项；其余 ${writeNumber(stable).zh} 项保持稳定。`,
    },
    rows,
    columns: [
      {
        head: { en: 'Of', zh: '对象' },
        cell: (row) => html`<code>${row.column === null ? row.table : `${row.table}.${row.column}`}</code>`,
      },
      { head: { en: 'Source', zh: '来源' }, cell: (row) => showName(row.source) },
      {
        head: { en: 'What', zh: '变化' },
        cell: (row) => html`${measures[row.measure]}${row.value !== null && html` ${showName(row.value)}`}`,
      },
      { head: { en: 'Before', zh: '上次' }, cell: (row) => writeValue(row.before, row.measure), align: 'number' },
      { head: { en: 'Now', zh: '本次' }, cell: (row) => writeValue(row.now, row.measure), align: 'number' },
      { head: { en: 'Change', zh: '变动' }, cell: writeChange, align: 'number' },
      { head: { en: 'Drift', zh: '漂移' }, cell: (row) => levels[row.level], align: 'text' },
    ],
  })}</div>`
}
