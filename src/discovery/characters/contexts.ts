import type { Term } from '../../language/terms.ts'

/** What ends a phrase. */
const stop = /[。！？!?.,，、;；\n]/u

/** The words before and behind a stretch of a text, `<` and `>` where a phrase begins or ends there. */
export function wordsAround(
  text: string,
  parts: readonly Term[],
  { from, to }: { from: number; to: number },
): string[] {
  const before = parts.findLast((part) => part.to <= from)
  const after = parts.find((part) => part.from >= to)
  return [
    before && !stop.test(text.slice(before.to, from)) ? `<${before.key}` : '<',
    after && !stop.test(text.slice(to, after.from)) ? `>${after.key}` : '>',
  ]
}

/** How often each word stands around those of one kind. */
class Distribution {
  readonly counts = new Map<string, number>()
  sum = 0

  /** 0 to 1: the coefficient of Bhattacharyya (1943). */
  likeness(other: Distribution): number {
    let sum = 0
    for (const [context, count] of this.counts) sum += Math.sqrt(count * (other.counts.get(context) ?? 0))
    return sum === 0 ? 0 : sum / Math.sqrt(this.sum * other.sum)
  }
}

/** The words around those of one kind, in Chinese texts and in others apart. */
export class Contexts {
  readonly #chinese = new Distribution()
  readonly #others = new Distribution()

  add(isChinese: boolean, context: string): void {
    const { counts } = isChinese ? this.#chinese : this.#others
    counts.set(context, (counts.get(context) ?? 0) + 1)
    if (isChinese) this.#chinese.sum += 1
    else this.#others.sum += 1
  }

  /** How far these are as those of `other`, 0 to 1. */
  likeness(other: Contexts): number {
    const all = this.#chinese.sum + this.#others.sum
    const chinese = this.#chinese.sum * this.#chinese.likeness(other.#chinese)
    return all === 0 ? 0 : (chinese + this.#others.sum * this.#others.likeness(other.#others)) / all
  }
}
