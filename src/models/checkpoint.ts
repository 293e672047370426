import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { decodeModel, encodeModel, type SavedModel } from './saved-model.ts'

/** Half-trained state, and where to leave it. */
export interface Checkpoint {
  readonly last: SavedModel | undefined
  keep(state: SavedModel): Promise<void>
}

const usualMilliseconds = 5000

/** The state in the file `path` of a training of the same `key` that was cut off, and where to leave such state; of others nothing is taken. State is
 * written at most every `milliseconds`. */
export async function openCheckpoint(path: string, key: string, milliseconds = usualMilliseconds): Promise<Checkpoint> {
  const bytes = await readFile(path).catch(() => undefined)
  let last: SavedModel | undefined
  try {
    const saved = bytes && decodeModel(bytes, path)
    if (saved?.about.key === key) last = saved
  } catch {
    last = undefined
  }
  let writtenAt = Number.NEGATIVE_INFINITY
  return {
    last,
    keep: async (state) => {
      if (performance.now() - writtenAt < milliseconds) return
      await mkdir(dirname(path), { recursive: true })
      await writeFile(`${path}.partial`, encodeModel({ ...state, about: { ...state.about, key } }))
      await rename(`${path}.partial`, path)
      writtenAt = performance.now()
    },
  }
}
