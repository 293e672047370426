import { createDecoder, type Decoder, type Encoding, type TextChunk } from './decode-text.ts'
import { openBytes } from './open-bytes.ts'
import { refuseBinary } from './refuse-binary.ts'

/** The encoding that a byte order mark at the beginning of `bytes` states. */
export function byteOrderMarkOf(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes.length >= 4 && bytes.readUInt32BE(0) === 0x84319533 ? 'gb18030' : undefined
}

/**
 * The text of a file, unpacked and decoded, in order and without its byte order mark, which goes before `encoding`.
 * @throws DataError when the file is binary, unreadable, truncated or corrupt; bytes that are not text do not throw.
 */
export async function* openText(file: string, options: { encoding: Encoding }): AsyncGenerator<TextChunk> {
  let decode: Decoder | undefined
  for await (const bytes of openBytes(file)) {
    if (decode) {
      yield decode(bytes, false)
      continue
    }
    refuseBinary(bytes, file)
    decode = createDecoder(byteOrderMarkOf(bytes) ?? options.encoding)
    const first = decode(bytes, false)
    yield first.text.startsWith('\ufeff') ? { ...first, text: first.text.slice(1) } : first
  }
  if (decode) yield decode(Buffer.alloc(0), true)
}
