import type { IntakeProfile, QualityProfile, TableProfile } from './profile-schema.ts'

/** What a measure is taken of. Without a source: all of them together; without a column: the whole table. */
export interface Scope {
  readonly table: string
  readonly source?: string | undefined
  readonly column?: string | undefined
}

type Measure = (profile: QualityProfile, scope: Scope) => number | undefined

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const share = (part: number, whole: number) => (whole === 0 ? undefined : part / whole)

/**
 * The measures of a version's quality; shares are 0 to 1, undefined where there is nothing to measure.
 * completeness: values present / rows, of the column or of all required columns. validity: 1 - quarantined / read.
 * uniqueness: 1 - duplicates / read, or of a column different / present. accepted_share: accepted / read. rows: rows.
 * age_days: days since the newest event. After ISO/IEC 25012 and 25024.
 */
export const measures = {
  completeness(profile, scope) {
    const columns = tablesIn(profile, scope).flatMap((table) =>
      table.columns
        .filter((column) => (scope.column === undefined ? column.isRequired : column.column === scope.column))
        .map((column) => ({ present: column.present, rows: table.rows })),
    )
    return share(sum(columns.map(({ present }) => present)), sum(columns.map(({ rows }) => rows)))
  },
  validity(profile, scope) {
    const { read, quarantined } = intakeOf(profile, scope)
    return share(read - quarantined, read)
  },
  uniqueness(profile, scope) {
    if (scope.column === undefined) {
      const { read, duplicates } = intakeOf(profile, scope)
      return share(read - duplicates, read)
    }
    const columns = tablesIn(profile, scope).flatMap((table) =>
      table.columns.filter((one) => one.column === scope.column),
    )
    return share(sum(columns.map(({ distinct }) => distinct)), sum(columns.map(({ present }) => present)))
  },
  accepted_share(profile, scope) {
    const { read, accepted } = intakeOf(profile, scope)
    return share(accepted, read)
  },
  rows: (profile, scope) => sum(tablesIn(profile, scope).map(({ rows }) => rows)),
  age_days(profile, scope) {
    const ages = tablesIn(profile, scope).flatMap(({ volume }) => (volume ? [volume.ageDays] : []))
    return ages.length === 0 ? undefined : Math.min(...ages)
  },
} satisfies Record<string, Measure>

/** The share of checked rows that hold, over all consistency checks. */
export function consistencyOf(table: TableProfile): number | undefined {
  return share(sum(table.consistency.map(({ held }) => held)), sum(table.consistency.map(({ checked }) => checked)))
}

function tablesIn(profile: QualityProfile, { table, source }: Scope): TableProfile[] {
  return profile.tables.filter((one) => one.table === table && (source === undefined || one.source === source))
}

function intakeOf(profile: QualityProfile, { table, source }: Scope) {
  const chosen = profile.intake.filter((one) => one.kind === table && (source === undefined || one.source === source))
  const total = (field: keyof Pick<IntakeProfile, 'read' | 'accepted' | 'duplicates' | 'quarantined'>) =>
    sum(chosen.map((one) => one[field]))
  return {
    read: total('read'),
    accepted: total('accepted'),
    duplicates: total('duplicates'),
    quarantined: total('quarantined'),
  }
}
