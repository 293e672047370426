import { createHash } from 'node:crypto'

const hashOf = (identity: string): number =>
  Number.parseInt(createHash('sha256').update(identity).digest('hex').slice(0, 13), 16)

/**
 * A 52-bit non-negative integer for each identity: the first bits of its SHA-256. Of identities that collide, all but
 * the first in code-unit order are hashed again with a counter, so the outcome does not depend on the order given.
 * None of `taken` is given, to which all are added.
 */
export function assignTitleIds(
  identities: Iterable<string>,
  taken: Set<number> = new Set(),
  hash: (identity: string) => number = hashOf,
): Map<string, number> {
  const ids = new Map<string, number>()
  for (const identity of [...new Set(identities)].sort()) {
    let id = hash(identity)
    for (let attempt = 1; taken.has(id); attempt++) id = hash(`${identity}\u0000${attempt}`)
    taken.add(id)
    ids.set(identity, id)
  }
  return ids
}
