import { rules } from '../../quality/rules.ts'
import type { Text } from '../../text.ts'
import { renderCards } from '../cards.ts'
import { barChart } from '../chart/bar-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { QualityData, ReportData } from '../report-data.ts'
import { ruleLabel } from '../rule-labels.ts'
import { renderTable } from '../table.ts'
import { dash, shorten, writeInstant, writeNumber, writeShare } from '../wording.ts'
import { renderDrift } from './drift.ts'
import { renderLedger, sumOf } from './ledger.ts'
import { linkTerm, renderSection } from './section.ts'

interface RuleCount {
  readonly rule: string
  readonly rows: number
}

/** Rows by rule over all files, most first. */
export function countRules(counts: readonly Readonly<Record<string, number>>[]): RuleCount[] {
  const sums = new Map<string, number>()
  for (const count of counts)
    for (const [rule, rows] of Object.entries(count)) sums.set(rule, (sums.get(rule) ?? 0) + rows)
  return [...sums]
    .map(([rule, rows]) => ({ rule, rows }))
    .filter((count) => count.rows > 0)
    .sort((a, b) => b.rows - a.rows)
}

/** A chart of fewer bars says no more than its table. */
const leastBars = 3

function renderReasons(
  charts: Charts,
  id: 'reasons' | 'warnings',
  counts: readonly RuleCount[],
  files: number,
): Html | null {
  const [first] = counts
  if (!first) return null
  const message = (rule: string): Text => rules.find((known) => known.id === rule)?.message ?? { en: rule, zh: rule }
  const label = ruleLabel(first.rule)
  const isKept = id === 'warnings'
  const finding: Text = isKept
    ? {
        en: `Most frequent warning: ${label.en}, ${shorten(first.rows).en} rows kept`,
        zh: `最常见警告：${label.zh}，保留 ${shorten(first.rows).zh}行`,
      }
    : {
        en: `Most frequent reason to set a row aside: ${label.en}, ${shorten(first.rows).en} rows`,
        zh: `最常见的剔除原因：${label.zh}，${shorten(first.rows).zh}行`,
      }
  const table = renderTable({
    caption: { en: 'Rows by rule', zh: '各规则行数' },
    rows: counts,
    columns: [
      { head: { en: 'Rule', zh: '规则' }, cell: (count) => html`<code>${count.rule}</code>` },
      { head: { en: 'Rows', zh: '行数' }, cell: (count) => writeNumber(count.rows), align: 'number' },
      { head: { en: 'Meaning', zh: '含义' }, cell: (count) => message(count.rule), align: 'why' },
    ],
  })
  if (counts.length < leastBars) return html`<div class="card"><strong>${finding}</strong>${table}</div>`
  return renderFigure(charts, {
    id: `quality-${id}`,
    finding,
    what: isKept
      ? { en: 'Accepted rows that a rule points at.', zh: '被规则提示但仍接受的行。' }
      : {
          en: `Rows set aside in ${files} files; a row with several reasons counts under each.`,
          zh: `${files} 个文件中被剔除的行；有多个原因的行在每个原因下各计一次。`,
        },
    chart: barChart(
      counts.slice(0, 16).map((count) => ({ name: ruleLabel(count.rule), value: count.rows })),
      { en: 'rows', zh: '行' },
    ),
    table,
  })
}

function renderCompleteness(columns: QualityData['completeness']): Html {
  const gaps = columns.filter((row) => row.share < 1).sort((a, b) => a.share - b.share)
  const complete = columns.length - gaps.length
  const whole = {
    en: `${complete} of ${columns.length} columns are complete.`,
    zh: `${columns.length} 列中 ${complete} 列完整。`,
  }
  return html`<h3>${linkTerm('completeness')}</h3>${
    columns.length === 0
      ? renderEmpty({ en: 'Completeness was not measured.', zh: '未测量完整率。' })
      : html`<div class="card">${
          gaps.length === 0
            ? html`<p class="good">✓ ${whole}</p>`
            : renderTable({
                caption: {
                  en: `${whole.en} The emptiest of the others come first.`,
                  zh: `${whole.zh}其余按缺失多少排列。`,
                },
                rows: gaps,
                columns: [
                  { head: { en: 'Column', zh: '列' }, cell: (row) => html`<code>${row.table}.${row.column}</code>` },
                  { head: { en: 'Source', zh: '来源' }, cell: (row) => showName(row.source) },
                  { head: { en: 'Rows', zh: '行数' }, cell: (row) => writeNumber(row.rows), align: 'number' },
                  { head: { en: 'With a value', zh: '有值' }, cell: (row) => writeShare(row.share), align: 'number' },
                ],
                limit: 20,
              })
        }</div>`
  }`
}

