import type { ColumnProfile, QualityProfile, TableProfile } from '../../src/quality/profile-schema.ts'

export function columnOf(column: string, more: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    column,
    type: 'VARCHAR',
    isRequired: false,
    present: 1000,
    nullRate: 0,
    distinct: 10,
    isDistinctExact: true,
    minimum: null,
    maximum: null,
    mean: null,
    percentiles: [],
    categories: [],
    ...more,
  }
}

export function tableOf(more: Partial<TableProfile> = {}): TableProfile {
  return { table: 'viewing', source: 'cloud', rows: 1000, columns: [], consistency: [], volume: null, ...more }
}

export function profileOf(tables: TableProfile[], more: Partial<QualityProfile> = {}): QualityProfile {
  return { measuredAt: '2025-03-01T00:00:00.000Z', tables, intake: [], anomalies: [], ...more }
}
