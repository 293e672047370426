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
  let first: { readonly failure: unknown } | undefined
  const queue = (function* () {
    yield* items.entries()
  })()
  const worker = async () => {
    try {
      for (const [index, item] of queue) results[index] = await work(item, index)
    } catch (failure) {
      first ??= { failure }
    }
  }
  await Promise.all(Array.from({ length: limit }, worker))
  if (first) throw first.failure
  return results
}