function renderExpectations(expectations: QualityData['expectations']): Html | null {
  if (expectations.length === 0) return null
  const number = (value: number | null) => (value === null ? dash : writeNumber(value))
  return html`<h3>${{ en: 'Contracts', zh: '数据契约' }}</h3><div class="card">${renderTable({
    caption: { en: 'Expectations of marquee.yaml.', zh: 'marquee.yaml 中声明的期望。' },
    rows: expectations,
    columns: [
      {
        head: { en: 'Of', zh: '对象' },
        cell: (row) =>
          html`<code>${[row.source, row.table, row.column].filter((part) => part !== null).join('.')}</code>`,
      },
      { head: { en: 'Measure', zh: '指标' }, cell: (row) => html`<code>${row.measure}</code>` },
      { head: { en: 'Value', zh: '实际' }, cell: (row) => number(row.value), align: 'number' },
      { head: { en: 'Minimum', zh: '下限' }, cell: (row) => number(row.minimum), align: 'number' },
      { head: { en: 'Maximum', zh: '上限' }, cell: (row) => number(row.maximum), align: 'number' },
      {
        head: { en: 'Outcome', zh: '结果' },
        cell: (row) =>
          row.passed
            ? html`<span class="good">✓ ${{ en: 'met', zh: '满足' }}</span>`
            : html`<span class="${row.severity === 'fail' ? 'bad' : 'warning'}">✗ ${{ en: 'not met', zh: '未满足' }}</span>`,
      },
    ],
  })}</div>`
}

/** The state of the data at a glance. */
function renderSummary({ ledger, completeness, expectations, drift }: QualityData): Html {
  const read = sumOf(ledger, 'read')
  const share = (key: 'accepted' | 'duplicates' | 'quarantined') => {
    const rows = sumOf(ledger, key)
    return {
      value: read === 0 ? dash : writeShare(rows / read),
      note: { en: `${writeNumber(rows).en} rows`, zh: `${writeNumber(rows).zh} 行` },
    }
  }
  const gaps = completeness.filter((column) => column.share < 1).length
  const met = expectations.filter(({ passed }) => passed).length
  const of = (part: number, whole: number): Text => ({ en: `${part} of ${whole}`, zh: `${part} / ${whole}` })
  return renderCards([
    { label: { en: 'Rows accepted', zh: '接受' }, ...share('accepted') },
    { label: { en: 'Duplicates', zh: '重复' }, ...share('duplicates') },
    { label: { en: 'Quarantined', zh: '隔离' }, ...share('quarantined') },
    ...(completeness.length > 0
      ? [{ label: { en: 'Columns with gaps', zh: '有缺失的列' }, value: of(gaps, completeness.length) }]
      : []),
    ...(expectations.length > 0
      ? [{ label: { en: 'Contracts met', zh: '满足的数据契约' }, value: of(met, expectations.length) }]
      : []),
    ...(drift
      ? [
          {
            label: { en: 'Drift since the build before', zh: '较上次构建的漂移' },
            value: of(drift.changed.length, drift.compared),
            note: { en: 'measures changed', zh: '项有变化' },
          },
        ]
      : []),
  ])
}

export function renderQuality(charts: Charts, data: ReportData): Html {
  const { quality } = data
  return renderSection(
    'quality',
    { en: 'Data quality', zh: '数据质量' },
    quality && quality.ledger.length > 0
      ? html`<p class="lede">${linkTerm('ledger')} · ${{ en: 'built', zh: '构建于' }} ${writeInstant(quality.builtAt)}</p>${renderSummary(quality)}${renderLedger(quality.ledger)}${[
          renderReasons(
            charts,
            'reasons',
            countRules(quality.ledger.map((file) => file.reasons)),
            quality.ledger.length,
          ),
          renderReasons(
            charts,
            'warnings',
            countRules(quality.ledger.map((file) => file.warnings)),
            quality.ledger.length,
          ),
        ]}${renderCompleteness(quality.completeness)}${renderExpectations(quality.expectations)}${renderDrift(quality.drift)}`
      : renderEmpty({ en: 'No build has read a file yet:', zh: '尚未有构建读入文件：' }, 'marquee build'),
  )
}
