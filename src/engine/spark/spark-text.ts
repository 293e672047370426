import { QueryError } from '../../errors.ts'
import { splitStatement } from './split-statement.ts'

/**
 * A statement of the common subset as Spark writes it. There `'…'` is a text in which only `''` means something else than itself and
 * `"…"` is a name; Spark would read backslashes in the one and take the other for a text.
 */
export function sparkText(statement: string): string {
  return splitStatement(statement)
    .map(({ kind, source }) => {
      const inner = source.slice(1, -1)
      if (kind === 'text') return `'${inner.replaceAll('\\', '\\\\').replaceAll("''", "\\'")}'`
      if (kind === 'name' && source.startsWith('"')) return `\`${inner.replaceAll('""', '"').replaceAll('`', '``')}\``
      if (kind === 'comment') return source.startsWith('/*+') ? source : ' '
      return source.replace(rawPrefix, '$& ').replace(textType, 'STRING')
    })
    .join('')
}

/** `r'…'` would be a text with other rules in Spark. */
const rawPrefix = /\br$/i

/** Spark's VARCHAR needs a length. */
const textType = /\bVARCHAR\b(?!\s*\()/gi

const reading = /^\s*\(*\s*(SELECT|WITH|VALUES|EXPLAIN)\b/i
const writing = /\b(INSERT|UPDATE|DELETE|MERGE)\b/i
const reaching = /\b(reflect|java_method|try_reflect)\W*\(/i

/**
 * Demands that `statement` only reads.
 * @throws QueryError `read-only`, also for the functions of Spark that call any Java method.
 */
export function demandReading(statement: string): void {
  const bare = splitStatement(statement).map(({ kind, source }) => {
    if (kind === 'text' || kind === 'comment') return ' '
    return kind === 'name' ? ` ${source.slice(1, -1)} ` : source
  })
  const plain = splitStatement(statement).map(({ kind, source }) => (kind === 'plain' ? source : ' '))
  const isSingle = !plain.join('').trim().replace(/;$/, '').includes(';')
  if (isSingle && reading.test(plain.join('')) && !writing.test(plain.join('')) && !reaching.test(bare.join(''))) return
  throw new QueryError(
    { en: 'Only one reading statement is allowed here.', zh: '此处只允许一条只读语句。' },
    {
      code: 'read-only',
      value: statement,
      advice: {
        en: 'Write a single SELECT; `marquee export` writes tables to files.',
        zh: '请只写一条 SELECT；将表写入文件请用 `marquee export`。',
      },
    },
  )
}
