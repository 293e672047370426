const skippableMagic = 0x184d2a50
const dictionaryBytes = [0, 1, 2, 4]
const contentSizeBytes = [0, 2, 4, 8]

/**
 * Finds where the frames of a Zstandard file end (RFC 8878, 3.1), since decoders differ in what they do with the bytes
 * behind the first.
 */
export class ZstdFrames {
  #head = Buffer.alloc(0)
  #pass = 0
  #state: 'frame' | 'block' | 'end' = 'frame'
  #hasChecksum = false

  /** Positions in `piece` behind which a frame ends. */
  push(piece: Buffer): number[] {
    const ends: number[] = []
    let at = 0
    for (;;) {
      const passed = Math.min(this.#pass, piece.length - at)
      this.#pass -= passed
      at += passed
      if (this.#pass > 0) return ends
      if (this.#state === 'end') {
        ends.push(at)
        this.#state = 'frame'
      }
      if (at === piece.length) return ends
      const before = this.#head.length
      this.#head = Buffer.concat([this.#head, piece.subarray(at, at + this.#wanted() - before)])
      at += this.#head.length - before
      if (this.#head.length === this.#wanted()) this.#enter()
    }
  }

  /** Bytes that tell how long the frame's header or the block is. */
  #wanted(): number {
    return this.#state === 'frame' ? 8 : 3
  }

  #enter(): void {
    const head = this.#head
    this.#head = Buffer.alloc(0)
    if (this.#state === 'frame') {
      if ((head.readUInt32LE(0) & 0xfffffff0) === skippableMagic) {
        this.#pass = head.readUInt32LE(4)
        this.#state = 'end'
        return
      }
      const descriptor = head[4] ?? 0
      const isSingle = (descriptor & 0x20) !== 0
      const size = contentSizeBytes[descriptor >> 6] || (isSingle ? 1 : 0)
      const headerBytes = 5 + (isSingle ? 0 : 1) + (dictionaryBytes[descriptor & 3] ?? 0) + size
      this.#hasChecksum = (descriptor & 4) !== 0
      this.#state = 'block'
      // The header may be shorter than the eight bytes read: then those behind it belong to the first block.
      if (headerBytes >= head.length) this.#pass = headerBytes - head.length
      else this.#head = head.subarray(headerBytes)
      return
    }
    const header = head.readUIntLE(0, 3)
    const isRepeated = ((header >> 1) & 3) === 1
    this.#pass = isRepeated ? 1 : header >> 3
    if ((header & 1) === 0) return
    this.#pass += this.#hasChecksum ? 4 : 0
    this.#state = 'end'
  }
}
