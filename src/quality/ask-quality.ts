import { z } from 'zod'
import { InputError } from '../errors.ts'
import { about, note, question } from '../question.ts'
import { type BuildRecord, fileLedger, readBuildRecord } from './build-record.ts'
import { catalogued, consistencyChecks } from './consistency.ts'
import { driftRow } from './drift.ts'
import { expectationOutcome } from './expectations.ts'
import { consistencyOf, measures } from './measures.ts'
import { anomaly, type TableProfile } from './profile-schema.ts'

const share = z.number().nullable()
const percent = (en: string, zh: string, short: { en: string; zh: string }) =>
  share.meta(about(en, zh, { unit: 'share', short }))

const summaryRow = z.object({
  table: z.string().meta(about('Table', '数据表')),
  source: z
    .string()
    .nullable()
    .meta(
      about('Source; none where a table mixes them', '来源；混合来源的表为空', { short: { en: 'Source', zh: '来源' } }),
    ),
  rows: z
    .int()
    .nullable()
    .meta(about('Published rows', '发布行数', { short: { en: 'Rows', zh: '行数' } })),
  completeness: percent('Required values present', '必填完整率', { en: 'Complete', zh: '完整' }),
  validity: percent('Rows read and not quarantined', '有效率', { en: 'Valid', zh: '有效' }),
  uniqueness: percent('Rows read that are not duplicates', '唯一率', { en: 'Unique', zh: '唯一' }),
  consistency: percent('Checks that hold', '一致率', { en: 'Consistent', zh: '一致' }),
  ageDays: share.meta(
    about('Age of the newest event', '最新事件距今', { unit: 'days', short: { en: 'Age, days', zh: '距今（天）' } }),
  ),
  longestGapDays: z
    .int()
    .nullable()
    .meta(
      about('Longest gap without events', '最长无数据间隔', {
        unit: 'days',
        short: { en: 'Gap, days', zh: '间隔（天）' },
      }),
    ),
  anomalies: z
    .int()
    .meta(about('Periods of unusual volume', '数据量异常的周期数', { short: { en: 'Unusual', zh: '异常周期' } })),
})

const completenessRow = z.object({
  table: z.string(),
  source: z.string().nullable(),
  column: z.string(),
  isRequired: z.boolean(),
  rows: z.int(),
  present: z.int(),
  completeness: share,
  distinct: z.int(),
  /** False: an estimate. */
  isDistinctExact: z.boolean(),
})

const consistencyRow = z.object({
  table: z.string(),
  source: z.string().nullable(),
  check: z.string(),
  message: note,
  checked: z.int(),
  held: z.int(),
})

const totals = z.object({ read: z.int(), accepted: z.int(), duplicates: z.int(), quarantined: z.int() })

/** How far the data of the last build can be trusted. */
export const quality = question({
  name: 'quality',
  summary: {
    en: 'How complete, valid, unique, consistent and timely the data are, and what changed since the last build',
    zh: '数据的完整性、有效性、唯一性、一致性与及时性，以及与上次构建相比的变化',
  },
  examples: ['marquee quality', 'marquee quality --json'],
  parameters: z.object({
    source: z.string().optional().meta(about('Only this source', '仅此来源')),
  }),
  result: z.object({
    version: z.int(),
    builtAt: z.string(),
    rows: z.array(summaryRow),
    files: z.array(fileLedger).meta(about('What became of each row, by file', '各文件的行去向')),
    totals,
    identityHolds: z
      .boolean()
      .meta(
        about(
          'Whether read = accepted + duplicates + quarantined in every file',
          '各文件是否读取 = 接受 + 重复 + 隔离',
        ),
      ),
    completeness: z.array(completenessRow),
    consistency: z.array(consistencyRow),
    expectations: z.array(expectationOutcome),
    drift: z.array(driftRow),
    anomalies: z.array(anomaly),
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
    const files = ofSource(record.ledgers).map(({ partId, ...ledger }) => ledger)
    const total = (field: keyof z.output<typeof totals>) => files.reduce((sum, file) => sum + file[field], 0)
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
      notes: notesOn(sums.quarantined, identityHolds, expectations.filter(({ passed }) => !passed).length, tables),
    }
  },
})

function summarise({ profile }: BuildRecord): z.output<typeof summaryRow>[] {
  const scopes = [
    ...profile.tables.map(({ table, source }) => ({ table, source })),
    ...profile.intake.map(({ kind, source }) => ({ table: kind as string, source: source as string | null })),
  ]
  const distinct = new Map(scopes.map((scope) => [JSON.stringify(scope), scope]))
  return [...distinct.values()].map(({ table, source }) => {
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
      return { table, source, ...counts, message: { ...known.message } }
    })
}

function notesOn(
  quarantined: number,
  identityHolds: boolean,
  failed: number,
  tables: readonly TableProfile[],
): z.output<typeof note>[] {
  const notes: z.output<typeof note>[] = []
  if (!identityHolds) {
    notes.push({
      en: 'In at least one file rows are unaccounted for: read is not accepted + duplicates + quarantined.',
      zh: '至少有一个文件的行数对不上：读取 ≠ 接受 + 重复 + 隔离。',
    })
  }
  if (failed > 0) notes.push({ en: `${failed} expectations are not met.`, zh: `${failed} 项预期未达到。` })
  if (quarantined > 0) {
    notes.push({
      en: `${quarantined} rows are quarantined; marquee quarantine list says why.`,
      zh: `${quarantined} 行被隔离；marquee quarantine list 可查看原因。`,
    })
  }
  if (tables.some(({ columns }) => columns.some(({ isDistinctExact }) => !isDistinctExact))) {
    notes.push({
      en: 'Counts of different values marked as not exact are estimates (HyperLogLog).',
      zh: '标记为非精确的不同值数量为估计值（HyperLogLog）。',
    })
  }
  return notes
}
