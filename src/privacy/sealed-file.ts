import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { DataError } from '../errors.ts'

const magic = Buffer.from('MQSEAL1\n')
const nonceBytes = 12
const tagBytes = 16
const blockSize = 1 << 20
const largestBlock = 1 << 28

/**
 * Writes text lines as a sealed file: blocks of about a MiB, each AES-256-GCM under a nonce of its own and bound to its
 * place and the file's name; a last empty block shows that nothing is missing. The file appears whole or not at all.
 */
export async function writeSealed(path: string, key: Buffer, lines: AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`
  const file = await open(partial, 'w', 0o600)
  try {
    await file.write(magic)
    let block: string[] = []
    let size = 0
    let index = 0
    const flush = async () => {
      await writeBlock(file, key, basename(path), index++, Buffer.from(block.join('')))
      block = []
      size = 0
    }
    for await (const line of lines) {
      block.push(`${line}\n`)
      size += line.length + 1
      if (size >= blockSize) await flush()
    }
    if (size > 0) await flush()
    await flush()
    await file.close()
    await rename(partial, path)
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(partial, { force: true })
    throw error
  }
}

async function writeBlock(file: FileHandle, key: Buffer, name: string, index: number, text: Buffer): Promise<void> {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(`${name}:${index}`))
  const sealed = Buffer.concat([cipher.update(text), cipher.final()])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(sealed.length)
  await file.write(Buffer.concat([length, nonce, cipher.getAuthTag(), sealed]))
}

/** The lines of a sealed file. @throws DataError for a file that was cut short, changed, renamed or sealed with another key. */
export async function* readSealed(path: string, key: Buffer): AsyncGenerator<string> {
  const file = await open(path, 'r')
  try {
    const read = async (bytes: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes)
      if (bytesRead !== bytes) throw damaged(path)
      return buffer
    }
    if (!(await read(magic.length)).equals(magic)) throw damaged(path)
    for (let index = 0; ; index++) {
      const length = (await read(4)).readUInt32BE()
      if (length > largestBlock) throw damaged(path)
      const nonce = await read(nonceBytes)
      const tag = await read(tagBytes)
      const sealed = await read(length)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
        .setAAD(Buffer.from(`${basename(path)}:${index}`))
        .setAuthTag(tag)
      let text: string
      try {
        text = Buffer.concat([decipher.update(sealed), decipher.final()]).toString()
      } catch (cause) {
        throw damaged(path, cause)
      }
      if (length === 0) return
      for (const line of text.split('\n')) if (line !== '') yield line
    }
  } finally {
    await file.close()
  }
}

function damaged(path: string, cause?: unknown): DataError {
  return new DataError('The sealed file is damaged or was sealed with another key.', {
    code: 'sealed-damaged',
    file: path,
    advice: 'Use the key file of this project, or run `marquee build` again to write the quarantine anew.',
    cause,
  })
}
