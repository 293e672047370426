import { z } from 'zod'
import { InputError } from '../errors.ts'
import { about, note, question } from '../question.ts'
import { counted, grouped } from '../text.ts'
import { type BuildRecord, fileLedger, readBuildRecord } from './build-record.ts'
import { catalogued, consistencyChecks } from './consistency.ts'
import { driftRow } from './drift.ts'
import { expectationOutcome } from './expectations.ts'
import { ledgerTotals } from './ledger-result.ts'
import { consistencyOf, measures } from './measures.ts'
import { anomaly, type TableProfile } from './profile-schema.ts'

const share = z.number().nullable()
const percent = (en: string, zh: string, short: { en: string; zh: string }) =>
  share.meta(about(en, zh, { unit: 'share', short }))

const table = z.string().meta(about('Table', '数据表'))
const source = z
  .string()
  .nullable()
  .meta(about('Source', '来源', { as: 'prose' }))

const summaryRow = z.object({
  table,
  source: z
    .string()
    .nullable()
    .meta(
      about('Source; none where a table mixes them', '来源；混合来源的表为空', {
        as: 'prose',
        short: { en: 'Source', zh: '来源' },
      }),
    ),
  rows: z
    .int()
    .nullable()
    .meta(about('Published rows', '发布行数', { short: { en: 'Rows', zh: '行数' } })),
  completeness: percent('Required values present', '必填完整率', { en: 'Complete', zh: '完整' }),
  validity: percent('Rows read and not quarantined', '有效率', { en: 'Valid', zh: '有效' }),
  uniqueness: percent('Rows read that are not duplicates', '唯一率', { en: 'Unique', zh: '唯一' }),
  consistency: percent('Checks that hold', '一致率', { en: 'Checks hold', zh: '一致' }),
  ageDays: share.meta(
    about('Age of the newest event', '最新事件距今', {
      unit: 'days',
      short: { en: 'Days since newest', zh: '距今天数' },
    }),
  ),
  longestGapDays: z
    .int()
    .nullable()
    .meta(
      about('Longest gap without events', '最长无数据间隔', {
        unit: 'days',
        short: { en: 'Longest gap, days', zh: '最长间隔天数' },
      }),
    ),
  anomalies: z.int().meta(about('Periods of unusual volume', '数据量异常的周期数', { detail: true })),
})

const completenessRow = z.object({
  table,
  source,
  column: z.string().meta(about('Column', '列')),
  isRequired: z.boolean().meta(about('Whether a row cannot do without it', '是否必填', { detail: true })),
  rows: z.int().meta(about('Rows', '行数')),
  present: z.int().meta(about('With a value', '有值行数')),
  completeness: share.meta(about('Complete', '完整', { unit: 'share' })),
  distinct: z.int().meta(about('Different values', '不同值的数量', { detail: true })),
  isDistinctExact: z.boolean().meta(
    about('Whether that number is exact; else an estimate (HyperLogLog)', '该数量是否精确；否则为估计（HyperLogLog）', {
      detail: true,
    }),
  ),
})

const consistencyRow = z.object({
  table,
  source,
  check: z.string().meta(about('Check', '检查', { detail: true })),
  message: note.meta(about('What should hold', '应成立的条件', { as: 'prose' })),
  checked: z.int().meta(about('Rows checked', '检查行数')),
  held: z.int().meta(about('Rows where it holds', '成立行数', { detail: true })),
  share: share.meta(about('Holds', '成立比例', { unit: 'share' })),
})

const { shape: declared } = expectationOutcome.shape.expectation

const outcomeRow = z.object({
  passed: z.boolean().meta(about('Met', '达到')),
  expectation: z.object({
    table,
    source: declared.source.meta(about('Source', '来源')),
    column: declared.column.meta(about('Column', '列')),
    measure: declared.measure.meta(about('Measure', '度量')),
    minimum: declared.minimum.meta(about('At least', '下限')),
    maximum: declared.maximum.meta(about('At most', '上限')),
    severity: declared.severity.meta(
      about('If not met', '未达到时', {
        words: { fail: { en: 'the build fails', zh: '构建失败' }, warn: { en: 'a warning', zh: '警告' } },
      }),
    ),
  }),
  observed: expectationOutcome.shape.observed.meta(about('Found', '实测')),
})

