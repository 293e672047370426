import type { FileLedger } from '../../quality/ledger.ts'
import { rules } from '../../quality/rules.ts'
import type { Text } from '../../text.ts'
import { barChart } from '../chart/bar-chart.ts'
import { type Charts, renderEmpty, renderFigure } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { QualityData, ReportData } from '../report-data.ts'
import { ruleLabel } from '../rule-labels.ts'
import { renderTable } from '../table.ts'
import { dash, shorten, writeInstant, writeNumber, writeShare } from '../wording.ts'
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

const balances = (file: FileLedger): boolean => file.read === file.accepted + file.duplicates + file.quarantined
const share = (part: number, whole: number): Text => (whole === 0 ? dash : writeShare(part / whole))

function renderLedger(ledger: readonly FileLedger[]): Html {
  const sum = (key: 'read' | 'accepted' | 'duplicates' | 'quarantined'): number =>
    ledger.reduce((all, file) => all + file[key], 0)
  const broken = ledger.filter((file) => !balances(file)).length
  const number = (head: Text, key: 'read' | 'accepted' | 'duplicates' | 'quarantined') => ({
    head,
    cell: (file: FileLedger) => writeNumber(file[key]),
    align: 'number' as const,
  })
  return html`<h3>${{ en: 'Row ledger', zh: '行账本' }}</h3><div class="card">${
    broken === 0
      ? html`<p class="good">✓ ${{ en: 'Every file balances: read = accepted + duplicates + quarantined.', zh: '每个文件均平衡：读入 = 接受 + 重复 + 隔离。' }}</p>`
      : html`<p class="bad">✗ ${{ en: `${broken} files do not balance.`, zh: `${broken} 个文件不平衡。` }}</p>`
  }${renderTable<FileLedger>({
    caption: { en: 'Rows by file; sums are of all files.', zh: '各文件行数；合计包含全部文件。' },
    rows: ledger,
    limit: 200,
    columns: [
      { head: { en: 'File', zh: '文件' }, cell: (file) => showName(file.file) },
      { head: { en: 'Source', zh: '来源' }, cell: (file) => showName(file.source) },
      { head: { en: 'Kind', zh: '类型' }, cell: (file) => html`<code>${file.kind}</code>` },
      number({ en: 'Read', zh: '读入' }, 'read'),
      number({ en: 'Accepted', zh: '接受' }, 'accepted'),
      number({ en: 'Duplicates', zh: '重复' }, 'duplicates'),
      number({ en: 'Quarantined', zh: '隔离' }, 'quarantined'),
      { head: { en: 'Usable', zh: '可用' }, cell: (file) => share(file.accepted, file.read), align: 'number' },
      {
        head: { en: 'Balance', zh: '平衡' },
        cell: (file) => (balances(file) ? { en: '✓ yes', zh: '✓ 是' } : { en: '✗ no', zh: '✗ 否' }),
      },
    ],
    sums: [
      { en: 'All files', zh: '全部文件' },
      null,
      null,
      writeNumber(sum('read')),
      writeNumber(sum('accepted')),
      writeNumber(sum('duplicates')),
      writeNumber(sum('quarantined')),
      share(sum('accepted'), sum('read')),
      null,
    ],
  })}</div>`
}

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
  return renderFigure(charts, {
    id: `quality-${id}`,
    finding: isKept
      ? {
          en: `Most frequent warning: ${label.en}, ${shorten(first.rows).en} rows kept`,
          zh: `最常见警告：${label.zh}，保留 ${shorten(first.rows).zh}行`,
        }
      : {
          en: `Most frequent reason to set a row aside: ${label.en}, ${shorten(first.rows).en} rows`,
          zh: `最常见的剔除原因：${label.zh}，${shorten(first.rows).zh}行`,
        },
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
    table: renderTable({
      caption: { en: 'Rows by rule', zh: '各规则行数' },
      rows: counts,
      columns: [
        { head: { en: 'Rule', zh: '规则' }, cell: (count) => html`<code>${count.rule}</code>` },
        { head: { en: 'Rows', zh: '行数' }, cell: (count) => writeNumber(count.rows), align: 'number' },
        { head: { en: 'Meaning', zh: '含义' }, cell: (count) => message(count.rule), align: 'why' },
      ],
    }),
  })
}

