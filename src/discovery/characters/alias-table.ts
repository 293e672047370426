import { TokenScanner } from '../../language/scan-tokens.ts'

interface Node<Target> {
  readonly next: Map<number, Node<Target>>
  target?: Target
}

/** Where a text has an alias. */
export interface Match<Target> {
  readonly target: Target
  readonly from: number
  readonly to: number
}

/**
 * Finds many names in a text at once: a tree over tokens (words, or single Chinese characters), the longest name at each place, from left to right.
 * Forms that differ in case, width, diacritics or traditional characters are one; 's behind a word does not count. O(tokens) for names of bounded length.
 */
export class AliasTable<Target> {
  readonly #root: Node<Target> = { next: new Map() }
  readonly #tokens = new TokenScanner()
  readonly #word = new TokenScanner()

  add(alias: string, target: Target): void {
    const count = this.#tokens.scan(alias)
    let node = this.#root
    for (let i = 0; i < count; i++) {
      const hash = this.#tokens.hash[i] as number
      const next: Node<Target> = node.next.get(hash) ?? { next: new Map() }
      node.next.set(hash, next)
      node = next
    }
    if (count > 0) node.target = target
  }

  /** What `alias` stands for. */
  get(alias: string): Target | undefined {
    const [match, ...more] = this.find(alias)
    return match && more.length === 0 && match.from === 0 && match.to === alias.length ? match.target : undefined
  }

  find(text: string): Match<Target>[] {
    const count = this.#tokens.scan(text)
    const matches: Match<Target>[] = []
    for (let i = 0; i < count; ) {
      let node: Node<Target> | undefined = this.#root
      let found: { target: Target; next: number } | undefined
      for (let j = i; j < count && node; ) {
        node = this.#step(node, text, j)
        j += 1
        if (node?.target !== undefined) found = { target: node.target, next: j }
      }
      if (found) {
        matches.push({
          target: found.target,
          from: this.#tokens.from[i] as number,
          to: this.#tokens.to[found.next - 1] as number,
        })
      }
      i = found?.next ?? i + 1
    }
    return matches
  }

  #step(node: Node<Target>, text: string, token: number): Node<Target> | undefined {
    const next = node.next.get(this.#tokens.hash[token] as number)
    if (next) return next
    const word = text.slice(this.#tokens.from[token], this.#tokens.to[token])
    if (!/['’]s$/iu.test(word)) return undefined
    return this.#word.scan(word.slice(0, -2)) === 1 ? node.next.get(this.#word.hash[0] as number) : undefined
  }
}
