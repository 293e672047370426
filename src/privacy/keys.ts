import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../errors.ts'

const keyBytes = 32

/** What a project's secret key is used for, one derived key each (HKDF-SHA-256, RFC 5869). */
export interface ProjectKeys {
  /** Names the key without telling it. */
  readonly id: string
  readonly pseudonym: Buffer
  readonly quarantine: Buffer
}

/** The key file of a project: `MARQUEE_KEY_FILE`, or `marquee.key` beside `marquee.yaml`. */
export function keyFileOf(folder: string, environment: NodeJS.ProcessEnv = process.env): string {
  return environment.MARQUEE_KEY_FILE ?? join(folder, 'marquee.key')
}

/**
 * Opens the project's key, making one (mode 0600) when there is none.
 * @throws InputError for a key that others can read, or that is no key.
 */
export async function openKeys(folder: string): Promise<ProjectKeys> {
  const path = keyFileOf(folder)
  await create(path)
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new InputError('Others can read the key file.', {
      code: 'key-exposed',
      file: path,
      value: (mode & 0o777).toString(8),
      advice: `Run \`chmod 600 ${path}\`.`,
    })
  }
  const text = (await readFile(path, 'utf8')).trim()
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new InputError('The key file does not hold a key of 64 hexadecimal digits.', {
      code: 'key-malformed',
      file: path,
      advice: 'Put the right file back. A new key gives every viewer a new pseudonym.',
    })
  }
  const secret = Buffer.from(text, 'hex')
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `marquee ${purpose}`, keyBytes))
  const id = createHash('sha256').update(derive('id')).digest('hex').slice(0, 16)
  return { id, pseudonym: derive('pseudonym'), quarantine: derive('quarantine') }
}

async function create(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.write(`${randomBytes(keyBytes).toString('hex')}\n`)
    await file.close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
