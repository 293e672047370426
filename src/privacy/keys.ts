import { hkdfSync, randomBytes } from 'node:crypto'
import { open, readFile, writeFile } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { InputError } from '../errors.ts'

/** What the project key yields, 32 bytes each; none of them tells another. */
export interface Keys {
  readonly pseudonym: Buffer
  readonly quarantine: Buffer
  /** Tells two keys apart without revealing either: 16 hexadecimal digits. */
  readonly fingerprint: string
}

const keyBytes = 32
const readableByOthers = 0o077

/**
 * Where the project key lies: `MARQUEE_KEY_FILE`, or `marquee.key` in the project folder.
 * @throws InputError `key-in-warehouse` when that is inside `.marquee`, which is copied and shared with the data.
 */
export function keyPath(folder: string, environment: NodeJS.ProcessEnv = process.env): string {
  const path = resolve(folder, environment.MARQUEE_KEY_FILE || 'marquee.key')
  const inside = relative(join(folder, '.marquee'), path)
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    throw new InputError(
      { en: 'The key file lies inside the warehouse.', zh: '密钥文件位于数据仓库之内。' },
      {
        code: 'key-in-warehouse',
        value: path,
        advice: {
          en: 'Point MARQUEE_KEY_FILE at a file outside .marquee.',
          zh: '请将 MARQUEE_KEY_FILE 指向 .marquee 之外的文件。',
        },
      },
    )
  }
  return path
}

/**
 * The keys of the project in `folder`, or undefined when there is no key file.
 * @throws InputError `key-readable-by-others` or `key-malformed`.
 */
export async function loadKeys(folder: string, environment?: NodeJS.ProcessEnv): Promise<Keys | undefined> {
  const path = keyPath(folder, environment)
  try {
    return await readKeys(path)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/**
 * The keys of the project in `folder`; a missing key file is written first, with 32 random bytes and mode 0600.
 * @throws InputError as `loadKeys`, or `key-not-written`.
 */
export async function ensureKeys(folder: string, environment?: NodeJS.ProcessEnv): Promise<Keys> {
  const path = keyPath(folder, environment)
  try {
    await writeFile(path, `${randomBytes(keyBytes).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) {
      throw new InputError(
        { en: 'The key file cannot be written.', zh: '无法写入密钥文件。' },
        {
          code: 'key-not-written',
          file: path,
          advice: {
            en: 'Make its folder, or point MARQUEE_KEY_FILE at a place that can be written.',
            zh: '请新建其所在文件夹，或将 MARQUEE_KEY_FILE 指向可写入的位置。',
          },
          cause,
        },
      )
    }
  }
  return readKeys(path)
}

async function readKeys(path: string): Promise<Keys> {
  const handle = await open(path)
  try {
    const { mode } = await handle.stat()
    if (process.platform !== 'win32' && (mode & readableByOthers) !== 0) {
      throw new InputError(
        { en: 'Others may read the key file.', zh: '其他用户可以读取密钥文件。' },
        {
          code: 'key-readable-by-others',
          value: (mode & 0o777).toString(8),
          file: path,
          advice: { en: `Run: chmod 600 ${path}`, zh: `请运行：chmod 600 ${path}` },
        },
      )
    }
    const text = (await readFile(handle, 'utf8')).trim()
    if (!/^[0-9a-f]{64}$/i.test(text)) {
      throw new InputError(
        { en: 'The key file does not hold 64 hexadecimal digits.', zh: '密钥文件的内容不是 64 位十六进制数字。' },
        {
          code: 'key-malformed',
          file: path,
          advice: {
            en: 'Restore it from a copy; with a new key all pseudonyms change and the quarantine cannot be read.',
            zh: '请从备份恢复；换用新密钥会使全部假名改变，且无法读取隔离区。',
          },
        },
      )
    }
    return deriveKeys(Buffer.from(text, 'hex'))
  } finally {
    await handle.close()
  }
}

/** Independent keys for each purpose, by HKDF-SHA-256 (RFC 5869) without salt, from a key of 32 bytes. */
export function deriveKeys(key: Buffer): Keys {
  const derive = (purpose: string, bytes = keyBytes) =>
    Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `marquee ${purpose}`, bytes))
  return {
    pseudonym: derive('pseudonym'),
    quarantine: derive('quarantine'),
    fingerprint: derive('fingerprint', 8).toString('hex'),
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
