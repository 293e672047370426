/**
 * The highest of many scores, by a heap of the best so far whose worst lies on top: O(n + k log k log n) where scores come in random order. Most
 * scores are passed over four at a time.
 */

@inline
function scoreAt(scores: usize, place: u32): f64 {
  return load<f64>(scores + (<usize>place << 3))
}

@inline
function placeAt(heap: usize, i: i32): u32 {
  return load<u32>(heap + (<usize>i << 2))
}

@inline
function put(heap: usize, i: i32, place: u32): void {
  store<u32>(heap + (<usize>i << 2), place)
}

/** Of equal scores that of the higher place is the worse. */
@inline
function isWorse(scores: usize, a: u32, b: u32): bool {
  const x = scoreAt(scores, a), y = scoreAt(scores, b)
  return x < y || (x == y && a > b)
}

/** Puts `place` on top of the first `size` of the heap and down to where it belongs. */
function sink(scores: usize, heap: usize, place: u32, size: i32): void {
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= size) break
    if (child + 1 < size && isWorse(scores, placeAt(heap, child + 1), placeAt(heap, child))) child += 1
    if (!isWorse(scores, placeAt(heap, child), place)) break
    put(heap, i, placeAt(heap, child))
    i = child
  }
  put(heap, i, place)
}

/** Puts `place` at the end of the first `size` of the heap and up to where it belongs. */
function rise(scores: usize, heap: usize, place: u32, size: i32): void {
  let i = size
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (!isWorse(scores, place, placeAt(heap, parent))) break
    put(heap, i, placeAt(heap, parent))
    i = parent
  }
  put(heap, i, place)
}

/** The first place from `from` on, a few before one at most, whose score is above `least`. */
function passOver(scores: usize, from: i32, n: i32, least: f64): i32 {
  const limit = f64x2.splat(least)
  let place = from
  for (; place + 4 <= n; place += 4) {
    const at = scores + (<usize>place << 3)
    const above = v128.or(f64x2.gt(v128.load(at), limit), f64x2.gt(v128.load(at, 16), limit))
    if (v128.any_true(above)) break
  }
  return place
}

/**
 * Writes the places of the `k` highest of the `n` doubles at `scores`, best first, of equal ones the lower place first, to `places`, and how many there
 * are, fewer than `k` where fewer are above -Infinity, to `count`.
 */
export function topPlaces(scratch: usize, scores: usize, n: i32, k: i32, places: usize, count: usize): void {
  let size = 0
  let least = -Infinity
  for (let place = 0; place < n && k > 0; place++) {
    if (size == k) {
      place = passOver(scores, place, n, least)
      if (place >= n) break
    }
    if (!(scoreAt(scores, place) > least)) continue
    if (size < k) {
      rise(scores, places, place, size)
      size += 1
    } else sink(scores, places, place, size)
    if (size == k) least = scoreAt(scores, placeAt(places, 0))
  }
  for (let last = size - 1; last > 0; last--) {
    const worst = placeAt(places, 0)
    sink(scores, places, placeAt(places, last), last)
    put(places, last, worst)
  }
  store<u32>(count, size)
}
