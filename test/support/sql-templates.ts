import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import ts from 'typescript'
import { vi } from 'vitest'
import { SparkEngine } from '../../src/engine/spark/spark-engine.ts'
import type { Sql } from '../../src/engine/sql.ts'

/** A piece of SQL as it stands in the source, without its holes. */
export interface SqlTemplate {
  /** `file:line` */
  readonly place: string
  readonly pieces: readonly string[]
}

/** Every `sql` template of the files that `patterns` match. */
export function sqlTemplates(patterns: readonly string[]): SqlTemplate[] {
  return globSync(patterns).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
    const found: SqlTemplate[] = []
    const visit = (node: ts.Node): void => {
      if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart())
        found.push({ place: `${file}:${line + 1}`, pieces: piecesOf(node.template) })
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
    return found
  })
}

function piecesOf(template: ts.TemplateLiteral): string[] {
  const texts = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template.text]
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]
  return texts.filter((text) => /\w/.test(text))
}

/** Records the text of each statement that goes to Spark from now on in this process. */
export function recordStatements(): () => string[] {
  const methods = [
    ...(['stream', 'execute', 'describe', 'createView', 'createTable'] as const),
    ...(['appendTable', 'writeParquet', 'writeText', 'factorise'] as const),
  ]
  const spies = methods.map((method) => vi.spyOn(SparkEngine.prototype, method))
  return () => {
    const given: unknown[] = spies.flatMap(({ mock }) => mock.calls).flat()
    return [...new Set(given.flatMap((one) => (isSql(one) ? [one.text] : [])))]
  }
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'text' in value && 'values' in value
}

/** Whether the pieces of a template stand in `statement`, in their order. */
export function occursIn({ pieces }: SqlTemplate, statement: string): boolean {
  let from = 0
  return pieces.every((piece) => {
    const at = statement.indexOf(piece, from)
    from = at + piece.length
    return at >= 0
  })
}
