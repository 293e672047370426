/** What a person found in a text of an aspect. */
export interface LabelledOpinion {
  readonly aspect: string
  /** Whom it is said of. */
  readonly target: string | undefined
  readonly opinion: -1 | 0 | 1
}

/** A text with what it says, as a person read it. */
export interface LabelledText {
  readonly text: string
  readonly opinions: readonly LabelledOpinion[]
}

const one = /^(?<aspect>[^@:;]+)(?:@(?<target>[^:;]+))?:(?<opinion>-1|0|1)$/u

/**
 * Reads `acting@Ada Quill:1; story:-1`: aspects with -1 for unfavourable, 0 for neither and 1 for favourable, after `@` whom it is said of. An empty cell says
 * nothing of any. Undefined for anything else.
 */
export function parseOpinions(cell: string): LabelledOpinion[] | undefined {
  const found: LabelledOpinion[] = []
  for (const part of cell.split(/[;；]/)) {
    if (part.trim() === '') continue
    const groups = one.exec(part.trim())?.groups
    if (!groups) return undefined
    const { aspect = '', target, opinion } = groups
    found.push({ aspect: aspect.trim(), target: target?.trim(), opinion: Number(opinion) as -1 | 0 | 1 })
  }
  return found
}
