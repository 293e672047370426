import type { Engine } from '../../engine/engine.ts'
import { sql } from '../../engine/sql.ts'
import { InputError, isMarqueeError } from '../../errors.ts'
import type { SourceSettings } from '../../project/settings.ts'
import { mappedFields } from './typed-rows.ts'

const wordFormats = new Set(['ISO 8601', 'unix seconds', 'unix milliseconds'])

/**
 * Tries the patterns of a source on nothing, so that a slip in `marquee.yaml` is told as such before any file is read.
 * @throws InputError `invalid-pattern` or `invalid-format`.
 */
export async function checkMapping(engine: Engine, source: SourceSettings): Promise<void> {
  for (const { name, type } of mappedFields(source)) {
    const { extract, format } = source.columns[name] ?? {}
    if (extract !== undefined) {
      await attempt(engine, sql`SELECT regexp_extract('', ${sql.literal(extract)}, 1)`, () =>
        invalidPattern(source, name, extract, 'is not a regular expression'),
      )
      if (!hasGroup(extract)) throw invalidPattern(source, name, extract, 'has no group in parentheses')
    }
    if ((type !== 'instant' && type !== 'date') || format === undefined || wordFormats.has(format)) continue
    if (!format.includes('%')) throw invalidFormat(source, name, format)
    await attempt(engine, sql`SELECT try_strptime('', ${sql.literal(format)})`, () =>
      invalidFormat(source, name, format),
    )
  }
}

async function attempt(engine: Engine, statement: ReturnType<typeof sql>, refusal: () => InputError): Promise<void> {
  try {
    await engine.query(statement)
  } catch (error) {
    throw isMarqueeError(error) && error.code === 'query-failed' ? refusal() : error
  }
}

/** Whether the pattern captures anything: a parenthesis that is neither escaped, in a class nor `(?:`. */
function hasGroup(pattern: string): boolean {
  return /\((?!\?)|\(\?P?</.test(pattern.replaceAll(/\\./gs, '').replaceAll(/\[\]?[^\]]*\]/g, ''))
}

function invalidPattern(source: SourceSettings, field: string, pattern: string, problem: string): InputError {
  return new InputError(`The pattern of ${field} in the source ${source.name} ${problem}.`, {
    code: 'invalid-pattern',
    value: pattern,
    advice: `Correct columns.${field}.extract in marquee.yaml: its first group is the value, as in ([0-9]+) min.`,
  })
}

function invalidFormat(source: SourceSettings, field: string, format: string): InputError {
  return new InputError(`The format of ${field} in the source ${source.name} is not a pattern of dates or times.`, {
    code: 'invalid-format',
    value: format,
    advice: `Correct columns.${field}.format in marquee.yaml: a pattern such as %Y-%m-%d %H:%M:%S, ISO 8601, unix seconds or unix milliseconds.`,
  })
}
