import { expect, test } from 'vitest'
import { expectation } from '../../src/project/settings.ts'
import { evaluateExpectations } from '../../src/quality/expectations.ts'
import { columnOf, profileOf, tableOf } from '../support/quality-profiles.ts'

const volume = { first: '2025-02-01', last: '2025-02-27', ageDays: 2, longestGapDays: 1, period: null, counts: [] }
const columns = [
  columnOf('device', { present: 800, nullRate: 0.2, distinct: 8 }),
  columnOf('viewer_id', { isRequired: true }),
]
const profile = profileOf(
  [
    tableOf({ columns, volume }),
    tableOf({ source: 'station', rows: 500, columns: [columnOf('device', { present: 100 })] }),
  ],
  {
    intake: [
      { source: 'cloud', kind: 'viewing', read: 1250, accepted: 1000, duplicates: 50, quarantined: 200 },
      { source: 'station', kind: 'viewing', read: 500, accepted: 500, duplicates: 0, quarantined: 0 },
    ],
  },
)
const evaluate = (declared: object) => {
  const [outcome] = evaluateExpectations([expectation.parse({ table: 'viewing', ...declared })], profile)
  return [outcome?.observed, outcome?.passed]
}

test.each([
  [{ source: 'cloud', measure: 'completeness', column: 'device', minimum: 0.8 }, 0.8, true],
  [{ measure: 'completeness', column: 'device', minimum: 0.61 }, 0.6, false],
  [{ source: 'cloud', measure: 'completeness', minimum: 1 }, 1, true],
  [{ source: 'cloud', measure: 'validity', minimum: 0.9 }, 0.84, false],
  [{ source: 'cloud', measure: 'uniqueness', minimum: 0.95 }, 0.96, true],
  [{ source: 'cloud', measure: 'uniqueness', column: 'device', maximum: 0.01 }, 0.01, true],
  [{ source: 'cloud', measure: 'accepted_share', minimum: 0.8 }, 0.8, true],
  [{ measure: 'rows', minimum: 1000, maximum: 1499 }, 1500, false],
  [{ measure: 'age_days', maximum: 2 }, 2, true],
  [{ source: 'station', measure: 'age_days', maximum: 2 }, null, false],
  [{ source: 'nobody', measure: 'validity', minimum: 0 }, null, false],
])('%j', (declared, observed, passed) => {
  expect(evaluate(declared)).toEqual([observed, passed])
})

test.each([
  [{ table: 'plays', measure: 'rows', minimum: 1 }, 'expectation-unknown-table'],
  [{ table: 'toString', measure: 'rows', minimum: 1 }, 'expectation-unknown-table'],
  [{ measure: 'completeness', column: 'devise', minimum: 1 }, 'expectation-unknown-column'],
  [{ measure: 'rows' }, 'expectation-unbounded'],
  [{ measure: 'validity', column: 'device', minimum: 1 }, 'expectation-not-measurable'],
  [{ table: 'alias', measure: 'validity', minimum: 1 }, 'expectation-not-measurable'],
  [{ table: 'title', source: 'cloud', measure: 'rows', minimum: 1 }, 'expectation-not-measurable'],
])('%j is refused', (declared, code) => {
  expect(() => evaluate(declared)).toThrow(expect.objectContaining({ code }))
})
