import type { Row } from '../engine/engine.ts'

/** Rows of one viewer after another, of rows that lie together; a row of nobody stands alone, and so do the sides of a comparison. */
export async function* byViewer<R extends Row & { viewer: string | null; is_own?: boolean }>(
  batches: AsyncIterable<readonly R[]>,
  signal: AbortSignal,
): AsyncGenerator<readonly R[]> {
  let own: R[] = []
  for await (const rows of batches) {
    signal.throwIfAborted()
    for (const row of rows) {
      const last = own.at(-1)
      if (last && (row.viewer === null || row.viewer !== last.viewer || row.is_own !== last.is_own)) {
        yield own
        own = []
      }
      own.push(row)
    }
  }
  if (own.length > 0) yield own
}
