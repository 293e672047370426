import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { DataError } from '../errors.ts'
import type { Text } from '../text.ts'

// A sealed file is the magic and frames: kind (1 byte), length of the sealed text (4, big endian), nonce (12), sealed text,
// tag (16). The frame kind, its number and the file's name are authenticated, so frames cannot be moved, dropped or
// passed off as another file's; the last frame has a kind of its own, so an end cannot be cut off.
const magic = Buffer.from('MARQSEAL\x01', 'latin1')
const cipherName = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + 4 + nonceBytes
const blockBytes = 1 << 20
const dataFrame = 0
const lastFrame = 1

/**
 * Seals texts into one file with AES-256-GCM (NIST SP 800-38D), a random nonce for each block of about 1 MiB;
 * the file appears whole or not at all. Returns how many texts there were.
 */
export async function writeSealed(path: string, key: Buffer, records: AsyncIterable<string>): Promise<number> {
  await mkdir(dirname(path), { recursive: true })
  const partial = `${path}.partial`
  const file = await open(partial, 'w', 0o600)
  try {
    await file.appendFile(magic)
    const count = await writeFrames(file, basename(path), key, records)
    await file.sync()
    await file.close()
    await rename(partial, path)
    return count
  } catch (error) {
    await file.close()
    await rm(partial, { force: true })
    throw error
  }
}

async function writeFrames(file: FileHandle, name: string, key: Buffer, records: AsyncIterable<string>) {
  let count = 0
  let frame = 0
  let pending: Buffer[] = []
  let pendingBytes = 0
  const flush = async (kind: number) => {
    // Unlike writev, which may write a part where the disk is full, this fails unless all is written.
    await file.appendFile(Buffer.concat(seal(Buffer.concat(pending), kind, frame++, name, key)))
    pending = []
    pendingBytes = 0
  }
  for await (const record of records) {
    const text = Buffer.from(record)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(text.length)
    pending.push(length, text)
    pendingBytes += length.length + text.length
    count++
    if (pendingBytes >= blockBytes) await flush(dataFrame)
  }
  await flush(lastFrame)
  return count
}

/**
 * The texts of a sealed file, one block in memory at a time.
 * @throws DataError `sealed-missing`, `sealed-malformed`, `sealed-truncated`, or `sealed-refused` when a block was altered
 * or the key is another one.
 */
export async function* readSealed(path: string, key: Buffer): AsyncGenerator<string> {
  const bytes = await openBytes(path)
  const name = basename(path)
  try {
    if (!(await bytes.take(magic.length)).equals(magic)) {
      throw sealedError('sealed-malformed', { en: 'This is not a sealed file.', zh: '这不是加密文件。' }, path)
    }
    for (let frame = 0, kind = dataFrame; kind !== lastFrame; frame++) {
      const head = await bytes.take(headBytes)
      kind = head.readUInt8(0)
      const sealed = await bytes.take(head.readUInt32BE(1) + tagBytes)
      const block = unseal(sealed, head.subarray(5), authenticated(kind, frame, name), key, path)
      for (let at = 0; at < block.length; ) {
        const end = at + 4 + block.readUInt32BE(at)
        yield block.toString('utf8', at + 4, end)
        at = end
      }
    }
    if (bytes.hasMore())
      throw sealedError(
        'sealed-malformed',
        { en: 'The sealed file goes on past its end.', zh: '加密文件在结尾之后仍有内容。' },
        path,
      )
  } finally {
    await bytes.close()
  }
}

function seal(block: Buffer, kind: number, frame: number, name: string, key: Buffer): Buffer[] {
  const head = Buffer.alloc(headBytes)
  head.writeUInt8(kind, 0)
  head.writeUInt32BE(block.length, 1)
  const nonce = randomBytes(nonceBytes)
  nonce.copy(head, 5)
  const cipher = createCipheriv(cipherName, key, nonce).setAAD(authenticated(kind, frame, name))
  const sealed = cipher.update(block)
  cipher.final()
  return [head, sealed, cipher.getAuthTag()]
}

function unseal(sealed: Buffer, nonce: Buffer, context: Buffer, key: Buffer, path: string): Buffer {
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes }).setAAD(context)
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  const block = decipher.update(sealed.subarray(0, -tagBytes))
  try {
    decipher.final()
  } catch (cause) {
    throw sealedError(
      'sealed-refused',
      {
        en: 'The sealed file was altered, renamed or sealed with another key.',
        zh: '加密文件被改动、改名，或由另一密钥加密。',
      },
      path,
      cause,
    )
  }
  return block
}

function authenticated(kind: number, frame: number, name: string): Buffer {
  return Buffer.from(`${kind} ${frame} ${name}`)
}

async function openBytes(path: string) {
  const file = await open(path).catch((cause) => {
    throw sealedError(
      'sealed-missing',
      { en: 'The sealed file cannot be opened.', zh: '无法打开加密文件。' },
      path,
      cause,
    )
  })
  const { size } = await file.stat()
  let position = 0
  return {
    async take(length: number): Promise<Buffer> {
      if (position + length > size)
        throw sealedError('sealed-truncated', { en: 'The sealed file is cut off.', zh: '加密文件被截断。' }, path)
      const buffer = Buffer.alloc(length)
      const { bytesRead } = await file.read(buffer, 0, length, position)
      if (bytesRead < length)
        throw sealedError('sealed-truncated', { en: 'The sealed file is cut off.', zh: '加密文件被截断。' }, path)
      position += length
      return buffer
    },
    hasMore: () => position < size,
    close: () => file.close(),
  }
}

function sealedError(code: string, text: Text, file: string, cause?: unknown): DataError {
  return new DataError(text, {
    code,
    file,
    advice: { en: 'Build again: the quarantine is rebuilt from the sources.', zh: '请重新构建：隔离区会由来源重建。' },
    cause,
  })
}