/** How far the data of the last build can be trusted. */
export const quality = question({
  name: 'quality',
  summary: {
    en: 'How far the data can be trusted, and what has changed',
    zh: '数据是否可信，以及与上一版本相比的变化',
  },
  examples: ['marquee quality', 'marquee quality --json'],
  parameters: z.object({
    source: z.string().optional().meta(about('Only this source', '仅此来源')),
  }),
  result: z.object({
    version: z.int().meta(about('Published version', '已发布版本')),
    builtAt: z.string().meta(about('Built at, UTC', '构建时间（UTC）')),
    rows: z.array(summaryRow).meta(about('By table and source', '按数据表与来源')),
    files: z.array(fileLedger).meta(about('What became of each row, by file', '各文件的行去向', { detail: true })),
    totals: ledgerTotals.meta(about('Rows read and what became of them', '读取的行及其去向', { detail: true })),
    identityHolds: z
      .boolean()
      .meta(
        about(
          'Whether read = accepted + duplicates + quarantined in every file',
          '各文件是否读取 = 接受 + 重复 + 隔离',
          { detail: true },
        ),
      ),
    completeness: z.array(completenessRow).meta(
      about('Required columns with missing values', '有缺失值的必填列', {
        except: { completeness: 1, isRequired: false },
      }),
    ),
    consistency: z
      .array(consistencyRow)
      .meta(about('Checks that do not hold in every row', '未在所有行成立的检查', { except: { share: 1 } })),
    expectations: z.array(outcomeRow).meta(about('Expectations of marquee.yaml', 'marquee.yaml 中的预期')),
    drift: z
      .array(driftRow)
      .meta(about('Changed since the version before', '与上一版本相比的变化', { except: { level: 'none' }, most: 20 })),
    anomalies: z.array(anomaly).meta(about('Periods of unusual volume', '数据量异常的周期')),
    notes: z.array(note),
  }),
  async ask(context, { source }) {
    const { folder } = await context.warehouse()
    const record = await readBuildRecord(folder)
    const known = new Set(record.ledgers.map((ledger) => ledger.source))
    if (source !== undefined && !known.has(source)) {
      throw new InputError(
        { en: 'There is no such source in this build.', zh: '本次构建中没有该来源。' },
        {
          code: 'unknown-source',
          value: source,
          advice: { en: `Sources: ${[...known].join(', ')}.`, zh: `可用的来源：${[...known].join('、')}。` },
        },
      )
    }
    const ofSource = <T extends { source?: string | null | undefined }>(items: readonly T[]) =>
      items.filter((item) => source === undefined || item.source === source)
    const tables = ofSource(record.profile.tables)
    const files = ofSource(record.ledgers).map(
      ({ partId: _partId, quarantineIds: _quarantineIds, ...ledger }) => ledger,
    )
    const total = (field: keyof z.output<typeof ledgerTotals>) => files.reduce((sum, file) => sum + file[field], 0)
    const sums = {
      read: total('read'),
      accepted: total('accepted'),
      duplicates: total('duplicates'),
      quarantined: total('quarantined'),
    }
    const identityHolds = files.every((file) => file.read === file.accepted + file.duplicates + file.quarantined)
    const expectations = record.expectations.filter(
      (outcome) => source === undefined || [undefined, source].includes(outcome.expectation.source),
    )
    return {
      version: record.version,
      builtAt: record.builtAt,
      rows: ofSource(summarise(record)).filter(({ table }) => table !== 'alias'),
      files,
      totals: sums,
      identityHolds,
      completeness: tables.flatMap(completenessOf),
      consistency: tables.flatMap(consistencyRows),
      expectations,
      drift: ofSource(record.drift),
      anomalies: ofSource(record.profile.anomalies),
      notes: notesOn(sums.quarantined, identityHolds, expectations.filter(({ passed }) => !passed).length),
    }
  },
})

function summarise({ profile }: BuildRecord): z.output<typeof summaryRow>[] {
  const scopes = [
    ...profile.tables.map(({ table, source }) => ({ table, source })),
    ...profile.intake.map(({ kind, source }) => ({ table: kind as string, source: source as string | null })),
  ]
  const distinct = new Map(scopes.map((scope) => [JSON.stringify(scope), scope]))
  const order = [...new Set(scopes.map(({ table }) => table))]
  const ordered = [...distinct.values()].sort((a, b) => order.indexOf(a.table) - order.indexOf(b.table))
  return ordered.map(({ table, source }) => {
    const scope = { table, source: source ?? undefined }
    const own = profile.tables.find((one) => one.table === table && one.source === source)
    return {
      table,
      source,
      rows: own?.rows ?? null,
      completeness: (own && measures.completeness(profile, scope)) ?? null,
      validity: measures.validity(profile, scope) ?? null,
      uniqueness: measures.uniqueness(profile, scope) ?? null,
      consistency: (own && consistencyOf(own)) ?? null,
      ageDays: own?.volume?.ageDays ?? null,
      longestGapDays: own?.volume?.longestGapDays ?? null,
      anomalies: profile.anomalies.filter((one) => one.table === table && one.source === source).length,
    }
  })
}

function completenessOf({ table, source, rows, columns }: TableProfile): z.output<typeof completenessRow>[] {
  return columns.map(({ column, isRequired, present, nullRate, distinct, isDistinctExact }) => ({
    table,
    source,
    column,
    isRequired,
    rows,
    present,
    completeness: 1 - nullRate,
    distinct,
    isDistinctExact,
  }))
}

function consistencyRows({ table, source, consistency }: TableProfile): z.output<typeof consistencyRow>[] {
  return consistency
    .filter(({ checked }) => checked > 0)
    .map((counts) => {
      const known = consistencyChecks.find(({ id, table: of }) => id === counts.check && of === table) ?? catalogued
      return { table, source, ...counts, share: counts.held / counts.checked, message: { ...known.message } }
    })
}

function notesOn(quarantined: number, identityHolds: boolean, failed: number): z.output<typeof note>[] {
  const notes: z.output<typeof note>[] = []
  if (!identityHolds) {
    notes.push({
      en: 'In at least one file rows are unaccounted for: read is not accepted + duplicates + quarantined.',
      zh: '至少有一个文件的行数对不上：读取 ≠ 接受 + 重复 + 隔离。',
    })
  }
  if (failed > 0) notes.push({ en: `Not met: ${counted(failed, 'expectation')}.`, zh: `${failed} 项预期未达到。` })
  if (quarantined > 0) {
    notes.push({
      en: `Quarantined: ${counted(quarantined, 'row')}. \`marquee quarantine list\` says why.`,
      zh: `${grouped(quarantined)} 行被隔离：原因见 \`marquee quarantine list\`。`,
    })
  }
  return notes
}
