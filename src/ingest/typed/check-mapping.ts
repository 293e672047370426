import type { Engine } from '../../engine/engine.ts'
import { functionsOf } from '../../engine/functions.ts'
import { type Sql, sql } from '../../engine/sql.ts'
import { InputError, isMarqueeError } from '../../errors.ts'
import type { SourceSettings } from '../../project/settings.ts'
import type { Text } from '../../text.ts'
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
      await attempt(
        engine,
        () => sql`SELECT regexp_extract('', ${sql.literal(extract)}, 1)`,
        () => invalidPattern(source, name, extract, { en: 'is not a regular expression', zh: '不是正则表达式' }),
      )
      if (!hasGroup(extract))
        throw invalidPattern(source, name, extract, { en: 'has no group in parentheses', zh: '没有圆括号分组' })
    }
    if ((type !== 'instant' && type !== 'date') || format === undefined || wordFormats.has(format)) continue
    if (!format.includes('%')) throw invalidFormat(source, name, format)
    await attempt(
      engine,
      () => sql`SELECT ${functionsOf(engine).parseTime(sql`''`, format)}`,
      () => invalidFormat(source, name, format),
    )
  }
}

async function attempt(engine: Engine, statement: () => Sql, refusal: () => InputError): Promise<void> {
  try {
    await engine.query(statement())
  } catch (error) {
    throw isMarqueeError(error) && error.code === 'query-failed' ? refusal() : error
  }
}

/** Whether the pattern captures anything: a parenthesis that is neither escaped, in a class nor `(?:`. */
function hasGroup(pattern: string): boolean {
  return /\((?!\?)|\(\?P?</.test(pattern.replaceAll(/\\./gs, '').replaceAll(/\[\]?[^\]]*\]/g, ''))
}

function invalidPattern(source: SourceSettings, field: string, pattern: string, problem: Text): InputError {
  return new InputError(
    {
      en: `The pattern of ${field} in the source ${source.name} ${problem.en}.`,
      zh: `来源 ${source.name} 中 ${field} 的模式${problem.zh}。`,
    },
    {
      code: 'invalid-pattern',
      value: pattern,
      advice: {
        en: `Correct columns.${field}.extract in marquee.yaml: its first group is the value, as in ([0-9]+) min.`,
        zh: `请在 marquee.yaml 中改正 columns.${field}.extract：第一个分组即为值，如 ([0-9]+) 分钟。`,
      },
    },
  )
}

function invalidFormat(source: SourceSettings, field: string, format: string): InputError {
  return new InputError(
    {
      en: `The format of ${field} in the source ${source.name} is not a pattern of dates or times.`,
      zh: `来源 ${source.name} 中 ${field} 的格式不是日期或时间的模式。`,
    },
    {
      code: 'invalid-format',
      value: format,
      advice: {
        en: `Correct columns.${field}.format in marquee.yaml: a pattern such as %Y-%m-%d %H:%M:%S, ISO 8601, unix seconds or unix milliseconds.`,
        zh: `请在 marquee.yaml 中改正 columns.${field}.format：如 %Y-%m-%d %H:%M:%S、ISO 8601、unix seconds 或 unix milliseconds。`,
      },
    },
  )
}
