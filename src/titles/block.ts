import type { Name } from './name-similarity.ts'

/** Names that share a key are compared pairwise up to this many; larger blocks are split by longer keys. */
const largestBlock = 48
/** Names that are still together under the longest key are compared with this many neighbours. */
const neighbours = 24
/** A word that more names than this hold says little about which work it is. */
const rareWord = 60

/** A 32-bit hash (FNV-1a, mixed). */
export function hashText(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

type Keys = (name: Name) => readonly string[]

/** Keys that names of different numbers do not share: they are different works, but for a first part, which may lack its number. */
const numbered =
  (keys: Keys): Keys =>
  (name) => {
    const { numerals } = name.parsed
    return keys(name).flatMap((key) => (key === '' ? [] : [`${key}\n${numerals === '1' ? '' : numerals}`]))
  }

const half = (length: number): readonly number[] => [...new Set([length >> 1, (length - 1) >> 1])]
const start = (name: Name, most: number): string[] =>
  half(name.compact.length).flatMap((size) => (size < 2 ? [] : [name.compact.slice(0, Math.min(size, most))]))
const end = (name: Name, most: number): string[] =>
  half(name.compact.length).flatMap((size) => (size < 2 ? [] : [name.compact.slice(-Math.min(size, most))]))

const ofNames: readonly (readonly Keys[])[] = [
  [(name) => [name.parsed.coreKey, ...(name.parsed.mainKey === null ? [] : [name.parsed.mainKey])]],
  ...[
    [(name: Name) => [name.compact]],
    [(name: Name) => [name.stem]],
    [(name: Name) => [name.parsed.looseKey]],
    [6, 9, 14].map((most) => (name: Name) => start(name, most)),
    [6, 9, 14].map((most) => (name: Name) => end(name, most)),
  ].map((levels) => levels.map(numbered)),
]

function rarestWords(frequency: ReadonlyMap<string, number>): Keys {
  const count = (token: string): number => frequency.get(token) ?? 0
  return numbered((name) =>
    [...new Set(name.tokens)]
      .filter((token) => token.length > 1 && count(token) <= rareWord)
      .sort((a, b) => count(a) - count(b) || (a < b ? -1 : 1))
      .slice(0, 3),
  )
}

/** Keys of which two names share one if they are equal but for a slip, a number word or the order of their words. */
export function tellingKeys(name: Name): string[] {
  const keys = ofNames.map((levels) => levels[levels.length - 1]?.(name) ?? [])
  return [...keys, [name.sorted]].flatMap((own, family) =>
    own.filter((key) => key !== '').map((key) => `${family} ${key}`),
  )
}

/** Calls `visit` with each run of equal keys, as positions into `names`. Keys are packed with positions and sorted as numbers. */
function forEachBlock(
  names: readonly Name[],
  positions: Iterable<number>,
  keys: Keys,
  seed: number,
  visit: (block: number[]) => void,
): void {
  const scale = 2 ** Math.max(1, Math.ceil(Math.log2(names.length + 1)))
  const modulus = Math.min(2 ** 32, 2 ** 53 / scale)
  const packed: number[] = []
  for (const position of positions) {
    const name = names[position]
    if (name === undefined) continue
    for (const key of new Set(keys(name))) {
      if (key !== '') packed.push((hashText(key, seed) % modulus) * scale + position)
    }
  }
  const sorted = Float64Array.from(packed).sort()
  let from = 0
  while (from < sorted.length) {
    const key = Math.floor((sorted[from] ?? 0) / scale)
    const block: number[] = []
    let to = from
    for (; to < sorted.length && Math.floor((sorted[to] ?? 0) / scale) === key; to++)
      block.push((sorted[to] ?? 0) % scale)
    if (block.length > 1) visit(block)
    from = to
  }
}

/**
 * Calls `compare` with the positions of names that may belong together; a pair may come more than once. The names must
 * come in an order of their own, so that what is compared does not depend on the input. Near linear in their number.
 */
export function forEachCandidate(
  names: readonly Name[],
  frequency: ReadonlyMap<string, number>,
  compare: (left: number, right: number) => void,
): void {
  const comparePairs = (block: readonly number[], reach: number): void => {
    for (let left = 0; left < block.length; left++) {
      for (let right = left + 1; right < Math.min(block.length, left + 1 + reach); right++) {
        compare(block[left] ?? 0, block[right] ?? 0)
      }
    }
  }
  for (const [seed, levels] of [...ofNames, [rarestWords(frequency)]].entries()) {
    const split = (positions: Iterable<number>, level: number): void => {
      const keys = levels[level]
      if (keys === undefined) return
      forEachBlock(names, positions, keys, seed, (block) => {
        if (block.length <= largestBlock) comparePairs(block, block.length)
        else if (level + 1 < levels.length) split(block, level + 1)
        else comparePairs(block, neighbours)
      })
    }
    split(names.keys(), 0)
  }
}
