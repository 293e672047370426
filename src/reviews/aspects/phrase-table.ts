import { isDeepStrictEqual } from 'node:util'
import { stemmer } from 'stemmer'
import { TokenScanner } from '../../language/scan-tokens.ts'

interface Node<Meaning> {
  readonly next: Map<number, Node<Meaning>>
  readonly meanings: Meaning[]
}

/** A phrase of a text: its tokens from `from` up to `to`, and all that it means. */
export interface FoundPhrase<Meaning> {
  readonly from: number
  readonly to: number
  readonly meanings: readonly Meaning[]
}

const newNode = <Meaning>(): Node<Meaning> => ({ next: new Map(), meanings: [] })

/** A text in tokens with the hash of each word's form, and of its stem. */
export class StemmedTokens {
  readonly scanner = new TokenScanner()
  text = ''
  count = 0
  readonly #stems = new Map<number, number>()
  readonly #ofStems = new TokenScanner()

  scan(text: string): void {
    this.text = text
    this.count = this.scanner.scan(text)
  }

  /** The text of the token as it is written. */
  written(token: number): string {
    return this.text.slice(this.scanner.from[token], this.scanner.to[token])
  }

  form(token: number): number {
    return this.scanner.hash[token] as number
  }

  stem(token: number): number {
    const form = this.form(token)
    const known = this.#stems.get(form)
    if (known !== undefined) return known
    const word = this.written(token).toLowerCase().replace(/['’]/g, '')
    let stem = form
    if (/^[a-z]{2,}$/.test(word)) {
      this.#ofStems.scan(stemmer(word.replace(/([a-z])\1{2,}/g, '$1')))
      stem = this.#ofStems.hash[0] as number
    }
    this.#stems.set(form, stem)
    return stem
  }
}

/**
 * Phrases and what they mean, found in texts in one pass. A phrase that begins with `=` is matched as it is written, others by their stems too. Of
 * phrases that overlap those are taken whose squared lengths sum to most.
 */
export class PhraseTable<Meaning> {
  readonly #tokens: StemmedTokens
  readonly #forms: Node<Meaning> = newNode()
  readonly #stems: Node<Meaning> = newNode()

  constructor(tokens: StemmedTokens) {
    this.#tokens = tokens
  }

  /** Adds a meaning of `phrase`, once for all ways to write it; a phrase without tokens is left out. */
  add(phrase: string, meaning: Meaning): void {
    const isExact = phrase.startsWith('=')
    this.#tokens.scan(isExact ? phrase.slice(1) : phrase)
    const place = (root: Node<Meaning>, keyOf: (token: number) => number) => {
      let node = root
      for (let token = 0; token < this.#tokens.count; token++) {
        const key = keyOf(token)
        const next = node.next.get(key) ?? newNode<Meaning>()
        node.next.set(key, next)
        node = next
      }
      const isKnown = node.meanings.some((one) => isDeepStrictEqual(one, meaning))
      if (node !== root && !isKnown) node.meanings.push(meaning)
    }
    place(this.#forms, (token) => this.#tokens.form(token))
    if (!isExact) place(this.#stems, (token) => this.#tokens.stem(token))
  }

  /** Calls `take` with the length and the meanings of each phrase that begins at `first`. */
  #at(first: number, take: (length: number, meanings: readonly Meaning[]) => void): void {
    const tokens = this.#tokens
    let [form, stem] = [this.#forms.next.get(tokens.form(first)), this.#stems.next.get(tokens.stem(first))]
    for (let token = first; form ?? stem; ) {
      const meanings = form?.meanings.length ? form.meanings : stem?.meanings
      if (meanings?.length) take(token + 1 - first, meanings)
      token += 1
      if (token === tokens.count) return
      form = form?.next.get(tokens.form(token))
      stem = stem?.next.get(tokens.stem(token))
    }
  }

  /** The phrases of the text that the tokens hold, in order; those of `others` count as well. O(tokens * longest phrase). */
  find(others?: PhraseTable<Meaning>): FoundPhrase<Meaning>[] {
    const { count } = this.#tokens
    const worth = new Float64Array(count + 1)
    const best = new Array<FoundPhrase<Meaning> | undefined>(count)
    for (let from = count - 1; from >= 0; from--) {
      worth[from] = worth[from + 1] as number
      const take = (length: number, meanings: readonly Meaning[]) => {
        const to = from + length
        const sum = length * length + (worth[to] as number)
        const known = best[from]
        if (known?.to === to) best[from] = { from, to, meanings: [...known.meanings, ...meanings] }
        if (sum <= (worth[from] as number)) return
        worth[from] = sum
        best[from] = { from, to, meanings }
      }
      this.#at(from, take)
      if (others) others.#at(from, take)
    }
    const found: FoundPhrase<Meaning>[] = []
    for (let token = 0; token < count; ) {
      const phrase = best[token]
      if (phrase) found.push(phrase)
      token = phrase ? phrase.to : token + 1
    }
    return found
  }
}
