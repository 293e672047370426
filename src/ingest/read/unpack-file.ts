import { open, rm } from 'node:fs/promises'
import { isMarqueeError } from '../../errors.ts'
import type { FormatSettings } from '../../project/settings.ts'
import { openText } from './open-text.ts'
import { type PlainFile, scanFile } from './scan-file.ts'

/**
 * Writes the text of a packed or otherwise encoded file to `text` (created, mode 0600) as UTF-8, line for line, and looks at it.
 * Undefined, leaving no copy, where an engine could not read it: normalising the file tells why.
 */
export async function unpackFile(
  file: string,
  format: FormatSettings,
  text: string,
  signal?: AbortSignal,
): Promise<PlainFile | undefined> {
  const scan = await unpackAndScan(file, format, text, signal).catch((error: unknown) => {
    if (!isMarqueeError(error)) throw error
  })
  if (scan?.isPlain) return scan
  await rm(text, { force: true })
  return undefined
}

async function unpackAndScan(file: string, format: FormatSettings, text: string, signal: AbortSignal | undefined) {
  const isText = await transcode(file, format, text, signal)
  return isText ? scanFile(text, { ...format, encoding: 'utf-8' }, signal) : undefined
}

/** Whether all of it is text; it is left unfinished as soon as some may not be. */
async function transcode(file: string, format: FormatSettings, output: string, signal: AbortSignal | undefined) {
  const handle = await open(output, 'wx', 0o600)
  try {
    for await (const { text, suspect } of openText(file, format)) {
      signal?.throwIfAborted()
      if (suspect) return false
      await handle.appendFile(text)
    }
    return true
  } finally {
    await handle.close()
  }
}
