import { Random } from './random.ts'

/** A line between two nodes, by index; `weight` 0 to 1 says how strongly it pulls. */
export interface Link {
  readonly from: number
  readonly to: number
  readonly weight: number
}

const rounds = 300
/** So much do nodes keep to the middle, within which all of them just have room. */
const gravity = 5
const least = 1e-3

/**
 * Places of `nodes` nodes of a network in the unit square, linked ones near each other: all push each other away by k² / d and links pull by weight d² / k,
 * with steps that grow shorter (Fruchterman and Reingold, "Graph drawing by force-directed placement", Software 21(11), 1991), k = √(1 / n). Equal seeds
 * give equal places. O(rounds (n² + links)).
 */
export function forceLayout(nodes: number, links: readonly Link[], seed: number): { x: number; y: number }[] {
  const random = new Random(seed)
  const x = Float64Array.from({ length: nodes }, () => random.uniform())
  const y = Float64Array.from({ length: nodes }, () => random.uniform())
  const ideal = Math.sqrt(1 / Math.max(1, nodes))
  for (let round = 0; round < rounds; round++) {
    const moveX = Float64Array.from(x, (value) => gravity * (0.5 - value))
    const moveY = Float64Array.from(y, (value) => gravity * (0.5 - value))
    const push = (one: number, other: number, force: (distance: number) => number) => {
      const [dx, dy] = [(x[one] as number) - (x[other] as number), (y[one] as number) - (y[other] as number)]
      const distance = Math.max(least, Math.hypot(dx, dy))
      const share = force(distance) / distance
      moveX[one] = (moveX[one] as number) + dx * share
      moveY[one] = (moveY[one] as number) + dy * share
      moveX[other] = (moveX[other] as number) - dx * share
      moveY[other] = (moveY[other] as number) - dy * share
    }
    for (let one = 0; one < nodes; one++) {
      for (let other = 0; other < one; other++) push(one, other, (distance) => ideal ** 2 / distance)
    }
    for (const { from, to, weight } of links) push(from, to, (distance) => (-weight * distance ** 2) / ideal)
    const longest = 0.1 * (1 - round / rounds)
    for (let node = 0; node < nodes; node++) {
      const [dx, dy] = [moveX[node] as number, moveY[node] as number]
      const step = Math.min(longest, Math.hypot(dx, dy)) / Math.max(least, Math.hypot(dx, dy))
      x[node] = (x[node] as number) + dx * step
      y[node] = (y[node] as number) + dy * step
    }
  }
  const [acrossX, acrossY] = [spread(x), spread(y)]
  return Array.from(x, (_, node) => ({ x: acrossX(x[node] as number), y: acrossY(y[node] as number) }))
}

/** What takes values to 0 to 1. */
function spread(values: Float64Array): (value: number) => number {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return (value) => (high > low ? (value - low) / (high - low) : 0.5)
}
