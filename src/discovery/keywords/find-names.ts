import type { Engine, Row } from '../../engine/engine.ts'
import { partsOf } from '../../language/terms.ts'
import type { TermCount } from './count-terms.ts'
import { namesStatement } from './query.ts'

/** What a keyword is. */
export const keywordKinds = ['word', 'phrase', 'name', 'title'] as const
export type KeywordKind = (typeof keywordKinds)[number]

/** Tells what a word is, beside the names of the title and of its people and characters where one is asked for. */
export async function findNames(
  engine: Engine,
  titleId: string | undefined,
): Promise<(term: TermCount) => KeywordKind> {
  const known = { title: new Set<string>(), name: new Set<string>() }
  const rows =
    titleId === undefined
      ? []
      : await engine.query<Row & { kind: 'title' | 'name'; name: string }>(namesStatement(titleId))
  for (const { kind, name } of rows) for (const { key } of partsOf(name)) known[kind].add(key)
  return ({ parts }) => {
    if (parts.every((part) => known.title.has(part))) return 'title'
    if (parts.every((part) => known.name.has(part))) return 'name'
    return parts.length > 1 ? 'phrase' : 'word'
  }
}
