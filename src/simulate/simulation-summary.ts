import type { RuleId } from '../quality/rules.ts'

/** What `truth/summary.json` holds. */
export interface SimulationSummary {
  readonly seed: number
  readonly viewers: number
  readonly days: number
  readonly catalogue: 'invented' | 'vega'
  /** First and last simulated day. */
  readonly window: { readonly from: string; readonly to: string }
  /** IANA name of the local times of each source; cobalt writes offsets. */
  readonly timeZones: Readonly<Record<string, string>>
  /** Rows of all files of plays. */
  readonly plays: number
  /** Data rows by file; a table with a column a week counts its own rows. */
  readonly rows: Readonly<Record<string, number>>
  /** Planted rows by rule, by file. */
  readonly defects: Readonly<Record<string, Readonly<Partial<Record<RuleId, number>>>>>
  /** Shares at which each source's defects are planted. */
  readonly rates: Readonly<Record<string, Readonly<Partial<Record<RuleId, number>>>>>
}
