import { z } from 'zod'
import { InputError } from '../errors.ts'
import { expectation } from '../project/settings.ts'
import type { Text } from '../text.ts'
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
  const place = column === undefined ? table : `${table}.${column}`
  const where = { en: `${measure} of ${place}`, zh: ` ${place} 的 ${measure} ` }
  const refuse = (code: string, problem: Text, value: string, advice: Text) =>
    new InputError(
      {
        en: `The expectation on the ${where.en} cannot be checked: ${problem.en}.`,
        zh: `无法检查对${where.zh}的预期：${problem.zh}。`,
      },
      { code, value, advice },
    )
  if (!columns) {
    throw refuse('expectation-unknown-table', { en: 'there is no such table', zh: '没有该表' }, table, {
      en: `Tables: ${Object.keys(tables).join(', ')}.`,
      zh: `可用的表：${Object.keys(tables).join('、')}。`,
    })
  }
  if (column !== undefined && !columns.some(({ name }) => name === column)) {
    const known = columns.map(({ name }) => name)
    throw refuse('expectation-unknown-column', { en: 'there is no such column', zh: '没有该列' }, column, {
      en: `Columns of ${table}: ${known.join(', ')}.`,
      zh: `${table} 的列：${known.join('、')}。`,
    })
  }
  if (minimum === undefined && maximum === undefined) {
    throw refuse('expectation-unbounded', { en: 'it has no bound', zh: '没有设定上下限' }, measure, {
      en: 'Set minimum, maximum or both.',
      zh: '请设置 minimum、maximum 或两者。',
    })
  }
  const ofColumns = measure === 'completeness' || measure === 'uniqueness'
  const ofIntake =
    ['validity', 'accepted_share'].includes(measure) || (measure === 'uniqueness' && column === undefined)
  const mixesSources = source !== undefined && !ofIntake && !columns.some(({ name }) => name === 'source')
  if (mixesSources || (column !== undefined && !ofColumns) || (ofIntake && !kinds.some((kind) => kind === table))) {
    const advice = {
      en: 'Columns have completeness and uniqueness, kinds of source validity and accepted_share; the title, title_genre and viewer tables mix all sources.',
      zh: '列有 completeness 与 uniqueness，来源类别有 validity 与 accepted_share；title、title_genre 与 viewer 表混合了全部来源。',
    }
    throw refuse(
      'expectation-not-measurable',
      { en: 'this measure is not taken there', zh: '此处不计算该度量' },
      measure,
      advice,
    )
  }
}
