/**
 * Adjusted p-values in the order given: the smallest false discovery rate at which each would be called. The values are all of `tests` tests,
 * or the smallest of them. Benjamini and Hochberg 1995; O(n log n).
 */
export function adjustForDiscoveries(pValues: readonly number[], tests: number = pValues.length): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[b] ?? 1) - (pValues[a] ?? 1))
  const adjusted = new Array<number>(pValues.length).fill(1)
  let smallest = 1
  order.forEach((index, position) => {
    smallest = Math.min(smallest, (pValues[index] ?? 1) * (tests / (pValues.length - position)))
    adjusted[index] = smallest
  })
  return adjusted
}
