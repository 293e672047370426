/**
 * The places of the `k` highest of `scores`, best first, of equal ones the lower place first; fewer where fewer are above -Infinity, to
 * which NaN counts as equal. A heap of the best so far, O(n + k log k log n) where scores come in random order.
 */
export function topK(scores: ArrayLike<number>, k: number): Uint32Array {
  const heap = new Uint32Array(Math.max(0, Math.min(k, scores.length)))
  let size = 0
  const isWorse = (a: number, b: number) =>
    (scores[a] as number) < (scores[b] as number) || (scores[a] === scores[b] && a > b)
  // The worst place of the heap lies at 0; those of i at 2i + 1 and 2i + 2 are no worse than it.
  const sink = (place: number, within: number) => {
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= within) break
      if (child + 1 < within && isWorse(heap[child + 1] as number, heap[child] as number)) child += 1
      if (!isWorse(heap[child] as number, place)) break
      heap[i] = heap[child] as number
      i = child
    }
    heap[i] = place
  }
  const rise = (place: number) => {
    let i = size
    for (size += 1; i > 0; ) {
      const parent = (i - 1) >> 1
      if (!isWorse(place, heap[parent] as number)) break
      heap[i] = heap[parent] as number
      i = parent
    }
    heap[i] = place
  }
  let least = Number.NEGATIVE_INFINITY
  for (let place = 0; place < scores.length && heap.length > 0; place++) {
    if (!((scores[place] as number) > least)) continue
    if (size < heap.length) rise(place)
    else sink(place, size)
    if (size === heap.length) least = scores[heap[0] as number] as number
  }
  for (let last = size - 1; last > 0; last--) {
    const worst = heap[0] as number
    sink(heap[last] as number, last)
    heap[last] = worst
  }
  return heap.subarray(0, size)
}
