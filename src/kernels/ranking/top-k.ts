import { KernelThreads, type Placed } from '../threads/kernel-threads.ts'

/** Where scores are copied to for the kernel; it grows. */
interface Room {
  readonly kernels: KernelThreads
  readonly scores: Placed<Float64Array>
  readonly places: Placed<Uint32Array>
  readonly count: Placed<Uint32Array>
}

const leastRoom = 1024
let room: Room | undefined

function roomFor(length: number): Room {
  if (room && room.scores.array.length >= length) return room
  const size = Math.max(leastRoom, length)
  const kernels = new KernelThreads(1)
  const places = kernels.allocate(Uint32Array, size)
  room = { kernels, places, scores: kernels.allocate(Float64Array, size), count: kernels.allocate(Uint32Array, 1) }
  return room
}

/**
 * The places of the `k` highest of `scores`, best first, of equal ones the lower place first; fewer where fewer are above -Infinity, to
 * which NaN counts as equal. By `wasm/top-k.ts`, O(n + k log k log n) where scores come in random order.
 */
export function topK(scores: ArrayLike<number>, k: number): Uint32Array {
  const { kernels, scores: copy, places, count } = roomFor(scores.length)
  copy.array.set(scores)
  const most = Math.max(0, Math.min(k, scores.length))
  kernels.call('topPlaces', [copy.at, scores.length, most, places.at, count.at])
  return places.array.slice(0, count.array[0])
}
