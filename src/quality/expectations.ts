import { z } from 'zod'
import { InputError } from '../errors.ts'
import { expectation } from '../project/settings.ts'
import { kinds, tables } from '../warehouse/schema.ts'
import { measures } from './measures.ts'
import type { QualityProfile } from './profile-schema.ts'

export type Expectation = z.output<typeof expectation>

/** One declared expectation with what was found; `observed` is null, and the expectation not met, where nothing could be measured. */
export const expectationOutcome = z.object({ passed: z.boolean(), observed: z.number().nullable(), expectation })
export type ExpectationOutcome = z.output<typeof expectationOutcome>

/**
 * Holds each expectation against the profile of a version; the bounds are inclusive.
 * @throws InputError `expectation-unknown-table`, `expectation-unknown-column`, `expectation-unbounded` or
 * `expectation-not-measurable`.
 */
export function evaluateExpectations(
  expectations: readonly Expectation[],
  profile: QualityProfile,
): ExpectationOutcome[] {
  return expectations.map((declared) => {
    checkDeclaration(declared)
    const observed = measures[declared.measure](profile, declared) ?? null
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = declared
    return { passed: observed !== null && observed >= minimum && observed <= maximum, observed, expectation: declared }
  })
}

function checkDeclaration({ source, table, column, measure, minimum, maximum }: Expectation): void {
  const columns = Object.entries(tables).find(([name]) => name === table)?.[1]
  const where = `${measure} of ${table}${column === undefined ? '' : `.${column}`}`
  const refuse = (code: string, problem: string, value: string, advice: string) =>
    new InputError(`The expectation on the ${where} cannot be checked: ${problem}.`, { code, value, advice })
  if (!columns) {
    throw refuse(
      'expectation-unknown-table',
      'there is no such table',
      table,
      `Tables: ${Object.keys(tables).join(', ')}.`,
    )
  }
  if (column !== undefined && !columns.some(({ name }) => name === column)) {
    const known = columns.map(({ name }) => name).join(', ')
    throw refuse('expectation-unknown-column', 'there is no such column', column, `Columns of ${table}: ${known}.`)
  }
  if (minimum === undefined && maximum === undefined) {
    throw refuse('expectation-unbounded', 'it has no bound', measure, 'Set minimum, maximum or both.')
  }
  const ofColumns = measure === 'completeness' || measure === 'uniqueness'
  const ofIntake =
    ['validity', 'accepted_share'].includes(measure) || (measure === 'uniqueness' && column === undefined)
  const mixesSources = source !== undefined && !ofIntake && !columns.some(({ name }) => name === 'source')
  if (mixesSources || (column !== undefined && !ofColumns) || (ofIntake && !kinds.some((kind) => kind === table))) {
    const advice =
      'Columns have completeness and uniqueness, kinds of source validity and accepted_share; the title, title_genre and viewer tables mix all sources.'
    throw refuse('expectation-not-measurable', 'this measure is not taken there', measure, advice)
  }
}
