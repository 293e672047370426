/** A key of 32 bits that is no other: slots that hold it are free. */
const free = 0

const mixed = (key: number) => {
  const h = Math.imul(key ^ (key >>> 16), 0x21f0aaad)
  return h ^ (h >>> 15)
}

/** Numbers the keys of n-grams by the order in which they are first added: open addressing with linear probing, at most half full. */
export class GramTable {
  #slots = new Int32Array(2 * 1024)
  #count = 0
  /** What `touch` read for the sake of reading: kept, or the reading would be optimised away. */
  touched = 0

  /** A table of `keys`, each of which gets its place as number. */
  static of(keys: Int32Array): GramTable {
    const table = new GramTable()
    for (const key of keys) table.add(key)
    return table
  }

  /** How many keys there are. */
  get count(): number {
    return this.#count
  }

  /** Touches the slots of the first `count` of `keys` at once, since one look after another would wait for memory each time. */
  touch(keys: Int32Array, count: number): void {
    const slots = this.#slots
    const last = slots.length - 2
    let touched = 0
    for (let i = 0; i < count; i++) touched ^= slots[(mixed(keys[i] as number) << 1) & last] as number
    this.touched = touched
  }

  /** The number of `key`, which is added unless it is there. O(1). */
  add(key: number): number {
    const slot = this.#slotOf(key)
    if (this.#slots[slot] !== free) return this.#slots[slot + 1] as number
    this.#slots[slot] = key
    this.#slots[slot + 1] = this.#count
    this.#count += 1
    if (4 * this.#count > this.#slots.length) this.#grow()
    return this.#count - 1
  }

  /** The number of `key`, -1 where it is not there. O(1). */
  find(key: number): number {
    const slot = this.#slotOf(key)
    return this.#slots[slot] === free ? -1 : (this.#slots[slot + 1] as number)
  }

  /** The keys by their numbers. */
  keys(): Int32Array {
    const keys = new Int32Array(this.#count)
    for (let slot = 0; slot < this.#slots.length; slot += 2) {
      if (this.#slots[slot] !== free) keys[this.#slots[slot + 1] as number] = this.#slots[slot] as number
    }
    return keys
  }

  #slotOf(key: number): number {
    const last = this.#slots.length - 2
    let slot = (mixed(key) << 1) & last
    while (this.#slots[slot] !== key && this.#slots[slot] !== free) slot = (slot + 2) & last
    return slot
  }

  #grow(): void {
    const before = this.#slots
    this.#slots = new Int32Array(2 * before.length)
    for (let from = 0; from < before.length; from += 2) {
      if (before[from] === free) continue
      const slot = this.#slotOf(before[from] as number)
      this.#slots[slot] = before[from] as number
      this.#slots[slot + 1] = before[from + 1] as number
    }
  }
}
