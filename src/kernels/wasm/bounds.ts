/** Writes to `bounds` the `n` doubles at `sums`, each plus `reach` times that at `lengths`; `n` is a multiple of 2. */
export function addReach(scratch: usize, sums: usize, lengths: usize, n: i32, reach: f64, bounds: usize): void {
  const reaches = f64x2.splat(reach)
  for (let at: usize = 0; at < <usize>n << 3; at += 16) {
    v128.store(bounds + at, f64x2.add(v128.load(sums + at), f64x2.mul(reaches, v128.load(lengths + at))))
  }
}

/** Writes the places of those of the `n` doubles at `bounds` that are no less than `least`, ascending, to `places`, and how many there are to `count`. */
export function placesFrom(scratch: usize, bounds: usize, n: i32, least: f64, places: usize, count: usize): void {
  const limit = f64x2.splat(least)
  let size: usize = 0
  for (let place = 0; place < n; place += 2) {
    const at = bounds + (<usize>place << 3)
    const mask = i64x2.bitmask(f64x2.ge(v128.load(at), limit))
    if (mask == 0) continue
    if (mask & 1) {
      store<u32>(places + (size << 2), place)
      size += 1
    }
    if (mask & 2) {
      store<u32>(places + (size << 2), place + 1)
      size += 1
    }
  }
  store<u32>(count, <u32>size)
}
