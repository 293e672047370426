import type { BuildRecord } from '../quality/build-record.ts'
import type { QualityData } from './report-data.ts'
export function qualityData(record: BuildRecord): QualityData {
  return { builtAt: record.builtAt, ledger: record.ledgers, completeness: [], expectations: [], drift: null }
}
