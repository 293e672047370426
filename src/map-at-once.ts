/**
 * The results of `work` for `items`, in their order, working on up to `limit` of them at once. After the first failure no further
 * item is begun; it is thrown when those under way have ended.
 */
export async function mapAtOnce<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const queue = (function* () {
    yield* items.entries()
  })()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item, index)
  }
  const ended = await Promise.allSettled(Array.from({ length: limit }, worker))
  for (const end of ended) if (end.status === 'rejected') throw end.reason
  return results
}
