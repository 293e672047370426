import { readFile, stat } from 'node:fs/promises'
import { replaceFile } from '../replace-file.ts'

interface Seen {
  readonly bytes: number
  readonly changedAt: number
  readonly inode: number
  readonly sha256: string
}

/** A file changed this shortly before it was looked at may change again without its time showing it. */
const settledMilliseconds = 2_000

/** Remembers the hashes of files by size, time of change and inode, so that unchanged files are not read again. */
export class SeenFiles {
  readonly #path: string
  readonly #before: Record<string, Seen>
  readonly #now: Record<string, Seen> = {}

  private constructor(path: string, before: Record<string, Seen>) {
    this.#path = path
    this.#before = before
  }

  /** What the last build saw; nothing when there is no readable record of it. */
  static async load(path: string): Promise<SeenFiles> {
    try {
      return new SeenFiles(path, JSON.parse(await readFile(path, 'utf8')) as Record<string, Seen>)
    } catch {
      return new SeenFiles(path, {})
    }
  }

  /** The SHA-256 of a file that is as it was, undefined when it may have changed. */
  async hashOf(file: string): Promise<string | undefined> {
    const seen = this.#before[file]
    const now = await stat(file)
    if (!seen || seen.bytes !== now.size || seen.changedAt !== now.ctimeMs || seen.inode !== now.ino) return undefined
    this.#now[file] = seen
    return seen.sha256
  }

  /** Notes the hash of a file that was read just now, begun at `startedAt` (milliseconds since 1970). */
  async note(file: string, sha256: string, startedAt: number): Promise<void> {
    const { size, ctimeMs, ino } = await stat(file)
    if (startedAt - ctimeMs > settledMilliseconds)
      this.#now[file] = { bytes: size, changedAt: ctimeMs, inode: ino, sha256 }
  }

  async save(): Promise<void> {
    await replaceFile(this.#path, JSON.stringify(this.#now))
  }
}
