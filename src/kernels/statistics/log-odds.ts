/** What sets words of one text apart from another; an entry for each word of the vocabulary. */
export interface LogOdds {
  /** Log odds of the word in the first text less those in the second. */
  readonly delta: Float64Array
  /** `delta` over its standard deviation: positive for words of the first text. */
  readonly z: Float64Array
}

/**
 * Weighted log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16(4),
 * 2008). With counts y of word w in texts 1 and 2, their sums n and pseudo-counts a with sum A:
 * delta = ln((y1 + a) / (n1 + A - y1 - a)) - ln((y2 + a) / (n2 + A - y2 - a)), variance ~ 1 / (y1 + a) + 1 / (y2 + a). The prior is that of
 * a text of `priorWords` words with the shares of both texts together, so that rare words need more than one sighting. Words in neither
 * text get 0, and so does the only word there is. O(words).
 */
export function logOdds(first: ArrayLike<number>, second: ArrayLike<number>, priorWords: number): LogOdds {
  const sumOf = (counts: ArrayLike<number>) => {
    let sum = 0
    for (let word = 0; word < counts.length; word++) sum += counts[word] ?? 0
    return sum
  }
  const [firstSum, secondSum] = [sumOf(first), sumOf(second)]
  const total = firstSum + secondSum
  const delta = new Float64Array(first.length)
  const z = new Float64Array(first.length)
  for (let word = 0; word < first.length; word++) {
    const [own, other] = [first[word] ?? 0, second[word] ?? 0]
    // A vocabulary of one word has no odds.
    if (own + other === 0 || own + other === total) continue
    const prior = (priorWords * (own + other)) / total
    const odds = (count: number, sum: number) => Math.log((count + prior) / (sum + priorWords - count - prior))
    delta[word] = odds(own, firstSum) - odds(other, secondSum)
    z[word] = (delta[word] ?? 0) / Math.sqrt(1 / (own + prior) + 1 / (other + prior))
  }
  return { delta, z }
}
