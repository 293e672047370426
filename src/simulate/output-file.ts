import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { DataError } from '../errors.ts'

const chunkLength = 1 << 18

/**
 * A text file written line by line with bounded memory. Lines are strings of bytes (`latin1`) already in the file's own
 * encoding, or of UTF-16 units (`utf16le`).
 */
export class OutputFile {
  readonly path: string
  /** Lines written so far, which is the number of the last one. */
  lines = 0
  /** Whether `drain` has to be awaited before more is written. */
  isFull = false
  private pending = ''
  private readonly head: Writable
  private readonly done: Promise<void>
  private readonly encoding: 'latin1' | 'utf16le'

  /** @param path Relative to `folder`, with `/`; a name ending in `.gz` is compressed. */
  constructor(folder: string, path: string, encoding: 'latin1' | 'utf16le' = 'latin1') {
    this.path = path
    this.encoding = encoding
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    const file = createWriteStream(target, { flags: 'wx', highWaterMark: 4 * chunkLength })
    if (path.endsWith('.gz')) {
      this.head = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: chunkLength })
      this.done = pipeline(this.head as ReturnType<typeof createGzip>, file)
    } else {
      this.head = file
      this.done = new Promise((resolve, reject) => file.once('close', resolve).once('error', reject))
    }
    this.done.catch(() => {
      this.isFull = true
    })
  }

  /** Adds a line and returns its 1-based number. */
  write(line: string): number {
    this.pending += line
    this.pending += '\n'
    if (this.pending.length >= chunkLength) this.flush()
    return ++this.lines
  }

  /** Waits until the disk has caught up. @throws DataError when it cannot be written. */
  async drain(): Promise<void> {
    await this.guard(Promise.race([once(this.head, 'drain'), this.done]))
    this.isFull = false
  }

  async close(): Promise<void> {
    this.flush()
    this.head.end()
    await this.guard(this.done)
  }

  private flush(): void {
    if (this.pending === '') return
    if (!this.head.write(Buffer.from(this.pending, this.encoding))) this.isFull = true
    this.pending = ''
  }

  private async guard(work: Promise<unknown>): Promise<void> {
    try {
      await work
    } catch (cause) {
      throw new DataError(
        { en: `${this.path} cannot be written.`, zh: `无法写入 ${this.path}。` },
        {
          code: 'write-failed',
          file: this.path,
          advice: {
            en: 'Check the free space and the permissions of the output folder.',
            zh: '请检查可用空间与输出文件夹的权限。',
          },
          cause,
        },
      )
    }
  }
}
