import type { BuildRecord } from '../quality/build-record.ts'
import type { QualityData } from './report-data.ts'

/** Tables that mix sources in each row have no source of their own. */
const mixed = '–'

/** What the report says about quality, from the record of the build. */
export function qualityData(record: BuildRecord): QualityData {
  const { profile, drift, expectations } = record
  const isFirst = record.version === 1
  return {
    builtAt: record.builtAt,
    ledger: record.ledgers,
    completeness: profile.tables.flatMap(({ table, source, rows, columns }) =>
      columns
        .filter(({ isRequired, nullRate }) => isRequired || (nullRate > 0 && nullRate < 1))
        .map(({ column, nullRate }) => ({ source: source ?? mixed, table, column, rows, share: 1 - nullRate })),
    ),
    expectations: expectations.map(({ passed, observed, expectation }) => ({
      table: expectation.table,
      source: expectation.source ?? null,
      column: expectation.column ?? null,
      measure: expectation.measure,
      value: observed,
      minimum: expectation.minimum ?? null,
      maximum: expectation.maximum ?? null,
      passed,
      severity: expectation.severity,
    })),
    drift: isFirst
      ? null
      : {
          compared: drift.length,
          changed: drift.flatMap(({ level, source, previous, current, ...row }) =>
            level === 'none' ? [] : [{ ...row, level, source: source ?? mixed, before: previous, now: current }],
          ),
        },
  }
}
