import { open } from 'node:fs/promises'
import type { FormatSettings } from '../../project/settings.ts'
import { openText } from './open-text.ts'

/**
 * Writes the text of a packed or otherwise encoded file to `output` (created, mode 0600) as UTF-8, line for line.
 * Returns false, leaving it unfinished, as soon as some of it may be no text.
 * @throws DataError as `openText` does.
 */
export async function transcodeFile(
  file: string,
  format: FormatSettings,
  output: string,
  signal?: AbortSignal,
): Promise<boolean> {
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
