/** A piece of a statement: quoted text, a quoted name, a comment, or what is between them. */
export interface Piece {
  readonly kind: 'text' | 'name' | 'comment' | 'plain'
  readonly source: string
}

const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|[^'"`/-]+|[\s\S]/g

/** A statement of the common subset in pieces that are one after another the whole of it. */
export function splitStatement(statement: string): Piece[] {
  return [...statement.matchAll(pieces)].map(([source]) => {
    if (source.length > 1 && source.startsWith("'")) return { kind: 'text', source }
    if (source.length > 1 && /^["`]/.test(source)) return { kind: 'name', source }
    if (source.startsWith('--') || source.startsWith('/*')) return { kind: 'comment', source }
    return { kind: 'plain', source }
  })
}
