import type { z } from 'zod'
import { rowOf } from '../../src/kernels/matrices/sparse.ts'
import { topK } from '../../src/kernels/ranking/top-k.ts'
import type { Algorithm, Recommender } from '../../src/recommend/recommender.ts'
import { trainRecommender } from '../../src/recommend/train-recommender.ts'
import { meanNdcg, readPlays } from './simulated-plays.ts'

/** Fits one model as often as told and prints the fewest seconds and CPU seconds (user and system) and its nDCG@100. Usage: fit.ts FOLDER TITLES MODEL TIMES THREADS */
const [folder = '', titles, model = '', times, threads] = process.argv.slice(2)
const { train, foldIn, target } = await readPlays(folder, Number(titles))
const run = {
  seed: 1,
  signal: new AbortController().signal,
  threads: Number(threads),
  memoryBytes: 2 ** 34,
}
const set = { interactions: train }
const trainerOf =
  <S extends z.ZodObject>(algorithm: Algorithm<S>, settings: object) =>
  () =>
    trainRecommender(algorithm, set, algorithm.settings.parse(settings), run)
const itemBased = async (similarity: string) =>
  trainerOf((await import('../../src/recommend/algorithm/item-based.ts')).itemBased, { neighbours: 100, similarity })
/** Each loads what it takes and no more, as the peers do. */
const fits: Record<string, () => Promise<() => Promise<Recommender>>> = {
  cosine: () => itemBased('cosine'),
  bm25: () => itemBased('bm25'),
  ease: async () => trainerOf((await import('../../src/recommend/algorithm/ease.ts')).ease, { l2: 300 }),
  ials: async () =>
    trainerOf((await import('../../src/recommend/algorithm/ials.ts')).ials, { alpha0: 0.5, l2: 0.002, passes: 10 }),
  autoencoder: async () => trainerOf((await import('../../src/recommend/algorithm/autoencoder.ts')).autoencoder, {}),
}
const trainOnce = await fits[model]?.()
if (!trainOnce) throw new Error(`MODEL is one of ${Object.keys(fits).join(', ')}`)
async function timed(train: () => Promise<Recommender>) {
  const [started, usedBefore] = [performance.now(), process.cpuUsage()]
  const fitted = await train()
  const { user, system } = process.cpuUsage(usedBefore)
  return { fitted, seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }
}
let { fitted, seconds, cpuSeconds } = await timed(trainOnce)
for (let time = 1; time < Number(times); time++) {
  const again = await timed(trainOnce)
  fitted = again.fitted
  seconds = Math.min(seconds, again.seconds)
  cpuSeconds = Math.min(cpuSeconds, again.cpuSeconds)
}
const scores = new Float64Array(fitted.titles)
const ndcg = meanNdcg(target, (viewer) => {
  const history = rowOf(foldIn, viewer)
  fitted.score(history, scores)
  for (const told of history.index) scores[told] = Number.NEGATIVE_INFINITY
  return topK(scores, 100)
})
console.log(JSON.stringify({ seconds, cpuSeconds, ndcg }))