function renderCompleteness(columns: QualityData['completeness']): Html {
  const rows = [...columns].sort((a, b) => a.share - b.share)
  const gaps = rows.filter((row) => row.share < 1).length
  return html`<h3>${linkTerm('completeness')}</h3>${
    rows.length === 0
      ? renderEmpty({ en: 'Completeness was not measured.', zh: '未测量完整率。' })
      : html`<details class="card"><summary>${{ en: `${gaps} of ${rows.length} columns have gaps`, zh: `${rows.length} 列中 ${gaps} 列有缺失` }}</summary>${renderTable(
          {
            caption: { en: 'Emptiest columns first.', zh: '缺失最多的列在前。' },
            rows,
            columns: [
              { head: { en: 'Column', zh: '列' }, cell: (row) => html`<code>${row.table}.${row.column}</code>` },
              { head: { en: 'Source', zh: '来源' }, cell: (row) => showName(row.source) },
              { head: { en: 'Rows', zh: '行数' }, cell: (row) => writeNumber(row.rows), align: 'number' },
              { head: { en: 'With a value', zh: '有值' }, cell: (row) => writeShare(row.share), align: 'number' },
            ],
          },
        )}</details>`
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

const driftMeasures = {
  rows: { en: 'rows', zh: '行数' },
  null_rate: { en: 'share missing', zh: '缺失率' },
  psi: { en: 'stability index', zh: '稳定性指数' },
}

function renderDrift(drift: QualityData['drift']): Html {
  const rows = [...(drift ?? [])].sort((a, b) => Number(b.drifted) - Number(a.drifted))
  return html`<h3>${linkTerm('drift')}</h3>${
    drift === null
      ? renderEmpty({
          en: 'This is the first build: there is nothing to compare with yet.',
          zh: '这是首次构建，尚无可比较的对象。',
        })
      : rows.length === 0
        ? renderEmpty({ en: 'Nothing changed since the build before.', zh: '与上次构建相比没有变化。' })
        : html`<div class="card">${renderTable({
            caption: { en: 'Against the build before.', zh: '与上次构建相比。' },
            rows,
            columns: [
              { head: { en: 'Source', zh: '来源' }, cell: (row) => showName(row.source) },
              {
                head: { en: 'Column', zh: '列' },
                cell: (row) => (row.column === null ? dash : html`<code>${row.column}</code>`),
              },
              { head: { en: 'Measure', zh: '指标' }, cell: (row) => driftMeasures[row.measure] },
              {
                head: { en: 'Before', zh: '上次' },
                cell: (row) => (row.before === null ? dash : writeNumber(row.before)),
                align: 'number',
              },
              {
                head: { en: 'Now', zh: '本次' },
                cell: (row) => (row.now === null ? dash : writeNumber(row.now)),
                align: 'number',
              },
              {
                head: { en: 'Drift', zh: '漂移' },
                cell: (row) =>
                  row.drifted
                    ? html`<span class="warning">⚠ ${{ en: 'yes', zh: '是' }}</span>`
                    : { en: 'no', zh: '否' },
              },
            ],
          })}</div>`
  }`
}

export function renderQuality(charts: Charts, data: ReportData): Html {
  const { quality } = data
  return renderSection(
    'quality',
    { en: 'Data quality', zh: '数据质量' },
    quality && quality.ledger.length > 0
      ? html`<p class="lede">${linkTerm('ledger')} · ${{ en: 'built', zh: '构建于' }} ${writeInstant(quality.builtAt)}</p>${renderLedger(quality.ledger)}${[
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
