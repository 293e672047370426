/**
 * The interval of a share of which `hits` of `trials`, at least one, were seen, that holds at `z` standard deviations (95 % unless given): all shares that a
 * score test would not reject (Wilson, "Probable inference", JASA 22, 1927). Within [0, 1] however few the trials; O(1).
 */
export function shareInterval(hits: number, trials: number, z = 1.959964): { low: number; high: number } {
  const share = hits / trials
  const weight = 1 + z ** 2 / trials
  const middle = (share + z ** 2 / (2 * trials)) / weight
  const half = (z / weight) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
