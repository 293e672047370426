import { tellingKeys } from './block.ts'
import { type Described, describeReference } from './describe.ts'
import { prepareName } from './name-similarity.ts'
import { type TitleDecision, type TitleReference, titleHandle } from './title.ts'

const idOf = ({ idSpace, externalId }: TitleReference): string => JSON.stringify([idSpace, externalId])
const keysOf = (item: Described): string[] => item.names.flatMap((name) => tellingKeys(prepareName(name)))

/** What the sources beside one large catalogue speak of, to tell which of its entries they may mean. */
export class Mentions {
  readonly #ids: ReadonlySet<string>
  readonly #keys: ReadonlySet<string>
  readonly #decided: ReadonlySet<string>

  constructor(references: readonly TitleReference[], decisions: readonly TitleDecision[]) {
    this.#ids = new Set(references.flatMap((item) => (item.externalId === null ? [] : [idOf(item)])))
    this.#keys = new Set(references.flatMap((item) => keysOf(describeReference(item))))
    this.#decided = new Set(decisions.flatMap(({ left, right }) => [left, right]))
  }

  /** Whether an entry shares an id or a telling part of its name with any of them, or was decided about. */
  mayMean(entry: Described): boolean {
    const { reference } = entry
    return (
      (reference.externalId !== null && this.#ids.has(idOf(reference))) ||
      this.#decided.has(titleHandle(reference)) ||
      this.#decided.has(reference.key) ||
      (this.#keys.size > 0 && keysOf(entry).some((key) => this.#keys.has(key)))
    )
  }
}
