import type { Engine, Row } from '../../engine/engine.ts'
import { partsOf } from '../../language/terms.ts'
import { quoteAround } from '../../privacy/quote-around.ts'
import type { OpinionFilter } from '../opinions.ts'
import type { TermCount } from './count-terms.ts'
import { quotesStatement } from './query.ts'

/** An opinion that says each of `terms`. */
export async function readQuotes(
  engine: Engine,
  filter: OpinionFilter,
  terms: readonly TermCount[],
): Promise<(term: TermCount) => string | null> {
  const forms = [...new Set(terms.map(({ form }) => form))]
  const found =
    forms.length === 0 ? [] : await engine.query<Row & { form: string; text: string }>(quotesStatement(filter, forms))
  const used = new Set<string>()
  return ({ form, parts }) => {
    // A form may lie within another word.
    const own = found.filter((row) => row.form === form && partsOf(row.text).some(({ key }) => key === parts[0]))
    const text = (own.find((row) => !used.has(row.text)) ?? own[0])?.text
    if (text === undefined) return null
    used.add(text)
    return quoteAround(text, form)
  }
}
