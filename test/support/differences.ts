const relative = 1e-9
/** What is left of sums that cancel out. */
const absolute = 1e-9
const numbers = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi

/** Where two answers differ; numbers, also those in texts, may by one part in 10^9. */
export function differences(left: unknown, right: unknown, at = ''): string[] {
  if (typeof left === 'number' && typeof right === 'number') {
    const isClose = Math.abs(left - right) <= Math.max(absolute, relative * Math.max(Math.abs(left), Math.abs(right)))
    return isClose ? [] : [`${at}: ${left} / ${right}`]
  }
  if (typeof left === 'string' && typeof right === 'string') {
    if (left === right) return []
    const [texts, others] = [left.split(numbers), right.split(numbers)]
    const index = texts.findIndex((text, place) => text !== others[place])
    if (index >= 0 || texts.length !== others.length)
      return [`${at}: ${texts[index]?.slice(0, 200)} / ${others[index]?.slice(0, 200)}`]
    const read = (text: string) => [...text.matchAll(numbers)].map(([found]) => Number(found))
    return differences(read(left), read(right), at)
  }
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object')
    return Object.is(left, right) ? [] : [`${at}: ${JSON.stringify(left)} / ${JSON.stringify(right)}`]
  const [one, other] = [new Map(Object.entries(left)), new Map(Object.entries(right))]
  const keys = [...new Set([...one.keys(), ...other.keys()])]
  return keys.flatMap((key) => differences(one.get(key), other.get(key), `${at}.${key}`))
}
